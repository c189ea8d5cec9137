"""Every template in every language, said with facts as long as they come: E3, E8 and E15."""

import re
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.checking import OWN_LETTERS, problem_in, variables_of
from bot.wording.gsm import outside_gsm
from bot.wording.render import Rendered, Wording
from bot.wording.samples import ZONES
from deliveries.model.personal import Secret
from deliveries.model.recipient import Channel
from deliveries.model.saying import (
    Fact,
    Saying,
    day_fact,
    distance_fact,
    moment_fact,
    money_fact,
    sealed_fact,
    time_fact,
    window_fact,
)
from deliveries.model.window import TimeWindow
from deliveries.services.conversing.describing import inline
from sandbox.twilio.segments import count_segments
from tests.doubles import OpenVault

LANGUAGES = ("de", "en", "es", "fr")
CATALOGUE = Catalogue(read_sources(), is_strict=True)
WORDING = Wording(CATALOGUE)
NAMES = sorted(CATALOGUE.names("en"))
# With usual facts notices take one (docs/messages.md).
MOST_SEGMENTS = 2
NOW = datetime(2026, 9, 22, 8, tzinfo=ZoneInfo("UTC"))
LAST = date(2026, 9, 30)
# A menu's words: what is asked for in any language, whatever is around it.
ASKS = re.compile(
    r"\b(?:reply|send|write|type|text|antworten sie(?: mit)?|schreiben sie|senden sie|responda"
    r"|escriba|env[ií]e|r[ée]pondez|[ée]crivez|envoyez)\s+[\"'(]?(?:con |mit |par )?"
    r"(?:stop\w*|cancel|end|quit|unsubscribe|revoke|optout|yes|start|help|info)\b",
    re.IGNORECASE,
)
MONEY = re.compile(r"\b(?:pay|payment|fee|zahlen|bezahlen|geb[uü]hr|pagar|pago|payer|paiement)\b")
SHOUTED = re.compile(r"\b[A-ZÄÖÜ]{3,}\b")
# What may be written in answer, in capitals: none of it belongs to a network's menu.
OWN_WORDS = {
    "de": {"NOCHMAL", "ICH", "NICHT", "ZURÜCK"},
    "en": {"BACK", "NOT", "REDELIVER"},
    "es": {"REINTENTAR", "SOY", "VUELVE"},
    "fr": {"REPASSER", "PAS", "MOI", "RETOUR"},
}
OF_ALL = {"AGENT", "BOT", "PIN", "UNSTOP", "SMS", "EUR"}


def facts(language: str) -> dict[str, Fact]:
    """Return facts as long as they come in earnest."""
    zone = ZONES[language]

    def at(hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 9, 30, hour, minute, tzinfo=ZoneInfo(zone))

    what = inline(Saying("choice_neighbour_named", _place(language)))
    return {
        **_place(language),
        "shipper": "Lerchenfeld Gartenversand",
        "parcel": "wool blanket, grey",
        "case": "k-0f9a31c2b4d8e7f60",
        "window": window_fact(TimeWindow(at(10, 15), at(12, 45)), zone),
        "old": window_fact(TimeWindow(at(8, 30), at(10, 30)), zone),
        "start": time_fact(at(10, 15), zone),
        "end": time_fact(at(12, 45), zone),
        "hours": "10:15-12:45",
        "how": "digits",
        "time": "10:15",
        **{each: time_fact(at(12, 45), zone) for each in ("at", "eta", "opens", "closes")},
        **{each: moment_fact(at(12), zone) for each in ("by", "closed_at", "open_until", "until")},
        **{each: day_fact(LAST, zone) for each in ("first", "last", "last_day")},
        **{each: distance_fact(12_300) for each in ("distance", "limit")},
        "price": money_fact(1250, "EUR"),
        "minutes": 25,
        "count": 12,
        "days": 14,
        "least": 15,
        "most": 25,
        "left": 2,
        "stops_before": 11,
        "photo": True,
        "handed_to": "household",
        "silence": "at_depot",
        "code": "123456",
        "digits": "0123",
        "what": what,
        "option": what,
        "place": inline(Saying("place_neighbour_named", _place(language))),
        "wish": inline(Saying("wish_set_standing_preference")),
        "needs": inline(Saying("door_ring_twice")),
        "neighbour": "Frau Schwarzenberger",
        "words": inline(Saying("spot_reception")),
    }


def _place(language: str) -> dict[str, Fact]:
    return {
        "name": "Frau Schwarzenberger",
        "house": "114b",
        "number": "114b",
        "day": day_fact(LAST, ZONES[language]),
        "point": "Paketstation Lindenplatz",
        "title": "Paketstation Lindenplatz",
        "address": "128 Lindenplatz",
    }


@cache
def said(name: str, language: str) -> Rendered:
    saying = Saying(name, facts(language))
    return WORDING.render([saying], None, language=language, channel=Channel.SMS, now=NOW)


def test_the_facts_name_all_that_any_template_tells() -> None:
    told = {each for name in NAMES for each in variables_of(CATALOGUE, name)}
    assert sorted(told - set(facts("en"))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_template_asks_for_a_word_of_the_networks(language: str) -> None:
    texts = {name: said(name, language).text for name in NAMES}
    assert {name: text for name, text in texts.items() if ASKS.search(text)} == {}
    shouted = {word for text in texts.values() for word in SHOUTED.findall(text)}
    assert shouted - OWN_WORDS[language] - OF_ALL == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_template_links_asks_for_money_or_leaves_the_alphabet(language: str) -> None:
    for name in NAMES:
        text = said(name, language).text
        assert (name, problem_in(text, language)) == (name, None)
        if not name.startswith(("option_priced", "choice_priced", "no_price", "who_we_are")):
            assert (name, MONEY.findall(text.lower())) == (name, [])
        assert outside_gsm(text) <= OWN_LETTERS[language], (name, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_template_grows_beyond_what_is_read_on_a_bus(language: str) -> None:
    long = {
        name: rendered.segments
        for name in NAMES
        if (rendered := said(name, language)).segments and rendered.segments > MOST_SEGMENTS
    }
    assert long == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_network_bills_what_was_counted(language: str) -> None:
    billed = {name: count_segments(said(name, language).text).count for name in NAMES}
    assert billed == {name: said(name, language).segments for name in NAMES}


def test_telegram_and_whatsapp_keep_every_letter() -> None:
    saying = Saying("ask_address", facts("es"))
    for channel in (Channel.TELEGRAM, Channel.WHATSAPP):
        text = WORDING.render([saying], None, language="es", channel=channel, now=NOW).text
        assert text.startswith("¿Cuál es la dirección correcta")


def test_a_secret_that_lost_its_marks_is_kept_from_the_thread() -> None:
    vault = OpenVault()
    told = facts("es") | {"code": sealed_fact(vault.seal(Secret("portón 12")))}

    said_once = Wording(CATALOGUE, vault).render(
        [Saying("collector_code_door", told)], None, language="es", channel=Channel.SMS
    )

    assert "porton 12" in said_once.text
    assert "port" not in (said_once.kept or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_that_is_abbreviated_ends_its_sentence_once(language: str) -> None:
    doubled = [name for name in NAMES if ".." in said(name, language).text.replace("...", "")]
    assert doubled == []


@pytest.mark.parametrize(
    ("channel", "asked"),
    [
        (Channel.SMS, "Reply with a number"),
        (Channel.WHATSAPP, "Reply with a number"),
        (Channel.TELEGRAM, "Tap a button"),
    ],
)
def test_a_choice_is_asked_for_as_it_can_be_made_there(channel: Channel, asked: str) -> None:
    saying = Saying("windows_offered", facts("en"))
    text = WORDING.render([saying], None, language="en", channel=channel, now=NOW).text
    assert f". {asked}, or tell me when suits you:" in text
