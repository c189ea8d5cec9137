"""A holiday hold: nothing comes while they are away, then everything goes on by itself."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from deliveries.model.conversation import Conversation, Draft
from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.history import HistoryEntry
from deliveries.model.offer import OptionKind
from deliveries.model.saying import Fact, Saying, day_fact, local_day
from deliveries.model.standing import StandingKind, StandingWish
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.committing.offering import Choice, make_offer
from deliveries.services.committing.picking import Pick
from deliveries.services.committing.preferring import Wanted, prefer
from deliveries.services.committing.rules import is_open
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.conversing.turns import Answer, Desk, Matter, settle, understood
from deliveries.services.wishes.standing import end_standing, stand
from deliveries.windows import Absence, read_absence

MOST_DAYS = 28
DAYS_AHEAD = 180
RESUMED_FROM = time(15)
KEEP = Choice(OptionKind.DISMISS, Saying("option_keep_as_is"), words=("keep",))
ONE_DAY = timedelta(days=1)


def hold_deliveries(desk: Desk, matter: Matter) -> Answer:
    """Read the days, say what the hold means, and have it confirmed; show one that stands."""
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(matter.heard.conversation_id)
        zone = _zone(work, conversation.person_id)
        absence = _read(work, conversation, matter, zone)
        wish = work.standing.of_person(conversation.person_id, StandingKind.AWAY)
        if absence is None and wish is not None and not matter.gathered.get("other"):
            return _show(work, conversation, matter, wish, zone)
        if absence is None:
            return _ask(work, conversation, matter, "ask_away_days")
        if absence.last is None:
            since = {"first": absence.first.isoformat()}
            facts = {"first": day_fact(absence.first, zone)}
            return _ask(work, conversation, matter, "ask_away_until", facts, since)
        wrong = _wrong(absence, today=local_day(matter.now, zone))
        if wrong is not None:
            return _ask(work, conversation, matter, wrong, {"days": MOST_DAYS})
        return _confirm(work, conversation, matter, (absence.first, absence.last), zone)


def take_absence(pick: Pick, *, now: datetime) -> Answer:
    """Begin the hold that was confirmed, or end the one that stands."""
    first, last = pick.option.details.get("first"), pick.option.details.get("last")
    if not isinstance(first, str) or not isinstance(last, str):
        return pick.answer(*end_hold(pick.work, pick.conversation, now=now), now=now)
    days = date.fromisoformat(first), date.fromisoformat(last)
    person_id, zone = pick.conversation.person_id, str(pick.option.details["zone"])
    wish = stand(pick.work, person_id, StandingKind.AWAY, pick.option.details, now=now, days=days)
    left_out = _hold_all(pick, wish, now=now)
    facts: dict[str, Fact] = {
        "first": day_fact(days[0], zone),
        "last": day_fact(days[1], zone),
        "day": day_fact(days[1] + ONE_DAY, zone),
    }
    sayings = [Saying("away_noted", facts)]
    sayings += [Saying("away_left_out", parcel_facts(pick.work, each)) for each in left_out]
    return pick.answer(*sayings, now=now)


def end_hold(work: UnitOfWork, conversation: Conversation, *, now: datetime) -> list[Saying]:
    """End the hold: what waits goes on tomorrow, or on its own day if that is later."""
    person_id = conversation.person_id
    wish = end_standing(work, person_id, StandingKind.AWAY, now=now)
    held = held_of(work, person_id)
    if wish is None and not held:
        return [Saying("away_none")]
    zone = _zone(work, person_id)
    tomorrow = local_day(now, zone) + ONE_DAY
    for delivery in held:
        resume(work, delivery, max(delivery.date, tomorrow), now=now)
    return [Saying("away_ended", {"day": day_fact(tomorrow, zone)})]


def resume_after_absences(unit_of_work: UnitOfWorkFactory, *, now: datetime) -> int:
    """End the holds whose last evening has come; return how many parcels go on.

    They are put on the next day, which is planned that evening and told in the pre-advice.
    """
    with unit_of_work(read_only=True) as work:
        due = [each.id for each in work.standing.all_of(StandingKind.AWAY) if _is_over(each, now)]
    resumed = 0
    for id_ in due:
        with unit_of_work() as work:
            wish = work.standing.get(id_)
            if wish.ended_at is not None or wish.last_day is None:
                continue
            wish.ended_at = now
            today = local_day(now, str(wish.details["zone"]))
            day = max(wish.last_day + ONE_DAY, today)
            if day == today:
                day += ONE_DAY
            for delivery in held_of(work, wish.person_id):
                resume(work, delivery, day, now=now)
                resumed += 1
            work.commit()
    return resumed


def resume(work: UnitOfWork, delivery: Delivery, day: date, *, now: datetime) -> None:
    """Let a parcel on hold go on, on a day."""
    delivery.date = day
    delivery.loaded_at = None
    delivery.move_to(DeliveryStatus.IN_TRANSIT, now=now)
    work.history.add(
        HistoryEntry(
            "hold_ended", now, "system", delivery_id=delivery.id, facts={"day": day.isoformat()}
        )
    )


def held_of(work: UnitOfWork, person_id: str) -> list[Delivery]:
    """Return a person's parcels that wait because of an absence."""
    return [
        delivery
        for delivery in work.deliveries.open_of_person(person_id)
        if delivery.status is DeliveryStatus.ON_HOLD
        and (choice := work.preferences.live_of(delivery.id)) is not None
        and choice.kind is OptionKind.AWAY
    ]


def _hold_all(pick: Pick, wish: StandingWish, *, now: datetime) -> list[Delivery]:
    """Hold every parcel of the person that falls into the absence; return those it is too late for.

    What waited for the former absence and is outside of this one goes on.
    """
    work, left_out = pick.work, list[Delivery]()
    tomorrow = local_day(now, str(wish.details["zone"])) + ONE_DAY
    for delivery in work.deliveries.open_of_person(pick.conversation.person_id):
        if delivery.status is DeliveryStatus.READY_FOR_PICKUP:
            continue
        if delivery.status is DeliveryStatus.ON_HOLD:
            next_day = max(delivery.date, tomorrow)
            if not wish.covers(next_day) and delivery in held_of(work, delivery.person_id):
                resume(work, delivery, next_day, now=now)
        elif wish.covers(max(delivery.date, tomorrow - ONE_DAY)):
            shipper = work.shippers.get(delivery.shipper_id)
            if is_open(delivery, OptionKind.AWAY, shipper, now=now):
                prefer(work, delivery, Wanted(OptionKind.AWAY, wish.details), pick.heard, now=now)
            else:
                left_out.append(delivery)
    return left_out


def _read(
    work: UnitOfWork, conversation: Conversation, matter: Matter, zone: str
) -> Absence | None:
    language = work.people.get(conversation.person_id).language
    text = matter.heard.text
    absence = read_absence(text, now=matter.now, zone=ZoneInfo(zone), language=language)
    first = matter.text_of("first")
    if absence is None or first is None or absence.last is None:
        return absence
    return Absence(min(date.fromisoformat(first), absence.last), absence.last)


def _wrong(absence: Absence, *, today: date) -> str | None:
    """Return what is wrong with the days, as what we say to it."""
    last = absence.last or absence.first
    if last < today or absence.first > today + timedelta(days=DAYS_AHEAD):
        return "away_not_then"
    if (last - max(absence.first, today)).days + 1 > MOST_DAYS:
        return "away_too_long"
    return None


def _confirm(
    work: UnitOfWork,
    conversation: Conversation,
    matter: Matter,
    days: tuple[date, date],
    zone: str,
) -> Answer:
    first, last = max(days[0], local_day(matter.now, zone)), days[1]
    resumes = last + ONE_DAY
    hold = Choice(
        OptionKind.AWAY,
        Saying("option_away"),
        {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "day": resumes.isoformat(),
            "zone": zone,
        },
        words=("agree", "ok"),
    )
    facts: dict[str, Fact] = {
        "first": day_fact(first, zone),
        "last": day_fact(last, zone),
        "day": day_fact(resumes, zone),
    }
    draft = Draft(matter.goal, matter.delivery_ids, asked="confirm")
    saying = _offered(work, conversation, "confirm_away", (hold, KEEP), facts, now=matter.now)
    return _say(work, conversation, matter, saying, draft)


def _show(
    work: UnitOfWork, conversation: Conversation, matter: Matter, wish: StandingWish, zone: str
) -> Answer:
    other = Choice(
        OptionKind.GOAL,
        Saying("option_away_other"),
        {"goal": "hold_deliveries", "gathered": {"other": True}},
    )
    finish = Choice(OptionKind.AWAY, Saying("option_away_over"), {"over": True})
    facts: dict[str, Fact] = {
        "first": day_fact(wish.first_day or wish.since.date(), zone),
        "last": day_fact(wish.last_day or wish.since.date(), zone),
    }
    draft = Draft(matter.goal, matter.delivery_ids, asked="away")
    options = (finish, other, KEEP)
    saying = _offered(work, conversation, "away_shown", options, facts, now=matter.now)
    return _say(work, conversation, matter, saying, draft)


def _ask(
    work: UnitOfWork,
    conversation: Conversation,
    matter: Matter,
    name: str,
    facts: Mapping[str, Fact] | None = None,
    gathered: Mapping[str, Fact] | None = None,
) -> Answer:
    known: dict[str, Fact] = {"other": True, **(gathered or {})}
    draft = Draft(matter.goal, matter.delivery_ids, asked="away", gathered=known)
    return _say(work, conversation, matter, Saying(name, facts or {}), draft)


def _say(
    work: UnitOfWork, conversation: Conversation, matter: Matter, saying: Saying, draft: Draft
) -> Answer:
    understood(conversation, draft)
    return settle(work, matter.heard, [saying], now=matter.now)


def _offered(
    work: UnitOfWork,
    conversation: Conversation,
    name: str,
    choices: Sequence[Choice],
    facts: Mapping[str, Fact],
    *,
    now: datetime,
) -> Saying:
    """Offer choices about all parcels, those still to come too: the offer names none."""
    offer = make_offer(work, conversation, (), choices, now=now)
    return Saying(name, facts, offer.id)


def _is_over(wish: StandingWish, now: datetime) -> bool:
    """Say whether the last evening has come."""
    if wish.last_day is None:
        return False
    local = now.astimezone(ZoneInfo(str(wish.details["zone"])))
    return local.replace(tzinfo=None) >= datetime.combine(wish.last_day, RESUMED_FROM)


def _zone(work: UnitOfWork, person_id: str) -> str:
    """Return the zone of a person's address, as far as we know one."""
    latest = work.deliveries.latest_of_person(person_id, limit=1)
    zone = latest[0].zone if latest else work.people.get(person_id).zone
    return zone or next((depot.zone for depot in work.depots.all()), "UTC")
