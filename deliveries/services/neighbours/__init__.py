"""Leaving a parcel with a neighbour: named, asked, answered, forgotten."""
