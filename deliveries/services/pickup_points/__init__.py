"""Shops and lockers: found near a place, filled, waiting, fetched or sent back."""
