"""Why a person is needed, and how urgent each reason is."""

from collections.abc import Mapping

PRIORITIES: Mapping[str, int] = {
    "asked": 3,
    "fallback": 4,
    "wish": 4,
    "bot_down": 3,
    "damage": 2,
    "missing": 2,
    "complaint": 3,
    "staff": 3,
    "wrong_codes": 2,
    "code_unreachable": 3,
    "code_limit": 3,
    "not_me": 1,
    "after_resolve": 3,
    "safety": 1,
    "legal": 2,
    "anger": 3,
    "repeat": 3,
    "media": 4,
    "turns": 4,
    "tool_failed": 3,
}
MOST_URGENT, LEAST_URGENT = 1, 4
# What makes a matter more urgent than its reason alone goes no further: who is on call for the
# most urgent is not woken for a dear lamp.
_RAISED_TO = 2


def priority_of(reason: str) -> int:
    """Return how urgent a reason is: 1 is most urgent, 4 least."""
    return PRIORITIES.get(reason, LEAST_URGENT)


def raised(priority: int, causes: int) -> int:
    """Return a priority raised by one for each cause, short of the most urgent."""
    return min(priority, max(_RAISED_TO, priority - causes))
