"""Entities and value objects of the last mile."""
