"""Agents acting for a person: the bot's own rules, and going past them with a reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from deliveries.errors import ConflictError, InvalidInputError, NotAllowedError
from deliveries.model.conversation import ConversationState
from deliveries.model.recipient import CoRecipient
from deliveries.services import handoffs
from deliveries.services.agents.acting import (
    Hand,
    offer,
    open_claim,
    send_code_again,
    take_option,
)
from integrations.storage import Storage
from tests.builders import NOW, a_delivery, a_stocked_storage
from tests.unit.deliveries.services.talk import Talk

ANN = Hand("conv-1", "ann")
DAY_BEFORE = NOW - timedelta(days=1)


@pytest.fixture
def store() -> Storage:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").last_contact_id = "c-1"
        work.commit()
    with store.unit_of_work() as work:
        handoffs.take(work, "conv-1", agent_id="ann", version=2, now=DAY_BEFORE)
        work.commit()
    return store


def chosen(store: Storage) -> list[tuple[str, str]]:
    """Return the kinds that were chosen, with who did it."""
    with store.unit_of_work(read_only=True) as work:
        made = work.history.of_delivery("d-1")
        return [(str(e.facts["kind"]), e.actor) for e in made if e.kind == "choice_made"]


def audited(store: Storage) -> list[tuple[str, str | None]]:
    with store.unit_of_work(read_only=True) as work:
        return [(e.action, e.reason) for e in work.audit.walk() if e.object_kind == "delivery"]


def test_an_agent_leaves_it_in_a_safe_place_as_the_person_could(store: Storage) -> None:
    desk = Talk(store).desk
    answer = offer(desk, ANN, "d-1", "leave_in_safe_place", {"place": "the shed"}, now=DAY_BEFORE)
    [saying] = answer.sayings
    assert saying.name == "confirm_safe_place"

    noted = take_option(desk, ANN, "d-1", f"{saying.offer_id}.1", now=DAY_BEFORE)

    assert [each.name for each in noted.sayings] == ["choice_noted"]
    assert chosen(store) == [("safe_place", "ann")]
    assert audited(store) == [("delivery.changed", None)]


def test_what_is_too_late_for_the_person_is_for_the_agent_unless_there_is_a_reason(
    store: Storage,
) -> None:
    desk, late = Talk(store).desk, NOW + timedelta(hours=6)
    refused = offer(desk, ANN, "d-1", "leave_in_safe_place", {"place": "the shed"}, now=late)
    assert refused.sayings[0].name in ("cutoff_passed", "all_cutoffs_passed")

    past = replace(ANN, override="promised by phone")
    [saying] = offer(
        desk, past, "d-1", "leave_in_safe_place", {"place": "the shed"}, now=late
    ).sayings
    kept = take_option(desk, ANN, "d-1", f"{saying.offer_id}.1", now=late)
    done = take_option(desk, past, "d-1", f"{saying.offer_id}.1", now=late)

    assert kept.sayings[0].name.startswith("too_late_for_that")
    assert done.sayings[0].name == "choice_noted"
    assert audited(store) == [("delivery.rule_overridden", "promised by phone")]


def test_what_needs_a_code_is_not_chosen_on_an_agents_word_alone(store: Storage) -> None:
    desk = Talk(store).desk
    with store.unit_of_work() as work:
        work.contacts.get("c-1").verified_at = None
        work.commit()
    told = {"neighbour_name": "Dave", "house_number": "14"}
    [saying] = offer(desk, ANN, "d-1", "leave_with_neighbour", told, now=DAY_BEFORE).sayings

    with pytest.raises(NotAllowedError, match="code_needed"):
        take_option(desk, ANN, "d-1", f"{saying.offer_id}.1", now=DAY_BEFORE)
    assert chosen(store) == []

    known = replace(ANN, override="proved it by the order's number and price")
    take_option(desk, known, "d-1", f"{saying.offer_id}.1", now=DAY_BEFORE)
    assert chosen(store) == [("neighbour", "ann")]


def test_going_past_a_rule_without_a_reason_is_refused(store: Storage) -> None:
    with pytest.raises(InvalidInputError, match="reason"):
        offer(Talk(store).desk, replace(ANN, override=" "), "d-1", "reschedule", {}, now=DAY_BEFORE)


def test_only_who_has_the_chat_acts_and_only_on_that_persons_deliveries(store: Storage) -> None:
    desk = Talk(store).desk
    with pytest.raises(ConflictError):
        offer(desk, replace(ANN, agent_id="bob"), "d-1", "reschedule", {}, now=DAY_BEFORE)
    with store.unit_of_work() as work:
        work.people.add(type(work.people.get("p-1"))(id="p-2"))
        work.deliveries.add(a_delivery(id="d-2", reference="ORDER-2", person_id="p-2"))
        work.commit()
    with pytest.raises(InvalidInputError, match="delivery_id"):
        offer(desk, ANN, "d-2", "reschedule", {}, now=DAY_BEFORE)


def test_an_agent_acts_for_somebody_who_gets_the_parcel_too(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.people.add(type(work.people.get("p-1"))(id="p-2"))
        work.deliveries.add(a_delivery(id="d-2", reference="ORDER-2", person_id="p-2"))
        work.co_recipients.add(CoRecipient("d-2", "p-1", "c-1"))
        work.commit()
    with store.unit_of_work() as work:
        assert open_claim(work, ANN, "d-2", "damaged", now=DAY_BEFORE)


def test_a_claim_is_opened_once(store: Storage) -> None:
    opened = []
    for _ in range(2):
        with store.unit_of_work() as work:
            opened.append(open_claim(work, ANN, "d-1", "damaged", now=NOW))
            work.commit()
    with store.unit_of_work(read_only=True) as work:
        [task] = work.tasks.open()
        assert work.conversations.get("conv-1").state is ConversationState.HUMAN
    assert (opened, task.kind, task.facts) == ([True, False], "claim", {"reason": "damaged"})


def test_a_code_that_nobody_waits_for_is_not_sent_again(store: Storage) -> None:
    with pytest.raises(InvalidInputError, match="no_code"):
        send_code_again(Talk(store).desk, ANN, "d-1", now=NOW)
