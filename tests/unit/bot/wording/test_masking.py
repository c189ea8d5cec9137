import pytest

from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.masking import mask_words
from bot.wording.render import Wording
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying, day_fact
from deliveries.services.conversing.describing import inline, spot_fact
from tests.builders import A_DAY, NOW, ZONE

WHAT = inline(
    Saying(
        "choice_neighbour_named",
        {"name": "Mrs Jones", "number": "14", "day": day_fact(A_DAY, ZONE)},
    )
)
TOLD = Saying(
    "change_told", {"shipper": "Larkfield Books", "parcel": "books", "what": WHAT, "minutes": 30}
)


def said(saying: Saying, *, is_verified: bool, channel: Channel = Channel.TELEGRAM) -> str:
    wording = Wording(Catalogue(read_sources(), is_strict=True))
    return wording.render(
        [saying], None, language="en", channel=channel, now=NOW, is_verified=is_verified
    ).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 Hill St", "12 H\u2022\u2022\u2022 St"),
        ("12 Harbour Street", "12 H\u2022\u2022\u2022 S\u2022\u2022\u2022"),
        ("Mrs Jones", "Mrs J\u2022\u2022\u2022"),
        (
            "12 Harbour St, BS8 3DF",
            "12 H\u2022\u2022\u2022 St, \u2022\u2022\u2022 \u2022\u2022\u2022",
        ),
        ("", ""),
    ],
)
def test_names_and_streets_are_left_by_their_first_letters(text: str, expected: str) -> None:
    assert mask_words(text) == expected


def test_whoever_never_wrote_reads_no_name_or_house_number_not_even_within_a_sentence() -> None:
    text = said(TOLD, is_verified=False)

    assert "Mrs J\u2022\u2022\u2022 at no. \u2022\u2022\u2022" in text
    assert "Jones" not in text
    assert "14" not in text


def test_whoever_wrote_reads_it_all() -> None:
    assert "Mrs Jones at no. 14" in said(TOLD, is_verified=True)


def test_by_sms_a_mask_costs_no_other_alphabet() -> None:
    assert "Mrs J*** at no. ***" in said(TOLD, is_verified=False, channel=Channel.SMS)


def test_a_spot_is_hidden_in_every_form() -> None:
    for words in ("under the fig tree", "spot_shed"):
        facts = {"words": spot_fact(words)}
        assert said(Saying("place_safe", facts), is_verified=False) == (
            "to your safe place: \u2022\u2022\u2022"
        )


def test_a_shop_is_no_secret() -> None:
    saying = Saying("place_pickup_point", {"name": "Clifton News"})
    assert said(saying, is_verified=False) == "to Clifton News"
