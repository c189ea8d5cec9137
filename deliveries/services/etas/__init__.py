"""Expected arrivals: how far off they are, learned from finished days, and what may be said."""
