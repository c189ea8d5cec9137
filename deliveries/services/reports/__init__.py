"""Figures for those who lead: what waits, and how the days went."""
