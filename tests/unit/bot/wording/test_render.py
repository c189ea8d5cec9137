from datetime import date, timedelta
from typing import Any

import pytest

from bot.wording.catalogue import Catalogue, WordingError
from bot.wording.render import Button, Rendered, Wording
from deliveries.model.offer import Offer, Option, OptionKind
from deliveries.model.recipient import Channel
from deliveries.model.saying import (
    Saying,
    day_fact,
    distance_fact,
    moment_fact,
    time_fact,
    window_fact,
)
from deliveries.model.window import TimeWindow
from tests.builders import NOW, a_window, at

WORDS = """
day_today = today
day_tomorrow = tomorrow, { $day }
window_on_day = { $day }, { $hours }
window_over_days = { $start } to { $end }
moment_on_day = { $day }, { $time }
share_number_button = Share my number
telegram_welcome_unlinked = Hello.
one = { $fact }
two = Second \u201cline\u201d.
spaced =
    First.


    Last.
parcels = { $count ->
    [one] one parcel
   *[other] { $count } parcels
}
option = { $fact }
"""
GERMAN = """
day_today = heute
day_tomorrow = morgen, { $day }
window_on_day = { $day }, { $hours }
one = { $fact } da
"""


def spoken(*sayings: Saying, **given: Any) -> Rendered:
    catalogue = Catalogue({"en": WORDS, "de": GERMAN}, is_strict=given.pop("is_strict", True))
    usual = {"offer": None, "language": "en", "channel": Channel.SMS}
    return Wording(catalogue).render(sayings, **{**usual, **given})


def an_offer() -> Offer:
    options = tuple(
        Option(f"o-1-{number}", OptionKind.GOAL, Saying("option", {"fact": label}))
        for number, label in enumerate(["Later", "At a neighbour\u2019s"])
    )
    return Offer("o-1", "conv-1", (), options, NOW, NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (window_fact(a_window(), "Europe/London"), "Tue 10 Mar, 12:00-14:00"),
        (window_fact(a_window(), "America/New_York"), "Tue, Mar 10, 8:00 - 10:00 AM"),
        (window_fact(a_window(), "Europe/Berlin"), "Tue, 10 Mar, 13:00-15:00"),
        (window_fact(a_window(), "America/Sao_Paulo"), "Tue, 10 Mar, 09:00-11:00"),
        (time_fact(at(14, 5), "Europe/London"), "14:05"),
        (moment_fact(at(14, 5), "Europe/London"), "Tue 10 Mar, 14:05"),
        (day_fact(date(2026, 3, 10), "Europe/London"), "Tue 10 Mar"),
        (distance_fact(347), "350 m"),
        (distance_fact(996), "1 km"),
        (distance_fact(1549), "1.5 km"),
        (["a", "b", "c"], "a, b, and c"),
        ({"type": "saying", "name": "parcels", "facts": {"count": 1}}, "one parcel"),
        ({"type": "saying", "name": "parcels", "facts": {"count": 3}}, "3 parcels"),
    ],
)
def test_facts_are_written_as_people_there_write_them(fact: Any, words: str) -> None:
    assert spoken(Saying("one", {"fact": fact})).text == words


def test_days_near_now_are_called_by_name() -> None:
    window = window_fact(a_window(), "Europe/London")
    saying = Saying("one", {"fact": window})
    assert spoken(saying, now=NOW).text == "today, 12:00-14:00"
    assert spoken(saying, now=NOW - timedelta(days=1)).text == "tomorrow, Tue 10 Mar, 12:00-14:00"
    assert spoken(saying, now=NOW - timedelta(days=2)).text == "Tue 10 Mar, 12:00-14:00"


def test_a_window_until_midnight_is_on_one_day() -> None:
    evening = TimeWindow(at(22), at(22) + timedelta(hours=2))
    words = spoken(Saying("one", {"fact": window_fact(evening, "Europe/London")})).text
    assert words == "Tue 10 Mar, 22:00-00:00"


def test_a_window_over_midnight_names_both_days() -> None:
    night = TimeWindow(at(22), at(22) + timedelta(hours=4))
    words = spoken(Saying("one", {"fact": window_fact(night, "Europe/London")})).text
    assert words == "Tue 10 Mar, 22:00 to Wed 11 Mar, 02:00"


def test_sms_menus_have_digits_beneath_the_last_saying_with_an_offer() -> None:
    rendered = spoken(Saying("one", {"fact": "What now?"}, "o-1"), Saying("two"), offer=an_offer())
    assert rendered.text == 'What now?\n1 Later\n2 At a neighbour\'s\nSecond "line".'
    assert (rendered.buttons, rendered.segments) == ((), 1)


def test_telegram_menus_are_buttons_with_the_options_ids() -> None:
    rendered = spoken(
        Saying("one", {"fact": "What now?"}, "o-1"), offer=an_offer(), channel=Channel.TELEGRAM
    )
    assert rendered.text == "What now?"
    assert rendered.buttons == (Button("Later", "o-1-0"), Button("At a neighbour\u2019s", "o-1-1"))


def test_no_menu_is_shown_for_sayings_without_an_offer() -> None:
    assert spoken(Saying("two"), offer=an_offer()).text == 'Second "line".'


def test_a_welcome_asks_for_the_number_on_telegram_only() -> None:
    welcome = Saying("telegram_welcome_unlinked")
    assert spoken(welcome, channel=Channel.TELEGRAM).number_button == "Share my number"
    assert spoken(welcome).number_button is None


def test_there_is_never_more_than_one_blank_line() -> None:
    assert spoken(Saying("spaced")).text == "First.\n\nLast."


def test_an_agents_words_are_not_interpreted() -> None:
    assert spoken(Saying("agent_text", {"text": "{ $x } — ok"})).text == "{ $x } - ok"


def test_another_language_speaks_for_itself_and_falls_back_to_english() -> None:
    fact = window_fact(a_window(), "Europe/Berlin")
    saying = Saying("one", {"fact": fact})
    assert spoken(saying, language="de").text == "Di., 10. März, 13:00-15:00 Uhr da"
    assert spoken(Saying("two"), language="de", is_strict=False).text == 'Second "line".'
    assert spoken(Saying("two"), language="nl").text == 'Second "line".'


def test_what_has_no_words_is_an_error() -> None:
    with pytest.raises(WordingError):
        spoken(Saying("unheard_of"), is_strict=False)
    with pytest.raises(WordingError):
        spoken(Saying("one"))
    with pytest.raises(WordingError):
        spoken(Saying("one", {"fact": {"type": "riddle"}}))
