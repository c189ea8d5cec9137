"""The planner that comes along: PyVRP for whole days, insertion for single changes."""

from integrations.planners.embedded.adapter import EmbeddedPlanner

__all__ = ["EmbeddedPlanner"]
