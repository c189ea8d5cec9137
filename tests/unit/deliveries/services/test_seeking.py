"""Windows that were refused at once: looked for beside the talk, and offered after all."""

from datetime import datetime, timedelta

import pytest

from deliveries.model.conversation import ConversationState
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.offer import Offer
from deliveries.services.committing.pushing import Pushing
from deliveries.services.committing.seeking import PUT_BACK_FOR, SOUGHT_FOR, seek_windows
from deliveries.services.committing.slots import window_of
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planners.embedded.solver import solve
from tests.builders import A_DAY, a_stocked_storage, a_vehicle, an_inbound_message, at, keep
from tests.planned_days import a_full_plan, route_of
from tests.unit.deliveries.services.talk import Talk

WISH = "tomorrow between 10 and 12"


PLANNER = EmbeddedPlanner(
    room_s=1, solver=lambda problem, budget_s: solve(problem, budget_s=budget_s)
)


@pytest.fixture
def talk() -> Talk:
    """Return somebody whose large parcel finds no room on tomorrow's vans as they are loaded."""
    plan, _ = a_full_plan()
    store = a_stocked_storage(a_vehicle(id="v-2"))
    with store.unit_of_work() as work:
        work.deliveries.get("d-1").load = 5
        work.conversations.get("conv-1").last_contact_id = "c-1"
        work.commit()
    keep(store, plan)
    return Talk(store, planner=PLANNER)  # type: ignore[arg-type]  # a planner of the same port


def seek(talk: Talk) -> int:
    return seek_windows(talk.store.unit_of_work, PLANNER, now=talk.now)


def written(talk: Talk) -> list[OutboxMessage]:
    with talk.store.unit_of_work(read_only=True) as work:
        return list(reversed(work.outbox.newest(limit=9)))


def last_offer(talk: Talk) -> Offer:
    with talk.store.unit_of_work(read_only=True) as work:
        return work.offers.get(work.conversations.get("conv-1").last_offer_id or "")


def starts(offer: Offer | None) -> list[datetime]:
    return [window_of(option).start for option in offer.options] if offer else []


def test_a_window_that_was_refused_is_found_offered_below_the_others_chosen_and_confirmed(
    talk: Talk,
) -> None:
    refused = talk.say(WISH, "reschedule")
    instead = talk.offer()

    found = seek(talk)
    offer = last_offer(talk)
    [told] = written(talk)
    talk.tap(offer.options[-1].id)
    Pushing(talk.desk).push_due(by="w", now=talk.now, technical_now=talk.now)

    assert refused == ["windows_instead"]
    assert found == 1
    assert starts(offer) == [*starts(instead), at(10)]
    assert (told.purpose, told.contact_id) == (Purpose.CONFIRMATION, "c-1")
    assert [(each.name, each.offer_id) for each in told.sayings] == [("window_found", offer.id)]
    assert written(talk)[-1].sayings[0].name.startswith("choice_confirmed_eta")
    with talk.store.unit_of_work(read_only=True) as work:
        delivery = work.deliveries.get("d-1")
        plan = work.plans.of_day("dep-1", A_DAY)
        assert delivery.eta_at is not None
        assert at(10) <= delivery.eta_at < at(12)
        assert plan is not None
        assert route_of(plan, "small").id != delivery.route_id


def test_who_answers_in_words_gets_what_was_found_and_may_choose_it(talk: Talk) -> None:
    talk.say(WISH, "reschedule")
    seek(talk)

    again = talk.say("great, tomorrow then", "reschedule")
    offered = starts(talk.offer())
    talk.press(1)
    Pushing(talk.desk).push_due(by="w", now=talk.now, technical_now=talk.now)

    assert (again, offered) == (["windows_as_wished"], [at(10)])
    assert written(talk)[-1].sayings[0].name.startswith("choice_confirmed_eta")


def test_it_is_looked_for_once(talk: Talk) -> None:
    talk.say(WISH, "reschedule")
    assert [seek(talk), seek(talk)] == [1, 0]


def test_whoever_has_chosen_something_else_is_left_alone(talk: Talk) -> None:
    talk.say(WISH, "reschedule")
    talk.press(1)
    assert seek(talk) == 0
    assert written(talk) == []


def test_whoever_has_another_menu_on_screen_keeps_it(talk: Talk) -> None:
    talk.say(WISH, "reschedule")
    talk.say("can my neighbour take it", "leave_with_neighbour")
    menu = last_offer(talk).id
    assert seek(talk) == 0
    assert last_offer(talk).id == menu


def test_a_message_that_waits_for_its_answer_may_be_a_choice(talk: Talk) -> None:
    talk.say(WISH, "reschedule")
    keep(talk.store, an_inbound_message(text="1", contact_id="c-1"))

    while_it_waits = seek(talk)
    with talk.store.unit_of_work() as work:
        work.inbound.unworked("conv-1")[0].worked_at = talk.now
        work.commit()

    assert (while_it_waits, seek(talk)) == (0, 1)
    assert starts(last_offer(talk))[-1] == at(10)


def test_while_answers_do_not_come_it_is_not_looked_for_again_and_again(talk: Talk) -> None:
    talk.say(WISH, "reschedule")
    keep(talk.store, an_inbound_message(text="1", contact_id="c-1"))
    talk.now += PUT_BACK_FOR

    assert seek(talk) == 0
    assert last_offer(talk).sought is None


def test_nothing_is_said_while_an_agent_has_the_chat(talk: Talk) -> None:
    talk.say(WISH, "reschedule")
    with talk.store.unit_of_work() as work:
        work.conversations.get("conv-1").state = ConversationState.HUMAN
        work.commit()
    assert seek(talk) == 0
    assert written(talk) == []


def test_nobody_waits_for_it_for_long(talk: Talk) -> None:
    talk.say(WISH, "reschedule")
    talk.now += SOUGHT_FOR + timedelta(seconds=1)
    assert seek(talk) == 0


def test_nothing_is_said_where_there_is_no_room_whatever_the_vans_do(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.deliveries.get("d-1").load = 9
        work.commit()
    assert talk.say(WISH, "reschedule") == ["windows_instead"]
    assert seek(talk) == 0
    assert written(talk) == []


def test_what_can_be_served_at_once_is_not_looked_for(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.deliveries.get("d-1").load = 1
        work.commit()
    assert talk.say(WISH, "reschedule") == ["windows_as_wished"]
    assert last_offer(talk).sought is None
