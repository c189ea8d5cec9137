"""Onfleet: drivers' tasks, and what it reports of them."""

from integrations.planners.onfleet.adapter import OnfleetPlanner
from integrations.planners.onfleet.api import OnfleetApi
from integrations.planners.onfleet.webhook import OnfleetWebhook

__all__ = ["OnfleetApi", "OnfleetPlanner", "OnfleetWebhook"]
