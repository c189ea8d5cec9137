"""Every notice has words, names shipper and parcel, and fits one segment."""

import re
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
