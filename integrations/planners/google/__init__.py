"""Google's Route Optimization."""

from integrations.planners.google.purse import Purse
from integrations.planners.google.solver import GoogleSolver
from integrations.planners.google.tokens import Tokens

__all__ = ["GoogleSolver", "Purse", "Tokens"]
