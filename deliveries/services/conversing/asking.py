"""Questions that change nothing; a choice that is under way goes on after the answer."""

from collections.abc import Mapping
from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.history import HistoryEntry, StaffTask
from deliveries.model.ids import new_id
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork
from deliveries.services.claims.missing import (
    claimed,
    evidence_of,
    is_yet_to_come,
    what_was_reported,
)
from deliveries.services.conversing.helping import menu_saying
from deliveries.services.conversing.menus import open_offer, speaks_of_another
from deliveries.services.conversing.tracking import track
from deliveries.services.conversing.turns import Answer, Desk, Heard, Matter, settle
from deliveries.services.handoffs.hurrying import came_back
from deliveries.services.handoffs.tiring import misunderstood


def where_is_it(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Say where the parcels are."""
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        sayings = track(work, conversation, heard.contact_id, now=now)
        conversation.misunderstandings = 0
        return settle(work, heard, [*sayings, *back_to_choice(work, conversation)], now=now)


def help_out(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Say what can be done, as a menu of what is open."""
    return _menu(desk, heard, "help", now=now)


def greet(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Greet back, with what can be done."""
    return _menu(desk, heard, "greeting", now=now)


def thank(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Take thanks; the choice under way goes on."""
    return _chat(desk, heard, Saying("you_are_welcome"), now=now)


def out_of_scope(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Say honestly that this is not ours to answer, without a guess."""
    with desk.unit_of_work(read_only=True) as work:
        conversation = work.conversations.get(heard.conversation_id)
        is_open = _has_open_choice(conversation)
    if is_open:
        return _chat(desk, heard, Saying("out_of_scope_short"), now=now)
    return _menu(desk, heard, "out_of_scope", now=now)


def not_understood(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Say so, with what can be done; after some times in a row a person takes over.

    Whoever staff have dealt with within the last day goes back to them the first time.
    """
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        is_lost = misunderstood(work, conversation)
        is_known = came_back(work, conversation, now=now)
        if is_known or is_lost:
            conversation.misunderstandings = 0
            reason = "repeat" if is_known else "fallback"
            return settle(work, heard, [], now=now, handoff=reason)
        back = back_to_choice(work, conversation)
        if back:
            return settle(work, heard, [Saying("not_understood_short"), *back], now=now)
        saying = menu_saying(work, conversation, "not_understood", now=now)
        return settle(work, heard, [saying], now=now)


def talk_to_human(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Pass the chat on at once, without arguing; the gateway writes the acknowledgement."""
    with desk.unit_of_work() as work:
        work.conversations.get(heard.conversation_id).misunderstandings = 0
        return settle(work, heard, [], now=now, handoff="asked")


def report_problem(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Open a case with what was reported, and pass the chat to a person.

    Who misses what is yet to come is told where it is; only who says so again gets a case.
    """
    reason = {"report_damage": "damage", "report_missing": "missing"}.get(heard.intent, "complaint")
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        delivery = claimed(work, conversation.person_id)
        if reason == "missing" and delivery and _is_too_soon(work, conversation, delivery, now=now):
            sayings = track(work, conversation, heard.contact_id, now=now)
            return settle(work, heard, [Saying("nothing_handed_over"), *sayings], now=now)
        conversation.misunderstandings = 0
        told, evidence = [Saying(f"problem_{reason}")], {}
        if reason == "missing" and delivery:
            evidence = evidence_of(work, delivery, now=now)
            told += what_was_reported(work, delivery, now=now)
        _open_case(work, conversation, delivery, reason, evidence, now=now)
        return settle(work, heard, told, now=now, handoff=reason)


def _is_too_soon(
    work: UnitOfWork, conversation: Conversation, delivery: Delivery, *, now: datetime
) -> bool:
    """Say whether a claim is answered by where the parcel is; made again, it is not."""
    is_made_again = misunderstood(work, conversation)
    return (
        is_yet_to_come(delivery, now=now)
        and not is_made_again
        and not came_back(work, conversation, now=now)
    )


def _open_case(
    work: UnitOfWork,
    conversation: Conversation,
    delivery: Delivery | None,
    reason: str,
    evidence: Mapping[str, Fact],
    *,
    now: datetime,
) -> None:
    delivery_id = delivery.id if delivery else None
    work.tasks.add_once(
        StaffTask(
            id=new_id("t"),
            kind=f"problem_{reason}",
            dedupe_key=f"problem:{reason}:{delivery_id or conversation.id}",
            created_at=now,
            delivery_id=delivery_id,
            conversation_id=conversation.id,
            facts=evidence,
        )
    )
    work.history.add(
        HistoryEntry(
            "problem_reported",
            now,
            "recipient",
            delivery_id=delivery_id,
            conversation_id=conversation.id,
            facts={"reason": reason},
        )
    )


def pass_to_staff(desk: Desk, matter: Matter) -> Answer:
    """Pass a wish that only staff can settle to them, saying so."""
    heard = matter.heard
    with desk.unit_of_work() as work:
        work.conversations.get(heard.conversation_id).misunderstandings = 0
        facts = {"wish": matter.goal}
        work.history.add(
            HistoryEntry(
                "wish_for_staff", matter.now, "recipient", None, heard.conversation_id, facts=facts
            )
        )
        return settle(work, heard, [Saying("wish_for_staff")], now=matter.now, handoff="wish")


def _menu(desk: Desk, heard: Heard, name: str, *, now: datetime) -> Answer:
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        conversation.misunderstandings = 0
        if name != "help" and _has_open_choice(conversation):
            sayings = [Saying(f"{name}_short"), *back_to_choice(work, conversation)]
            return settle(work, heard, sayings, now=now)
        conversation.draft = None
        return settle(work, heard, [menu_saying(work, conversation, name, now=now)], now=now)


def _chat(desk: Desk, heard: Heard, saying: Saying, *, now: datetime) -> Answer:
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        conversation.misunderstandings = 0
        sayings = [saying, *back_to_choice(work, conversation)]
        return settle(work, heard, sayings, now=now)


def _has_open_choice(conversation: Conversation) -> bool:
    return conversation.draft is not None and conversation.draft.asked is not None


def back_to_choice(work: UnitOfWork, conversation: Conversation) -> list[Saying]:
    """Repeat the question that is still open, with its options."""
    draft = conversation.draft
    if draft is None or draft.asked is None or speaks_of_another(conversation):
        return []
    offer = open_offer(work, conversation)
    return [Saying(f"still_open_{draft.asked}", {}, offer.id if offer else None)]
