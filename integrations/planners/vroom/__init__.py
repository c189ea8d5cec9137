"""VROOM, over HTTP or in a process of its own."""

from integrations.planners.vroom.apart import VroomProcess
from integrations.planners.vroom.http import VroomHttp
from integrations.planners.vroom.solver import VroomSolver

__all__ = ["VroomHttp", "VroomProcess", "VroomSolver"]
