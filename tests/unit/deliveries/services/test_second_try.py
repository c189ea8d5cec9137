"""BACK while the van is near: a second try on the same route, or the usual choices."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from deliveries.model.delivery import DeliveryStatus
from deliveries.model.rules_form import read_rules
from integrations.planners.embedded import EmbeddedPlanner
from tests.builders import NOW, a_stocked_storage, at
from tests.unit.deliveries.services.round import Round, a_stop_for
from tests.unit.deliveries.services.talk import Talk
from tests.unit.deliveries.services.test_wishes import delivery, push


@pytest.fixture
def talk() -> Iterator[Talk]:
    """A van that has just missed them at ten, with the evening before it."""
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1))
    drive.report("departed")
    drive.now = at(10)
    drive.report("failed", stop="st-1", reason="nobody_home")
    yield Talk(drive.store, planner=EmbeddedPlanner(), now=at(10, 5))
    drive.store.close()


def last_offer(talk: Talk) -> list[str]:
    with talk.store.unit_of_work(read_only=True) as work:
        conversation = work.conversations.get("conv-1")
        offer = work.offers.find(conversation.last_offer_id or "")
        return [option.id for option in offer.options] if offer else []


def test_back_brings_the_van_back_on_the_same_route(talk: Talk) -> None:
    assert talk.tap(last_offer(talk)[0]) == ["choice_noted"]
    push(talk)

    found = delivery(talk)
    assert found.status is DeliveryStatus.OUT_FOR_DELIVERY
    assert found.stop_id != "st-1"
    assert found.eta_at is not None
    assert found.eta_at < at(11, 40)
    with talk.store.unit_of_work(read_only=True) as work:
        assert work.outbox.newest(limit=1)[0].sayings[0].name.startswith("choice_confirmed_eta")


@pytest.mark.parametrize("word", ["BACK", "Zurück", "vuelve", "RETOUR!"])
def test_the_word_alone_is_enough_in_every_language(talk: Talk, word: str) -> None:
    assert talk.say(word, "redeliver") == ["choice_noted"]


def test_too_late_for_back_the_usual_choices_are_shown(talk: Talk) -> None:
    talk.now = at(10, 16)

    assert talk.say("BACK", "redeliver") == ["second_try_too_far"]
    assert "option_try_again" not in talk.options()
    assert "option_goal_window" in talk.options()


def test_a_second_try_that_costs_too_much_is_none(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.shippers.get("s-1").rules = read_rules({"limits": {"second_try_minutes": 0}})
        work.deliveries.get("d-1").lat += 0.02
        work.commit()

    assert talk.say("BACK", "redeliver") == ["second_try_too_far"]


def test_after_the_second_miss_there_is_no_third(talk: Talk) -> None:
    talk.say("BACK", "redeliver")
    push(talk)
    drive = Round(talk.store, now=at(10, 30))
    drive.report("failed", stop=delivery(talk).stop_id, reason="nobody_home", id="e-9")
    talk.now = at(10, 31)

    assert delivery(talk).status is DeliveryStatus.DELIVERY_FAILED
    assert talk.say("BACK", "redeliver") == ["second_try_too_far"]


def test_what_was_refused_at_the_door_is_not_tried_again(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.deliveries.get("d-1").failed_reason = "refused"
        work.commit()

    assert talk.say("BACK", "redeliver") == ["second_try_too_far"]


def test_the_drivers_report_by_delivery_means_the_open_stop(talk: Talk) -> None:
    talk.say("BACK", "redeliver")
    push(talk)
    drive = Round(talk.store, now=NOW + timedelta(hours=2))
    drive.report("delivered", delivery="d-1", id="e-9")

    assert delivery(talk).status is DeliveryStatus.DELIVERED
