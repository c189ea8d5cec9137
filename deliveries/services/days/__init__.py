"""A day from its import to its end: rows, plans, drivers' reports, outcomes."""
