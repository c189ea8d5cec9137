"""Adapters to route planners: one folder per solver."""
