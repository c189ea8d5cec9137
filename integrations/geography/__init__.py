"""Distances on the ground."""

from integrations.geography.known import KnownPlaces
from integrations.geography.road import RoadGeography

__all__ = ["KnownPlaces", "RoadGeography"]
