"""The worker: everything that starts by the clock."""
