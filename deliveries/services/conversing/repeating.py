"""The last choice that came true, offered once more: "same as last time"."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from deliveries.model.conversation import Conversation
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference, PreferenceState
from deliveries.model.saying import Fact, local_day
from deliveries.ports import UnitOfWork
from deliveries.services.committing.rules import days_ahead
from deliveries.services.conversing.goals import pursue
from deliveries.services.conversing.helping import menu_saying
from deliveries.services.conversing.turns import Answer, Desk, Heard, settle
from deliveries.services.wishes.rescheduling import windows_fact
from deliveries.windows import WishedWindow

LOOKED_BACK = 20
GOALS_OF_KIND: Mapping[OptionKind, str] = {
    OptionKind.WINDOW: "reschedule",
    OptionKind.NEIGHBOUR: "leave_with_neighbour",
    OptionKind.SAFE_PLACE: "leave_in_safe_place",
    OptionKind.PICKUP_POINT: "collect_from_pickup_point",
}


def repeat_last(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Offer what this person chose last and got; say so if there is no such choice.

    It is offered, not taken: days, rooms and risks are others than last time.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        last = _last_confirmed(work, conversation)
        if last is None:
            saying = menu_saying(work, conversation, "nothing_to_repeat", now=now)
            conversation.misunderstandings = 0
            return settle(work, heard, [saying], now=now)
        gathered = _gathered(work, conversation, last, now=now)
    return pursue(desk, heard, GOALS_OF_KIND[last.kind], now=now, gathered=gathered)


def _last_confirmed(work: UnitOfWork, conversation: Conversation) -> Preference | None:
    """Return the newest choice of any delivery of the person that came true and can be repeated."""
    deliveries = work.deliveries.latest_of_person(conversation.person_id, limit=LOOKED_BACK)
    found = [
        preference
        for delivery in deliveries
        if (preference := work.preferences.live_of(delivery.id)) is not None
        and preference.state is PreferenceState.CONFIRMED
        and preference.kind in GOALS_OF_KIND
    ]
    return max(found, key=lambda each: each.chosen_at, default=None)


def _gathered(
    work: UnitOfWork, conversation: Conversation, last: Preference, *, now: datetime
) -> dict[str, Fact]:
    """Return what the person would have to tell again, as if they had told it."""
    details = last.details
    match last.kind:
        case OptionKind.NEIGHBOUR:
            return {"name": details.get("name"), "house_number": details.get("house_number")}
        case OptionKind.SAFE_PLACE:
            return {"words": details.get("words")}
        case OptionKind.PICKUP_POINT:
            point = work.pickup_points.find(str(details.get("pickup_point_id")))
            return {"lat": point.lat, "lon": point.lon} if point else {}
        case _:
            return {"windows": windows_fact(_same_hours(work, conversation, last, now=now))}


def _same_hours(
    work: UnitOfWork, conversation: Conversation, last: Preference, *, now: datetime
) -> list[WishedWindow]:
    """Return the hours of the last window on each of the days that can be chosen."""
    deliveries = work.deliveries.open_of_person(conversation.person_id)
    if not deliveries:
        return []
    zone = ZoneInfo(deliveries[0].zone)
    hours = [
        datetime.fromisoformat(str(last.details[end])).astimezone(zone).time()
        for end in ("start", "end")
    ]
    today = local_day(now, deliveries[0].zone)
    shipper = work.shippers.get(deliveries[0].shipper_id)
    days = [today + timedelta(days=ahead) for ahead in range(days_ahead(shipper) + 1)]
    spans = [[datetime.combine(day, hour, tzinfo=zone) for hour in hours] for day in days]
    return [WishedWindow(start, end) for start, end in spans if start > now]
