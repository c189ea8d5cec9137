"""Files that hold a delivery day: CSV, JSON, and LoggiBUD's instances."""

from integrations.day_files.reading import read_sources

__all__ = ["read_sources"]
