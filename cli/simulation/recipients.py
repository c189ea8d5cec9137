"""Recipients who answer the evening's message, by the same services that a text reaches."""

from datetime import date, datetime

from cli.simulation.world import answers, away
from deliveries.errors import AssistantError
from deliveries.model.delivery import Delivery
from deliveries.model.offer import Offer, Option, OptionKind
from deliveries.model.window import TimeWindow
from deliveries.services.committing.choosing import choose
from deliveries.services.conversing.goals import pursue
from deliveries.services.conversing.turns import Desk, Heard

TURNS = 4
PLACES = (
    ("leave_in_safe_place", "leave it in the porch", OptionKind.SAFE_PLACE),
    ("collect_from_pickup_point", "", OptionKind.PICKUP_POINT),
)


def answer_all(desk: Desk, seed: int, day: date, *, now: datetime) -> int:
    """Let everybody answer who will be out when the van is promised; return how many did."""
    with desk.unit_of_work(read_only=True) as work:
        people = [
            (delivery, conversation.id, contacts[0].id, out)
            for depot in work.depots.all()
            for delivery in work.deliveries.of_day(depot.id, day)
            if (out := away(seed, day, delivery.reference, delivery.zone)) is not None
            and _is_missed(delivery, out)
            and answers(seed, day, delivery.reference)
            and (conversation := work.conversations.of_person(delivery.person_id)) is not None
            and (contacts := work.contacts.of_person(delivery.person_id))
        ]
    with desk.unit_of_work() as work:
        for _, _, contact_id, _ in people:
            # Whoever answers has the number in their hands.
            work.contacts.get(contact_id).verified_at = now
        work.commit()
    for delivery, conversation_id, contact_id, out in people:
        _Talk(desk, delivery.id, conversation_id, contact_id, now).settle(day, out)
    return len(people)


def _is_missed(delivery: Delivery, out: TimeWindow) -> bool:
    """Say whether they are out for half of the window that they were told."""
    told = delivery.promised
    if told is None:
        return False
    both = min(told.end, out.end) - max(told.start, out.start)
    return both >= told.duration / 2


class _Talk:
    """One person's turns about one parcel."""

    def __init__(
        self, desk: Desk, delivery_id: str, conversation_id: str, contact_id: str, now: datetime
    ) -> None:
        self._desk = desk
        self._delivery_id = delivery_id
        self._conversation_id = conversation_id
        self._contact_id = contact_id
        self._now = now
        self._turns = 0

    def settle(self, day: date, out: TimeWindow) -> None:
        """Choose a window at home, else a place; what is not on offer is left."""
        try:
            offer = self._ask("reschedule", "")
            for option in offer.options if offer else ():
                if _is_at_home(option, day, out):
                    self._choose(option)
                    return
            for goal, words, kind in PLACES:
                if self._place(goal, words, kind):
                    return
        except AssistantError:
            # They put the telephone away.
            return

    def _place(self, goal: str, words: str, kind: OptionKind) -> bool:
        offer = self._ask(goal, words)
        for _ in range(TURNS):
            options = (
                [each for each in offer.options if each.kind in (kind, OptionKind.GOAL)]
                if offer
                else []
            )
            if not options:
                break
            self._choose(min(options, key=lambda each: each.kind is not kind))
            if self._has_chosen():
                return True
            offer = self._offer()
        return self._has_chosen()

    def _ask(self, goal: str, words: str) -> Offer | None:
        pursue(
            self._desk,
            self._heard(words, goal),
            goal,
            now=self._now,
            delivery_ids=(self._delivery_id,),
        )
        return self._offer()

    def _choose(self, option: Option) -> None:
        choose(self._desk, self._heard("", "choose", option.id), now=self._now)

    def _offer(self) -> Offer | None:
        with self._desk.unit_of_work(read_only=True) as work:
            conversation = work.conversations.get(self._conversation_id)
            offer = work.offers.find(conversation.last_offer_id or "")
        return offer if offer is not None and offer.closed_at is None else None

    def _has_chosen(self) -> bool:
        with self._desk.unit_of_work(read_only=True) as work:
            return work.preferences.live_of(self._delivery_id) is not None

    def _heard(self, text: str, intent: str, option_id: str | None = None) -> Heard:
        self._turns += 1
        turn = f"{self._delivery_id}:{self._turns}"
        return Heard(
            turn, self._conversation_id, self._contact_id, text, intent, option_id=option_id
        )


def _is_at_home(option: Option, day: date, out: TimeWindow) -> bool:
    """Say whether a window is on the day, and they are at home for all of it."""
    start, end = option.details.get("start"), option.details.get("end")
    if option.kind is not OptionKind.WINDOW or start is None or end is None:
        return False
    window = TimeWindow(datetime.fromisoformat(str(start)), datetime.fromisoformat(str(end)))
    is_out = window.start < out.end and out.start < window.end
    return window.start.astimezone(out.start.tzinfo).date() == day and not is_out
