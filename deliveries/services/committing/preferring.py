"""Writing a choice down: preference and planner change together, so that neither is ever alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from deliveries.model.delivery import Delivery
from deliveries.model.history import HistoryEntry
from deliveries.model.ids import new_id
from deliveries.model.offer import OptionKind
from deliveries.model.preference import PlannerChange, Preference, PreferenceState
from deliveries.model.saying import Fact
from deliveries.ports import UnitOfWork
from deliveries.services.committing.visits import BESIDE, before_of
from deliveries.services.conversing.turns import Heard
from deliveries.services.staff.auditing import record

CHANGE_EXPIRES_AFTER = timedelta(hours=2)


@dataclass(frozen=True)
class Wanted:
    """What is to become of a delivery, and the hold that backs it."""

    kind: OptionKind
    details: Mapping[str, Fact]
    hold_id: str | None = None


def prefer(
    work: UnitOfWork, delivery: Delivery, wanted: Wanted, heard: Heard, *, now: datetime
) -> None:
    """Write the preference and its planner change; the delivery's former choice gives way."""
    latest = work.preferences.latest_of(delivery.id)
    live = work.preferences.live_of(delivery.id)
    if live is not None:
        wanted = _together(live, wanted)
        live.state = PreferenceState.REPLACED
        work.flush()
    version = latest.version + 1 if latest else 1
    preference = _preference(delivery, wanted, version, contact_id=heard.contact_id, now=now)
    work.preferences.add(preference)
    work.changes.add(_change(delivery, preference, now=now))
    work.history.add(
        HistoryEntry(
            "choice_made",
            now,
            heard.by or "recipient",
            delivery_id=delivery.id,
            conversation_id=heard.conversation_id,
            facts={"kind": wanted.kind.value, "version": preference.version},
        )
    )
    if heard.by is not None:
        _sign(work, preference, heard, heard.by, now=now)


def _sign(
    work: UnitOfWork, preference: Preference, heard: Heard, agent_id: str, *, now: datetime
) -> None:
    """Note which agent chose for the person, and why they went past a rule if they did."""
    after: dict[str, Fact] = {"kind": preference.kind.value, "version": preference.version}
    action = "delivery.changed" if heard.override is None else "delivery.rule_overridden"
    delivery_id = preference.delivery_id
    reason = heard.override
    record(work, agent_id, action, "delivery", delivery_id, now=now, after=after, reason=reason)
    kind = "changed_by_agent" if reason is None else "rule_overridden"
    facts: dict[str, Fact] = {"kind": preference.kind.value, "reason": reason}
    work.history.add(HistoryEntry(kind, now, agent_id, delivery_id, heard.conversation_id, facts))


def _preference(
    delivery: Delivery, wanted: Wanted, version: int, *, contact_id: str, now: datetime
) -> Preference:
    return Preference(
        id=new_id("p"),
        delivery_id=delivery.id,
        version=version,
        kind=wanted.kind,
        details=wanted.details,
        chosen_at=now,
        contact_id=contact_id,
        before=before_of(delivery),
        hold_id=wanted.hold_id,
    )


def _change(delivery: Delivery, preference: Preference, *, now: datetime) -> PlannerChange:
    return PlannerChange(
        id=new_id("g"),
        preference_id=preference.id,
        delivery_id=delivery.id,
        depot_id=delivery.depot_id,
        idempotency_key=f"{delivery.id}:{preference.version}",
        created_at=now,
        expires_at=now + CHANGE_EXPIRES_AFTER,
    )


def _together(live: Preference, wanted: Wanted) -> Wanted:
    """Keep what is still on its way to the planner where the new choice says nothing of it.

    Who asks for three minutes at the door right after another day wants both.
    """
    if live.state is not PreferenceState.PENDING:
        return wanted
    if wanted.kind in BESIDE:
        hold_id, live.hold_id = live.hold_id, None
        return Wanted(live.kind, {**live.details, **wanted.details}, hold_id)
    if live.kind in BESIDE:
        return replace(wanted, details={**live.details, **wanted.details})
    return wanted
