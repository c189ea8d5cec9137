"""Risky choices wait for a code that goes to the contact the parcel was booked with."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliveries.model.challenge import Challenge, ChallengeState
from deliveries.model.message import Purpose
from deliveries.model.offer import OptionKind
from deliveries.model.personal import ContactAddress
from deliveries.model.preference import PreferenceState
from deliveries.model.recipient import Channel
from deliveries.model.rules_form import read_rules
from deliveries.services.conversing.turns import Heard
from deliveries.services.identity.risks import RISKS, Risk, required_step_up
from deliveries.services.identity.stepping_up import CodeAnswer, hear_code
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_delivery,
    a_parcel,
    a_person,
    a_preference,
    a_stocked_storage,
    keep,
)
from tests.doubles import OpenVault
from tests.unit.deliveries.services.talk import Talk

DAY_BEFORE = NOW - timedelta(days=1)
WRONG = "not it"


@pytest.fixture
def store() -> Storage:
    """A person with the SMS contact of the booking and a chat linked before the booking."""
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        delivery = work.deliveries.get("d-1")
        delivery.contact_id, delivery.booked_at = "c-1", DAY_BEFORE
        work.contacts.add(
            a_contact(
                id="c-chat",
                channel=Channel.TELEGRAM,
                address=ContactAddress("700001"),
                verified_at=DAY_BEFORE - timedelta(days=90),
            )
        )
        work.commit()
    return store


@pytest.fixture
def talk(store: Storage) -> Talk:
    return Talk(store, contact_id="c-chat")


def choose_neighbour(talk: Talk) -> list[str]:
    talk.say("mrs jones at 14", "leave_with_neighbour", house_number="14", neighbour_name="Jones")
    return talk.press(1)


def challenge_of(talk: Talk) -> Challenge:
    with talk.store.unit_of_work() as work:
        challenge = work.challenges.latest_of("conv-1")
        assert challenge is not None
        return challenge


def code_of(talk: Talk) -> str:
    sealed = challenge_of(talk).code_sealed
    assert sealed is not None
    return OpenVault().open(sealed).reveal()


def type_in(talk: Talk, code: str) -> CodeAnswer:
    with talk.store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        answer = hear_code(work, OpenVault(), conversation, talk.contact_id, code, now=talk.now)
        work.commit()
    return answer


def names(answer: CodeAnswer) -> list[str]:
    return [saying.name for saying in answer.sayings]


def live_kind(talk: Talk) -> OptionKind | None:
    with talk.store.unit_of_work() as work:
        preference = work.preferences.live_of("d-1")
        return preference.kind if preference else None


def test_a_diversion_from_a_chat_that_proved_nothing_for_this_parcel_waits(talk: Talk) -> None:
    assert choose_neighbour(talk) == ["code_asked"]

    assert live_kind(talk) is None
    assert talk.options() == ["option_new_code", "option_keep_as_is"]
    with talk.store.unit_of_work() as work:
        [message] = work.outbox.of("conv-1")
        assert (message.purpose, message.contact_id) == (Purpose.CODE, "c-1")
        assert message.expires_at == talk.now + timedelta(minutes=10)


def test_the_code_itself_is_nowhere_but_sealed(talk: Talk) -> None:
    choose_neighbour(talk)

    with talk.store.unit_of_work() as work:
        [message] = work.outbox.of("conv-1")
        history = work.history.of_delivery("d-1")
    assert code_of(talk) not in str([message, history, challenge_of(talk).option])


def test_the_right_code_lets_the_choice_go_on(talk: Talk) -> None:
    choose_neighbour(talk)

    answer = type_in(talk, code_of(talk))

    assert answer.sayings == ()
    assert answer.proven_id is not None
    assert talk.tap(answer.proven_id) == ["choice_noted"]
    assert live_kind(talk) is OptionKind.NEIGHBOUR
    assert challenge_of(talk).code_sealed is None
    assert talk.tap(answer.proven_id) == ["offer_expired", "still_possible"]
    assert Risk.UNVERIFIED not in risks_of(talk.store, OptionKind.NEIGHBOUR, contact_id="c-chat")


def test_three_wrong_codes_end_it_and_call_a_person(talk: Talk) -> None:
    choose_neighbour(talk)

    told = [type_in(talk, "000000" if code_of(talk) != "000000" else "1" * 6) for _ in range(3)]

    assert [names(each) for each in told] == [["code_wrong"], ["code_wrong"], ["code_failed"]]
    assert [each.handoff for each in told] == [None, None, "wrong_codes"]
    assert challenge_of(talk).state is ChallengeState.FAILED
    assert live_kind(talk) is None


def test_a_number_with_a_slip_costs_no_try(talk: Talk) -> None:
    choose_neighbour(talk)

    assert names(type_in(talk, "12345")) == ["code_malformed"]
    assert challenge_of(talk).tries == 0


def test_a_code_that_comes_too_late_is_refused_kindly_and_sent_anew_by_digit(talk: Talk) -> None:
    choose_neighbour(talk)
    old = code_of(talk)
    talk.now += timedelta(minutes=10)

    late = type_in(talk, old)

    assert names(late) == ["code_expired"]
    with talk.store.unit_of_work() as work:
        offer = work.offers.get(late.sayings[0].offer_id or "")
    assert talk.tap(offer.options[0].id) == ["code_resent"]
    right = type_in(talk, code_of(talk))
    assert talk.tap(right.proven_id or "") == ["choice_noted"]


def test_leaving_it_as_it_is_drops_what_waited(talk: Talk) -> None:
    choose_neighbour(talk)
    code = code_of(talk)

    assert talk.press(2) == ["kept_as_is"]
    assert names(type_in(talk, code)) == ["code_not_awaited"]
    assert live_kind(talk) is None


def test_taking_it_back_drops_what_waited(talk: Talk) -> None:
    choose_neighbour(talk)
    code = code_of(talk)

    assert talk.say("forget it", "undo_choice") == ["choice_dropped"]
    assert names(type_in(talk, code)) == ["code_not_awaited"]


def test_another_choice_takes_the_place_of_the_one_that_waits(talk: Talk) -> None:
    choose_neighbour(talk)
    code = code_of(talk)

    talk.say("thursday after 3", "reschedule")
    assert talk.press(1) == ["choice_noted"]
    assert names(type_in(talk, code)) == ["code_not_awaited"]
    assert live_kind(talk) is OptionKind.WINDOW


def test_new_codes_are_sent_a_few_times_only(talk: Talk) -> None:
    choose_neighbour(talk)

    assert talk.press(1) == ["code_resent"]
    assert talk.press(1) == ["code_resent"]
    assert talk.press(1) == []
    assert talk.answer.handoff == "code_limit"
    assert challenge_of(talk).state is ChallengeState.DROPPED


def test_so_many_codes_a_day_for_one_parcel_and_no_more(talk: Talk) -> None:
    sent = []
    for _ in range(7):
        sent.append(choose_neighbour(talk))
        talk.now += timedelta(minutes=5)

    assert sent == [["code_asked"]] * 6 + [[]]
    assert talk.answer.handoff == "code_limit"


@pytest.mark.parametrize("silent", ["opted_out_at", "blocked_at", "unlinked_at"])
def test_with_the_original_contact_out_of_reach_staff_decide(talk: Talk, silent: str) -> None:
    with talk.store.unit_of_work() as work:
        setattr(work.contacts.get("c-1"), silent, NOW)
        work.commit()

    assert choose_neighbour(talk) == []
    assert talk.answer.handoff == "code_unreachable"
    assert live_kind(talk) is None


def test_a_later_day_and_a_safe_place_need_no_code_from_anywhere(talk: Talk) -> None:
    talk.say("leave it in the shed", "leave_in_safe_place", place="shed")
    assert talk.press(1) == ["choice_noted"]
    talk.say("thursday after 3", "reschedule")
    assert talk.press(1) == ["choice_noted"]


def test_the_first_choice_of_the_original_contact_needs_no_code(store: Storage) -> None:
    assert choose_neighbour(Talk(store)) == ["choice_noted"]


def test_a_second_diversion_needs_a_code_even_from_the_original_contact(store: Storage) -> None:
    talk = Talk(store)
    choose_neighbour(talk)

    assert choose_neighbour(talk) == ["code_asked_here"]


def risks_of(store: Storage, kind: OptionKind, *, contact_id: str = "c-1") -> frozenset[Risk]:
    heard = Heard("t", "conv-1", contact_id, "", "choose")
    with store.unit_of_work() as work:
        return required_step_up(work, work.deliveries.get("d-1"), kind, heard)


def test_a_new_address_is_always_a_risk(store: Storage) -> None:
    assert RISKS[OptionKind.ADDRESS] == {Risk.NEW_ADDRESS}
    assert risks_of(store, OptionKind.ADDRESS) == {Risk.NEW_ADDRESS}


def test_a_parcel_of_high_value_goes_to_nobody_else_without_a_code(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.deliveries.get("d-1").parcels = (a_parcel(value_minor=500_00),)
        work.commit()
    assert risks_of(store, OptionKind.NEIGHBOUR) == {Risk.HIGH_VALUE}
    assert risks_of(store, OptionKind.WINDOW) == frozenset()


@pytest.mark.parametrize("kind", [OptionKind.NEIGHBOUR, OptionKind.PICKUP_POINT])
def test_a_diversion_is_risky_by_second_change_and_by_channel(
    store: Storage, kind: OptionKind
) -> None:
    assert risks_of(store, kind) == frozenset()
    assert risks_of(store, kind, contact_id="c-chat") == {Risk.UNVERIFIED}
    keep(store, a_preference(state=PreferenceState.CONFIRMED))
    assert risks_of(store, kind) == {Risk.SECOND_CHANGE}
    assert risks_of(store, kind, contact_id="c-chat") == {
        Risk.SECOND_CHANGE,
        Risk.CHANGED_CHANNEL,
        Risk.UNVERIFIED,
    }


def test_a_refused_choice_was_no_change(store: Storage) -> None:
    keep(store, a_preference(state=PreferenceState.REJECTED))
    assert risks_of(store, OptionKind.NEIGHBOUR) == frozenset()


def test_a_shipper_may_ask_for_a_code_always(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.shippers.get("s-1").rules = read_rules(
            {"identity": {"code_always_for": ["safe_place"]}}
        )
        work.commit()
    assert risks_of(store, OptionKind.SAFE_PLACE) == {Risk.SHIPPERS_RULE}
    assert risks_of(store, OptionKind.WINDOW) == frozenset()


STEPS = st.lists(
    st.one_of(
        st.sampled_from(["right", "old", WRONG, "resend"]),
        st.integers(1, 11).map(lambda minutes: f"wait {minutes}"),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_whatever_the_order_only_the_newest_code_in_time_with_tries_left_opens(
    steps: list[str],
) -> None:
    store = a_stocked_storage(
        a_contact(
            id="c-chat",
            channel=Channel.TELEGRAM,
            address=ContactAddress("7"),
            verified_at=None,
        )
    )
    talk = Talk(store, contact_id="c-chat")
    choose_neighbour(talk)
    tries, made_at, former, sent, is_over = 0, talk.now, "", 1, False
    for step in steps:
        if step.startswith("wait"):
            talk.now += timedelta(minutes=int(step.split()[1]))
            continue
        if step == "resend":
            if is_over:
                continue
            with store.unit_of_work() as work:
                offer = work.offers.get(work.conversations.get("conv-1").last_offer_id or "")
            former = code_of(talk)
            talk.tap(offer.options[0].id)
            sent += 1
            is_over = sent > 3
            made_at = talk.now
            continue
        code = "" if is_over else code_of(talk)
        typed = {"right": code, "old": former, WRONG: ""}[step]
        if not typed or (step == "old" and typed == code):
            typed = "111111" if code != "111111" else "222222"
        answer = type_in(talk, typed)
        in_time = talk.now < made_at + timedelta(minutes=10)
        opens = step == "right" and in_time and not is_over
        assert (answer.proven_id is not None) == opens
        if in_time and not is_over and not opens:
            tries += 1
        is_over = is_over or opens or tries == 3
    assert challenge_of(talk).tries == tries
    assert (live_kind(talk)) is None


def test_a_delivery_of_before_the_columns_has_its_sms_contact_as_the_original() -> None:
    store = a_stocked_storage(
        a_delivery(id="d-2", reference="ORDER-2"),
        a_contact(id="a-chat", channel=Channel.TELEGRAM, address=ContactAddress("7")),
    )
    heard = Heard("t", "conv-1", "c-1", "", "choose")
    with store.unit_of_work() as work:
        found = required_step_up(work, work.deliveries.get("d-2"), OptionKind.NEIGHBOUR, heard)
    assert found == frozenset()


def test_a_tracking_number_with_a_postcode_shows_nothing_to_a_stranger(store: Storage) -> None:
    keep(store, a_person(id="p-9"), a_conversation(id="conv-9", person_id="p-9"))
    stranger = Talk(store, conversation_id="conv-9")

    said = stranger.say("LB1000000001 E1 6AN", "track_parcel", tracking_number="LB1000000001")

    assert said == ["no_delivery_known"]
    assert stranger.say("leave it in the shed", "leave_in_safe_place", place="shed") == [
        "no_delivery_known"
    ]
