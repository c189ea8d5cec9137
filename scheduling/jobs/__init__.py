"""The jobs, one module each: every one claims its rows, so any number of workers may run."""
