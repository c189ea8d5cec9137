"""Words that ask for a person by themselves, and what makes a matter urgent."""

from datetime import timedelta

import pytest

from deliveries.model.conversation import Handoff
from deliveries.services import handoffs
from deliveries.services.handoffs.alarm_words import ANGER, LEGAL, SAFETY
from deliveries.services.handoffs.hurrying import SAME_MATTER
from integrations.storage import Storage
from tests.builders import NOW, a_parcel, a_stocked_storage, an_inbound_message, keep
from tests.unit.deliveries.services.talk import Talk


@pytest.fixture
def store() -> Storage:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").focus = ("d-1",)
        work.commit()
    return store


def heard(store: Storage, *texts: str) -> str | None:
    for number, text in enumerate(texts):
        message = an_inbound_message(text=text, provider_id=f"SM{number}", received_at=NOW)
        keep(store, message)
    with store.unit_of_work(read_only=True) as work:
        return handoffs.alarm_in(work, work.conversations.get("conv-1"), texts[-1], now=NOW)


def requested(store: Storage, reason: str = "asked") -> Handoff:
    with store.unit_of_work() as work:
        handoffs.request(work, work.conversations.get("conv-1"), reason, NOW)
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        handoff = work.handoffs.open_of("conv-1")
        assert handoff is not None
        return handoff


def closed(store: Storage, ago: timedelta) -> None:
    keep(
        store,
        Handoff(
            "k-0",
            "conv-1",
            "asked",
            3,
            NOW - ago - timedelta(minutes=9),
            claimed_at=NOW - ago - timedelta(minutes=5),
        ),
    )
    with store.unit_of_work() as work:
        work.handoffs.get("k-0").close(NOW - ago)
        work.commit()


def test_a_star_stands_behind_so_much_of_a_word_that_no_other_begins_so() -> None:
    stems = {
        word.removesuffix("*")
        for table in (SAFETY, LEGAL, ANGER)
        for phrases in table.values()
        for word in phrases.replace(",", " ").split()
        if word.endswith("*")
    }
    assert {stem for stem in stems if len(stem) < 4 or not stem.isalpha()} == set()


@pytest.mark.parametrize(
    "texts",
    [
        ("what about friday afternoon", "the first one please"),
        ("für freitag", "die fünf finde ich gut", "falls frei"),
        ("finde favor", "fecha fija", "fuera"),
        ("faites fin", "la fenêtre de fin", "finalement"),
    ],
)
def test_everyday_words_are_no_anger(store: Storage, texts: tuple[str, ...]) -> None:
    assert heard(store, *texts) is None


@pytest.mark.behaviour(3)
@pytest.mark.parametrize(
    "text",
    [
        "Your driver hit my car!",
        "the driver hit and damaged my car",
        "he BIT my son... no, his dog bit me",
        "there is a smell of gas from the box",
        "der Fahrer hat mein Auto angefahren",
        "Aus dem Paket läuft eine Säure",
        "el conductor me amenazó",
        "huele a gas",
        "le livreur m'a menacé",
        "il y a une odeur de gaz",
    ],
)
def test_danger_is_heard_in_every_language(store: Storage, text: str) -> None:
    assert heard(store, text) == "safety"


@pytest.mark.parametrize(
    "text",
    [
        "the gate code is 4711 and there is a dog",
        "leave it by the gas meter",
        "where is my parcel?",
        "it arrived crushed",
        "I hit the wrong button",
        "please hit the buzzer at my gate",
        "bless you, thanks",
        "I want to explore the options",
        "leave it at the solicitor's next door",
        "geben Sie es beim Rechtsanwalt im Haus ab",
        "le livreur n'a pas frappé à la porte",
        "je ne sais pas que choisir",
        "un carton d'avocats",
        "golpeó la puerta y se fue",
        "please begin at the back door",
        "mein Hund ist im Garten",
        "déjalo con el vecino",
        "mettez-le dans la remise",
    ],
)
def test_everyday_words_alarm_nobody(store: Storage, text: str) -> None:
    assert heard(store, text) is None


@pytest.mark.parametrize(
    "text",
    ["my lawyer will call", "ich gehe zum Anwalt", "voy a denunciarles", "je vais porter plainte"],
)
def test_what_leaves_our_hands_is_heard(store: Storage, text: str) -> None:
    assert heard(store, text) == "legal"


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (["this is ridiculous"], None),
        (["this is ridiculous", "where is it", "you are useless"], "anger"),
        (["das ist unverschämt", "mir reicht es, es reicht"], "anger"),
        (["qué vergüenza", "esto es una mierda"], "anger"),
        (["j'en ai marre", "c'est n'importe quoi"], "anger"),
        (["this is ridiculous", "a", "b", "c", "d", "you are useless"], None),
    ],
)
def test_anger_twice_within_a_few_messages_asks_for_a_person(
    store: Storage, texts: list[str], reason: str | None
) -> None:
    assert heard(store, *texts) == reason


@pytest.mark.behaviour(3)
@pytest.mark.parametrize(
    ("reason", "priority"), [("damage", 2), ("safety", 1), ("legal", 2), ("anger", 3)]
)
def test_each_reason_has_its_priority(store: Storage, reason: str, priority: int) -> None:
    handoff = requested(store, reason)
    assert (handoff.reason, handoff.priority) == (reason, priority)


@pytest.mark.behaviour(4)
def test_the_most_urgent_of_several_reasons_is_shown(store: Storage) -> None:
    requested(store, "fallback")
    assert requested(store, "safety").reason == "safety"
    assert requested(store, "asked").reason == "safety"


def test_a_parcel_of_value_raises_the_priority_short_of_the_most_urgent(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.deliveries.get("d-1").parcels = (a_parcel(value_minor=500_00, currency="GBP"),)
        work.commit()
    handoff = requested(store)
    assert (handoff.priority, handoff.summary["raised"]) == (2, ["high_value"])


def test_a_second_failed_attempt_and_a_van_that_is_near_raise_it(store: Storage) -> None:
    with store.unit_of_work() as work:
        delivery = work.deliveries.get("d-1")
        delivery.attempts, delivery.eta_at = 2, NOW + timedelta(hours=1)
        work.commit()
    handoff = requested(store, "wish")
    assert (handoff.priority, handoff.summary["raised"]) == (2, ["repeat", "soon"])


@pytest.mark.behaviour(35)
@pytest.mark.parametrize(
    ("ago", "reason", "raised"),
    [(timedelta(hours=1), "repeat", ["repeat"]), (SAME_MATTER, None, [])],
)
def test_who_comes_back_within_a_day_goes_to_staff_at_the_first_misunderstanding(
    store: Storage, ago: timedelta, reason: str | None, raised: list[str]
) -> None:
    closed(store, ago)
    talk = Talk(store, now=NOW)
    talk.say("flibber", "nlu_fallback")
    assert talk.answer.handoff == reason
    assert requested(store).summary["raised"] == raised


@pytest.mark.behaviour(2)
def test_one_good_answer_between_resets_the_count(store: Storage) -> None:
    talk = Talk(store, now=NOW)
    talk.say("flibber", "nlu_fallback")
    talk.say("where is it?", "track_parcel")
    talk.say("flabber", "nlu_fallback")
    assert talk.answer.handoff is None
