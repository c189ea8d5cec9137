"""What a shipper may write, and what is refused with its reason."""

import pytest

from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.checking import MOST_SEGMENTS, MOST_WITH_MENU, check_own, own_names
from bot.wording.render import Wording
from bot.wording.samples import NOW, facts_in, has_menu, whole
from deliveries.errors import InvalidInputError
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying

HOUSE = Catalogue(read_sources())
DELAY = "notice_delay"
GOOD = "{ $shipper }: { $parcel } is a little late, sorry. New time: { $window }."


def said(catalogue: Catalogue, language: str = "en", **different: str) -> str:
    facts = {**facts_in(language), **different}
    return (
        Wording(catalogue)
        .render([Saying(DELAY, facts)], None, language=language, channel=Channel.SMS, now=NOW)
        .text
    )


def test_own_words_stand_in_for_the_houses_in_their_language_alone() -> None:
    check_own(HOUSE, DELAY, "en", GOOD)
    own = HOUSE.with_own({"en": {DELAY: GOOD}})

    assert said(own) == (
        "Larkfield Books: reading lamp is a little late, sorry. New time: today, 11:30-12:30."
    )
    assert said(own, "de") == said(HOUSE, "de")


def test_own_words_of_several_lines_are_kept_whole() -> None:
    text = "{ $shipper }: { $parcel } is late.\nNew time: { $window }."
    check_own(HOUSE, DELAY, "en", text)

    assert said(HOUSE.with_own({"en": {DELAY: text}})).splitlines()[0] == (
        "Larkfield Books: reading lamp is late."
    )


def test_words_that_fail_when_they_are_said_give_way_to_the_houses() -> None:
    own = HOUSE.with_own({"en": {DELAY: "{ $shipper }: { $parcel } { $nobody_knows }"}})

    assert said(own) == said(HOUSE)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "text: is empty or longer than 800 characters"),
        ("{ $parcel } is late.", "text: must say { $shipper }"),
        ("{ $shipper }: late.", "text: must say { $parcel }"),
        ("{ $shipper }: { $parcel }, { $price }", "text: $price is none of $code, $old, $parcel"),
        (
            "{ $shipper }: { $parcel }. Reply STOP.",
            "text: asks for STOP, a word that networks take",
        ),
        (
            "{ $shipper }: { $parcel }. Text cancel to end.",
            "text: asks for cancel, a word that networks",
        ),
        ("{ $shipper }: { $parcel }, see bit.ly/x", "text: carries a link (bit.ly)"),
        ("{ $shipper }: { $parcel }, see https://x.example", "text: carries a link"),
        ("{ $shipper }: { $parcel }. Please pay 2.99", "text: asks for money (pay)"),
        ("{ $shipper }: { $parcel } \U0001f69a", "text: has characters outside the alphabet"),
        ("{ $shipper }: { $parcel } { NUMBER(1) }", "text: NUMBER cannot be used here"),
        ("{ $shipper }: { $parcel } { opt_out_done }", "text: opt_out_done cannot be used here"),
        ("{ $shipper }: { $parcel } { ", "text: cannot be read"),
        ("{ $shipper }: { $parcel }\nother = second message", None),
        ("{ $shipper }: { $parcel } " + "and so on " * 40, "text: takes 3 SMS, 2 at most"),
    ],
)
def test_says_what_is_wrong_with_words(text: str, problem: str | None) -> None:
    if problem is None:
        check_own(HOUSE, DELAY, "en", text)
        return
    with pytest.raises(InvalidInputError) as refused:
        check_own(HOUSE, DELAY, "en", text)
    assert str(refused.value).startswith(problem)


@pytest.mark.parametrize(
    ("language", "text", "problem"),
    [
        ("de", "{ $shipper }: { $parcel }. Antworten Sie mit stop.", "asks for stop"),
        ("es", "{ $shipper }: { $parcel }. Escriba info para saber más.", "asks for info"),
        ("fr", "{ $shipper } : { $parcel }. Répondez stop pour finir.", "asks for stop"),
        ("fr", "{ $shipper } : { $parcel }. Payez vos frais.", "asks for money (Payez)"),
        ("es", "{ $shipper }: { $parcel }, está en camino, llegará { $window }.", None),
    ],
)
def test_the_same_is_refused_in_every_language(
    language: str, text: str, problem: str | None
) -> None:
    if problem is None:
        check_own(HOUSE, DELAY, language, text)
        return
    with pytest.raises(InvalidInputError) as refused:
        check_own(HOUSE, DELAY, language, text)
    assert str(refused.value).startswith(f"text: {problem}")


def test_own_words_are_counted_with_the_menu_beneath_them() -> None:
    text = "{ $shipper }: { $parcel }. " + "This is a long story. " * 12
    with pytest.raises(InvalidInputError, match="takes 4 SMS with the menu, 3 at most"):
        check_own(HOUSE, "notice_failed_nobody_home", "en", text)
    check_own(HOUSE, "notice_failed_nobody_home", "en", text[:180])


@pytest.mark.parametrize("language", HOUSE.languages)
def test_the_houses_own_words_are_none_that_would_be_refused(language: str) -> None:
    for name in own_names(HOUSE):
        left = whole(Wording(HOUSE), name, language=language, channel=Channel.SMS)
        assert (left.segments or 0) <= (MOST_WITH_MENU if has_menu(name) else MOST_SEGMENTS), name


def test_only_notices_and_our_languages_can_be_worded() -> None:
    for name, language, problem in (
        ("code_message", "en", "name: is none of a notice"),
        ("notice_photo", "en", "name: is none of a notice"),
        (DELAY, "it", "language: is none of de, en, es, fr"),
    ):
        with pytest.raises(InvalidInputError, match=problem):
            check_own(HOUSE, name, language, GOOD)
