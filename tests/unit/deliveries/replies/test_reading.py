"""Short answers to a menu, in four languages and as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliveries.replies import Meaning, asks_back, denies, menu_number, read_reply, speaks_of_two
from deliveries.replies.languages import LANGUAGES
from deliveries.replies.reading import plain_words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        (" 2.", 2),
        ("2)", 2),
        ("#2", 2),
        ("2️⃣", 2),
        ("\uff12", 2),
        ("2\u200b", 2),
        ("2 please", 2),
        ("opt 2", 2),
        ("nr 2", 2),
        ("No. 2", 2),
        ("option two", 2),
        ("Nummer 2 bitte", 2),
        ("die zwei", 2),
        ("la 2 porfa", 2),
        ("la dos", 2),
        ("numéro 2 svp", 2),
        ("one", 1),
        ("2 😊", 2),
    ],
)
def test_a_number_of_the_menu_may_be_dressed_up(text: str, number: int) -> None:
    assert menu_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "1 or 2?",
        "one or two",
        "1 oder 2",
        "not 2",
        "no la 2",
        "2?",
        "2 parcels",
        "flat 2",
        "at 2",
        "um 2",
        "a las 2",
        "vers 2",
        "für 2",
        "2-4",
        "2:30",
        "14.2",
        "el 2",
        "le 2",
        "den 2.",
        "día 2",
        "2pm",
        "2 Uhr",
        "2h",
        "in 2 days",
        "los dos",
        "les deux",
        "très bien",
        "123",
        "",
        "2" * 5000,
    ],
)
def test_what_may_be_a_time_a_date_or_a_doubt_is_no_number_of_the_menu(text: str) -> None:
    assert menu_number(text) is None


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("both please", Meaning.EVERY),
        ("alle beide", Meaning.EVERY),
        ("los dos", Meaning.EVERY),
        ("les deux svp", Meaning.EVERY),
        ("none of these", Meaning.NEITHER),
        ("passt mir alles nicht", Meaning.NEITHER),
        ("ninguna me va bien", Meaning.NEITHER),
        ("aucun ne me va", Meaning.NEITHER),
        ("no, the other day", Meaning.OTHER),
        ("nein, die andere", Meaning.OTHER),
        ("mejor la otra", Meaning.OTHER),
        ("non, l'autre jour", Meaning.OTHER),
        ("same as last time", Meaning.AGAIN),
        ("wie letztes Mal bitte", Meaning.AGAIN),
        ("igual que la última vez", Meaning.AGAIN),
        ("comme d\u2019habitude", Meaning.AGAIN),
        ("the later one", Meaning.LATER),
        ("der spätere", Meaning.LATER),
        ("el de mas tarde", Meaning.LATEST),
        ("le plus tard", Meaning.LATEST),
        ("later", Meaning.AFTER_THESE),
        ("geht es später?", Meaning.AFTER_THESE),
        ("más temprano", Meaning.BEFORE_THESE),
        ("un peu plus tôt", Meaning.BEFORE_THESE),
        ("the nearer one", Meaning.NEAREST),
        ("die nächste", Meaning.NEAREST),
        ("la mas cercana porfa", Meaning.NEAREST),
        ("le plus proche", Meaning.NEAREST),
        ("the cheaper one", Meaning.CHEAPEST),
        ("the small parcel", Meaning.SMALLEST),
        ("das große", Meaning.BIGGEST),
        ("who is this?", Meaning.WHO),
        ("ist das Betrug?", Meaning.WHO),
        ("why", Meaning.WHAT),
        ("hä?", Meaning.WHAT),
        ("¿por qué?", Meaning.WHAT),
        ("je comprends pas", Meaning.WHAT),
        ("hang on", Meaning.WAIT),
    ],
)
def test_words_about_the_menu_are_known_in_each_language(text: str, meaning: Meaning) -> None:
    reply = read_reply(text)
    assert reply is not None
    assert reply.meanings == {meaning}


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("the second one", 2),
        ("ok the first", 1),
        ("the last one please", -1),
        ("die zweite bitte", 2),
        ("nein, die dritte", 3),
        ("la segunda porfa", 2),
        ("mejor el último", -1),
        ("plutôt la deuxième", 2),
        ("le 1er", 1),
    ],
)
def test_ordinals_are_known_in_each_language(text: str, position: int) -> None:
    reply = read_reply(text)
    assert reply is not None
    assert (reply.positions, reply.is_plain) == ({position}, True)


@pytest.mark.parametrize("text", ["not the second", "the first or the second", "ni la primera"])
def test_a_doubt_or_a_denial_chooses_nothing(text: str) -> None:
    reply = read_reply(text)
    assert reply is not None
    assert not reply.is_plain or len(reply.positions) > 1


@pytest.mark.parametrize(
    "text", ["first thing friday", "second floor", "ok", "no wait, thursday", "Dave", "2 pm please"]
)
def test_whatever_says_more_is_left_to_the_language_understanding(text: str) -> None:
    assert read_reply(text) is None


def test_no_phrase_means_two_things_in_two_languages() -> None:
    meanings: dict[tuple[str, ...], set[object]] = {}
    for words in LANGUAGES:
        for meaning, phrases in words.phrases.items():
            for phrase in phrases:
                meanings.setdefault(tuple(plain_words(phrase)), set()).add(meaning)
        for phrase, position in (*words.ordinals.items(), *words.cardinals.items()):
            meanings.setdefault(tuple(plain_words(phrase)), set()).add(position)
    assert {phrase for phrase, found in meanings.items() if len(found) > 1} == set()


@pytest.mark.parametrize("text", ["no", "not today", "nicht", "sauf lundi", "don't"])
def test_a_denial_is_heard(text: str) -> None:
    assert denies(text)


@pytest.mark.parametrize("text", ["no problem", "kein Problem", "no hay problema", "pas de souci"])
def test_an_assurance_is_no_denial(text: str) -> None:
    assert not denies(text)


@pytest.mark.parametrize("text", ["really?", "what is that", "warum nicht morgen", "où est-il"])
def test_a_question_is_no_answer(text: str) -> None:
    assert asks_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "leave it in the shed and the code is 12",
        "wo ist es? geht auch freitag",
        "al vecino o si no el viernes",
    ],
)
def test_two_wishes_are_joined_by_a_word_or_a_stop(text: str) -> None:
    assert speaks_of_two(text)


@pytest.mark.parametrize("text", ["kanns auch ein anderer tag sein", "leave it in the shed"])
def test_one_wish_is_not_taken_for_two(text: str) -> None:
    assert not speaks_of_two(text)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    read_reply(text)
    menu_number(text)
    asks_back(text)
    denies(text)
    speaks_of_two(text)
