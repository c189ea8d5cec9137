"""The worker, killed for good at a step of pushing: ``python -m … STEP LEDGER``.

The planner keeps a ledger outside the database, as one behind a line would: every key it is given
is written down, whatever becomes of us.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from deliveries.model.route import Plan
from deliveries.ports import Verdict, Visit
from deliveries.services.committing import pushing, verdicts
from deliveries.services.committing.pushing import Pushing
from integrations.planners.embedded import EmbeddedPlanner
from scheduling import worker

STEPS = ("claimed", "read", "asked", "stored", "told", "mirrored", "kept")
_CLAIMED_FOR_S = 0.3


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _dying_after(function: Callable[..., Any]) -> Callable[..., Any]:
    def dying(*args: Any, **named: Any) -> Any:
        function(*args, **named)
        _die()

    return dying


class NotingPlanner(EmbeddedPlanner):
    """Writes down what it was asked, before it does it."""

    def apply(
        self, plan: Plan, visit: Visit | None, delivery_id: str, *, now: datetime, key: str
    ) -> Verdict:
        with Path(sys.argv[2]).open("a", encoding="utf-8") as ledger:
            ledger.write(f"{key}\n")
        return super().apply(plan, visit, delivery_id, now=now, key=key)


def _prepare(step: str) -> None:
    pushing.CLAIM_FOR = timedelta(seconds=_CLAIMED_FOR_S)
    worker.EmbeddedPlanner = NotingPlanner  # type: ignore[misc]
    if step == "told":
        verdicts.accept = _dying_after(verdicts.accept)
    elif step in ("stored", "mirrored"):
        name = {"stored": "keep", "mirrored": "mirror"}[step]
        setattr(pushing, name, _dying_after(getattr(pushing, name)))
    elif step != "never":
        name = {
            "claimed": "_claim",
            "read": "_read_together",
            "asked": "_ask",
            "kept": "_keep_together",
        }[step]
        # Nothing was claimed, nobody dies: the next look may find something.
        dying = _dying_if_any if step == "claimed" else _dying_after
        setattr(Pushing, name, dying(getattr(Pushing, name)))


def _dying_if_any(function: Callable[..., Any]) -> Callable[..., Any]:
    def dying(*args: Any, **named: Any) -> Any:
        result = function(*args, **named)
        if result:
            _die()
        return result

    return dying


if __name__ == "__main__":
    _prepare(sys.argv[1])
    worker.main()
