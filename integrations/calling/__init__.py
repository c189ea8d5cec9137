"""Calls to other systems over HTTP, and what their failures mean to us."""

from integrations.calling.caller import Caller
from integrations.calling.pace import Pace

__all__ = ["Caller", "Pace"]
