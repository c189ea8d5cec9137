"""Distances on the ground."""

from integrations.geography.road import RoadGeography

__all__ = ["RoadGeography"]
