"""Capacity is kept while somebody decides and for what stands, and given back once, in time."""

from datetime import timedelta

import pytest

from deliveries.model.delivery import DeliveryStatus
from deliveries.model.offer import HoldState, OptionKind
from deliveries.model.rules_form import read_rules
from deliveries.services.committing.holding import release_ended_holds
from deliveries.services.committing.pushing import Pushing
from integrations.storage import Storage
from tests.builders import NOW, a_delivery, a_parcel, a_stocked_storage
from tests.unit.deliveries.services.talk import Talk

TOMORROW_NOON = "window:dep-1:2026-03-10T12:00:00+00:00"
WISH = "tomorrow between 12 and 2"


@pytest.fixture
def talk() -> Talk:
    return with_places(a_stocked_storage(), 1)


def with_places(store: Storage, total: int) -> Talk:
    with store.unit_of_work() as work:
        work.holds.set_capacity(TOMORROW_NOON, total)
        work.commit()
    return Talk(store)


def two_parcels() -> Storage:
    return a_stocked_storage(
        a_delivery(
            id="d-2",
            reference="ORDER-2",
            parcels=(a_parcel(tracking_number="LB1000000002", description="shoes"),),
        )
    )


def left(talk: Talk) -> int | None:
    with talk.store.unit_of_work(read_only=True) as work:
        return work.holds.room(TOMORROW_NOON)


def settle(talk: Talk) -> None:
    """Let the planner answer what waits."""
    Pushing(talk.desk).push_due(by="w", now=talk.now, technical_now=NOW + timedelta(days=9))


def somebody_else_takes_it(talk: Talk) -> None:
    with talk.store.unit_of_work() as work:
        work.holds.set_capacity(TOMORROW_NOON, 0)
        work.commit()


def let_holds_end(talk: Talk) -> None:
    talk.now += timedelta(minutes=11)
    with talk.store.unit_of_work() as work:
        release_ended_holds(work, now=talk.now)
        work.commit()


def test_an_answer_after_the_hold_has_ended_still_gets_the_place_if_it_is_free(talk: Talk) -> None:
    assert talk.say(WISH, "reschedule") == ["windows_as_wished"]
    assert left(talk) == 0
    let_holds_end(talk)
    assert left(talk) == 1

    assert talk.press(1) == ["choice_noted"]
    assert left(talk) == 0


def test_a_place_that_is_gone_is_answered_with_the_nearest_windows(talk: Talk) -> None:
    talk.say(WISH, "reschedule")
    let_holds_end(talk)
    somebody_else_takes_it(talk)

    assert talk.press(1) == ["just_taken", "windows_offered"]
    offer = talk.offer()
    assert offer is not None
    assert [str(option.details["start"])[:16] for option in offer.options] == [
        "2026-03-10T10:00",
        "2026-03-10T11:00",
        "2026-03-10T13:00",
    ]


def test_a_full_window_is_not_offered(talk: Talk) -> None:
    somebody_else_takes_it(talk)

    assert talk.say(WISH, "reschedule") == ["windows_instead"]


def test_each_parcel_has_its_own_share_of_what_was_chosen_for_both() -> None:
    talk = with_places(two_parcels(), 2)
    talk.say(WISH, "reschedule")
    talk.say("both", "inform", which_parcel="both")
    assert talk.press(1) == ["choice_noted"]
    settle(talk)
    settle(talk)
    assert left(talk) == 0

    with talk.store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        conversation.focus = ("d-2",)
        work.commit()
    talk.say("thursday after 3", "reschedule")
    talk.press(1)
    settle(talk)
    assert left(talk) == 1


def test_undo_takes_what_was_chosen_for_both_back_for_both() -> None:
    talk = with_places(two_parcels(), 2)
    talk.say(WISH, "reschedule")
    talk.say("both", "inform", which_parcel="both")
    talk.press(1)
    assert talk.say("undo that", "undo_choice") == ["undo_noted"]
    for _ in range(4):
        settle(talk)

    assert left(talk) == 2
    with talk.store.unit_of_work() as work:
        live = [work.preferences.live_of(id_) for id_ in ("d-1", "d-2")]
        assert [each.kind for each in live if each] == [OptionKind.RESTORE] * 2


def test_a_neighbour_keeps_the_window_and_its_place(talk: Talk) -> None:
    choose_noon(talk)
    talk.say("in the shed", "leave_in_safe_place", place="in the shed")
    talk.press(1)
    settle(talk)
    assert left(talk) == 0


def choose_noon(talk: Talk) -> None:
    talk.say(WISH, "reschedule")
    talk.press(1)
    settle(talk)


def test_taking_back_takes_the_former_place_again(talk: Talk) -> None:
    choose_noon(talk)
    talk.say("thursday after 3", "reschedule")
    talk.press(1)
    settle(talk)
    assert left(talk) == 1

    assert talk.say("as it was before", "undo_choice") == ["undo_noted"]
    settle(talk)
    assert left(talk) == 0
    with talk.store.unit_of_work(read_only=True) as work:
        window = work.deliveries.get("d-1").window
        assert window is not None
        assert window.start.hour == 12


def test_taking_back_is_refused_kindly_when_the_former_place_is_gone(talk: Talk) -> None:
    choose_noon(talk)
    talk.say("thursday after 3", "reschedule")
    talk.press(1)
    settle(talk)
    somebody_else_takes_it(talk)

    assert talk.say("as it was before", "undo_choice") == ["undo_full"]
    with talk.store.unit_of_work(read_only=True) as work:
        live = work.preferences.live_of("d-1")
        assert live is not None
        assert live.version == 2


def test_what_is_handed_over_gives_its_place_back(talk: Talk) -> None:
    choose_noon(talk)
    talk.say("send it back", "refuse_delivery")
    talk.press(2)
    settle(talk)
    with talk.store.unit_of_work(read_only=True) as work:
        assert work.deliveries.get("d-1").status is DeliveryStatus.RETURN_TO_SENDER
        first = work.preferences.of("d-1")[0]
        assert work.holds.get(str(first.hold_id)).state is HoldState.RELEASED


def set_rules(talk: Talk, **rules: object) -> None:
    with talk.store.unit_of_work() as work:
        work.shippers.get("s-1").rules = read_rules(rules)
        work.commit()


def test_a_price_is_on_the_label_in_the_note_and_with_the_choice(talk: Talk) -> None:
    set_rules(talk, prices={"window": {"minor": 299, "currency": "GBP"}})
    price = [{"type": "money", "minor": 299, "currency": "GBP"}]

    talk.say(WISH, "reschedule")
    assert talk.options() == ["option_priced"]
    talk.press(1)
    what = talk.last().facts["what"]
    assert isinstance(what, dict)
    assert what["name"] == "choice_priced"
    with talk.store.unit_of_work(read_only=True) as work:
        live = work.preferences.live_of("d-1")
        assert live is not None
        assert live.details["price"] == price


def test_a_delivery_is_changed_as_often_as_its_shipper_allows(talk: Talk) -> None:
    set_rules(talk, limits={"changes": 1})
    talk.say("thursday after 3", "reschedule")
    shown = talk.offer()
    assert shown is not None
    talk.press(1)
    assert talk.say("friday after 3", "reschedule") == ["changes_used_up"]
    assert talk.say("help", "ask_help") == ["nothing_open"]
    assert talk.say("as it was", "undo_choice") == ["undo_noted"]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"requires_age_check": True}, "age_check"),
        ({"requires_signature": True}, "signature"),
        ({"is_dangerous": True}, "dangerous"),
        ({"value_minor": 50001, "currency": "GBP"}, "value"),
        ({"weight_g": 9001}, "weight"),
    ],
)
def test_what_is_forbidden_is_not_in_the_menu_and_asked_for_by_name_refused_with_its_reason(
    talk: Talk, facts: dict[str, object], reason: str
) -> None:
    limits = {"value_over": 50000}, {"weight_over_g": 9000}
    set_rules(talk, forbid=[{"option": "safe_place", "if": each} for each in limits])
    with talk.store.unit_of_work() as work:
        work.deliveries.get("d-1").parcels = (a_parcel(**facts),)
        work.commit()

    talk.say("help", "ask_help")
    assert "option_goal_safe_place" not in talk.options()
    assert talk.say("in the shed", "leave_in_safe_place") == [f"option_forbidden_{reason}"]


def test_every_menu_says_until_when_and_what_silence_means(talk: Talk) -> None:
    talk.say("help", "ask_help")
    offer = talk.offer()
    assert offer is not None
    first = min(each.cutoff_at for each in offer.options if each.cutoff_at)
    assert talk.last().facts["open_until"] == {
        "type": "moment",
        "at": first.isoformat(),
        "zone": "Europe/London",
    }
    assert talk.last().facts["silence"] == "as_planned"
