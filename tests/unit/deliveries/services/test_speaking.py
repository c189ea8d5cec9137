"""The language we answer in: by wish, or by what somebody writes."""

import pytest

from deliveries.services.conversing.speaking import follow_language, other_language, switch_language
from deliveries.services.conversing.turns import Entity, Heard
from tests.builders import NOW, a_stocked_storage
from tests.unit.deliveries.services.talk import Talk


def heard(text: str, language: str | None = None) -> Heard:
    entities = (Entity("language", language),) if language else ()
    return Heard("conv-1:1", "conv-1", "c-1", text, "track_parcel", entities)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("dónde está mi paquete hoy", "es", "es"),
        ("wo ist mein Paket", "de", "de"),
        ("ok", "de", "en"),
        ("where is my parcel now", "en", "en"),
        ("var är mitt paket nu", "sv", "en"),
        ("where is my parcel now", None, "en"),
    ],
)
def test_a_whole_sentence_tells_the_language(
    text: str, language: str | None, expected: str
) -> None:
    talk = Talk(a_stocked_storage())
    with talk.store.unit_of_work(read_only=True) as work:
        other = other_language(work, heard(text, language))
    if other is not None:
        follow_language(talk.desk, heard(text, language), other)
    with talk.store.unit_of_work() as work:
        assert work.people.get("p-1").language == expected


@pytest.mark.parametrize(
    ("text", "expected", "told"),
    [
        ("en español por favor", "es", "language_switched"),
        ("auf Deutsch bitte", "de", "language_switched"),
        ("French please", "fr", "language_switched"),
        ("another language please", "en", "which_language"),
    ],
)
def test_a_language_is_switched_by_its_name(text: str, expected: str, told: str) -> None:
    talk = Talk(a_stocked_storage())
    answer = switch_language(talk.desk, heard(text), now=NOW)
    assert [saying.name for saying in answer.sayings] == [told]
    with talk.store.unit_of_work() as work:
        assert work.people.get("p-1").language == expected
