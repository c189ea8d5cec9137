"""Shippers' own words: written in versions, read as they count."""
