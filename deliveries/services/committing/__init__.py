"""From what may be chosen to what the planner made true: offers, holds, choices, verdicts."""
