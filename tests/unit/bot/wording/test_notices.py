"""Every notice has words, names shipper and parcel, and fits one segment."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.gsm import outside_gsm
from bot.wording.render import Wording
from deliveries.model.recipient import Channel
from deliveries.model.saying import Fact, Saying, day_fact, time_fact, window_fact
from deliveries.services.conversing.describing import inline
from deliveries.services.days.journeys import FAILED_REASONS, HANDED_TO, OTHER
from tests.builders import A_DAY, NOW, ZONE, a_window, at

RESERVED = re.compile(
    r"\b(STOP|STOPALL|UNSUBSCRIBE|CANCEL|END|QUIT|REVOKE|OPTOUT|START|UNSTOP|YES|HELP|INFO)\b"
)
NAMES = [
    "notice_pre_advice_final",
    "notice_morning_window",
    "notice_out_for_delivery",
    "notice_minutes_away",
    "notice_arriving",
    "notice_rating",
    "notice_delay",
    "notice_earlier",
    *(f"notice_failed_{reason}" for reason in sorted(FAILED_REASONS | {OTHER})),
    "notice_failed_neighbour_nobody_home",
    "notice_failed_neighbour_no_access",
    "notice_failed_neighbour_refused",
    "notice_failed_safe_place",
    *(f"notice_delivered_{who}" for who in sorted(HANDED_TO | {OTHER})),
    "notice_delivered_neighbour_unnamed",
    "notice_delivered_safe_place_unnamed",
    "notice_ready_for_pickup",
    "notice_ready_for_pickup_at_any_hour",
    "notice_ready_for_pickup_no_hours",
    "notice_ready_for_pickup_no_code",
    "notice_delivered_neighbour_code",
    "notice_collect_reminder",
    "notice_collect_last_day",
    "notice_collection_expired",
    "notice_collected",
]
LONGER = ["notice_pre_advice"]
FACTS: dict[str, Fact] = {
    "shipper": "Larkfield Books",
    "parcel": "reading lamp",
    "window": window_fact(a_window(at(11, 30), hours=1), ZONE),
    "old": window_fact(a_window(at(10, 15), hours=1), ZONE),
    "minutes": 10,
    "at": time_fact(at(10, 42), ZONE),
    "photo": True,
    "number": "14b",
    "words": "behind the blue bins",
    "point": "Market Lockers",
    "address": "3 Market Row",
    "day": day_fact(A_DAY, ZONE),
    "opens": time_fact(at(8), ZONE),
    "code": "123456",
    "name": "Mrs Jones",
    "last_day": day_fact(A_DAY, ZONE),
    "closes": time_fact(at(20), ZONE),
}


def render(name: str, **different: Any) -> Any:
    wording = Wording(Catalogue(read_sources(), is_strict=True))
    saying = Saying(name, {**FACTS, **different})
    return wording.render([saying], None, language="en", channel=Channel.SMS, now=NOW)


@pytest.mark.parametrize("name", NAMES)
def test_fits_one_segment_and_names_shipper_and_parcel(name: str) -> None:
    rendered = render(name)

    assert rendered.segments == 1, rendered.text
    assert rendered.text.startswith("Larkfield Books: ")
    assert "reading lamp" in rendered.text
    assert outside_gsm(rendered.text) == frozenset()


@pytest.mark.parametrize("name", [*NAMES, *LONGER, "notice_failed_choices"])
def test_asks_for_no_word_of_the_networks_and_carries_no_link(name: str) -> None:
    text = render(name).text

    assert RESERVED.findall(text) == []
    assert "http" not in text


def test_tells_of_several_parcels_and_shippers() -> None:
    parcel = inline(Saying("parcels_counted", {"count": 2}))

    text = render(
        "notice_minutes_away", parcel=parcel, shipper=["Larkfield Books", "Oak and Ash"]
    ).text

    assert text == (
        "Larkfield Books and Oak and Ash: the driver with your delivery (2 parcels) "
        "is about 10 minutes away."
    )


def test_mentions_a_photo_only_where_there_is_one() -> None:
    with_photo = render("notice_delivered_safe_place").text
    without = render("notice_delivered_safe_place", photo=False).text

    assert with_photo == f"{without} The driver took a photo."


@pytest.mark.parametrize(
    ("day", "told"),
    [(A_DAY, "for today, but"), (A_DAY - timedelta(days=1), "for Mon 9 Mar, but")],
)
def test_what_the_van_came_back_with_is_told_with_its_day(day: date, told: str) -> None:
    assert told in render("notice_failed_not_attempted", day=day_fact(day, ZONE)).text


@pytest.mark.parametrize("name", ["notice_rating", "rate_talk"])
@pytest.mark.parametrize(
    ("language", "by_digit", "by_button"),
    [
        ("en", "Reply with a number from 1", "Tap a button from 1"),
        ("de", "Antworten Sie per Ziffer, von 1", "Antworten Sie per Knopfdruck, von 1"),
        ("es", "Responda con una cifra del 1", "Responda con un botón del 1"),
        ("fr", "Envoyez un chiffre de 1", "Répondez avec un bouton de 1"),
    ],
)
def test_a_rating_is_asked_for_as_it_can_be_given_there(
    name: str, language: str, by_digit: str, by_button: str
) -> None:
    wording = Wording(Catalogue(read_sources(), is_strict=True))
    for channel, asked in ((Channel.SMS, by_digit), (Channel.TELEGRAM, by_button)):
        said = wording.render([Saying(name, FACTS)], None, language=language, channel=channel)
        assert asked in said.text


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("collection_not_yet_there", "days"),
        ("away_too_long", "days"),
        ("notice_minutes_away", "minutes"),
        ("handoff_wait_within", "minutes"),
        ("option_minutes", "minutes"),
    ],
)
def test_one_day_and_one_minute_are_not_told_as_several(
    name: str, fact: str, language: str
) -> None:
    wording = Wording(Catalogue(read_sources(), is_strict=True))
    one, two = (
        wording.render(
            [Saying(name, {**FACTS, fact: count})],
            None,
            language=language,
            channel=Channel.TELEGRAM,
        ).text
        for count in (1, 2)
    )
    assert one != two.replace("2", "1")
    assert not re.search(r"\b1 (days|Tage|días|jours|minutes|Minuten|minutos)\b", one)
