import sys
from datetime import UTC, datetime, timedelta
from types import FrameType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliveries.windows import ReadWindows, WishedWindow, read_windows
from deliveries.windows.languages import known_languages, language_of

_ZONES = (
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Cairo",
)
_INSTANTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2035, 12, 31),  # noqa: DTZ001 - likewise
    timezones=st.just(UTC),
)
_MARKS = (",", ".", " - ", "/", " ", "\n", "?", ":", "2", "4", "12", "25", "1630", "11/25", "#")


def _phrases(code: str) -> list[str]:
    return [phrase for entry in language_of(code).entries for phrase in entry.phrases.split("|")]


def _messages(code: str) -> st.SearchStrategy[str]:
    words = st.sampled_from([*_phrases(code), *_MARKS])
    return st.lists(words, max_size=12).map(" ".join)


_IN_ANY_LANGUAGE = st.sampled_from(known_languages()).flatmap(
    lambda code: st.tuples(st.just(code), _messages(code))
)
_RELAXED = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


def _read(text: str, now: datetime, zone: str, language: str) -> ReadWindows:
    return read_windows(text, now=now, zone=ZoneInfo(zone), language=language)


@_RELAXED
@given(st.text(), _INSTANTS, st.sampled_from(_ZONES), st.sampled_from(known_languages()))
def test_never_raises_on_any_text(text: str, now: datetime, zone: str, language: str) -> None:
    assert isinstance(_read(text, now, zone, language), ReadWindows)


@_RELAXED
@given(_IN_ANY_LANGUAGE, _INSTANTS, st.sampled_from(_ZONES))
def test_no_window_starts_in_the_past(said: tuple[str, str], now: datetime, zone: str) -> None:
    read = _read(said[1], now, zone, said[0])

    assert [window for window in read.windows if window.start and window.start < now] == []


@_RELAXED
@given(_IN_ANY_LANGUAGE, _INSTANTS, st.sampled_from(_ZONES))
def test_no_window_is_past_or_said_twice(said: tuple[str, str], now: datetime, zone: str) -> None:
    windows = _read(said[1], now, zone, said[0]).windows

    assert [window for window in windows if window.end and window.end <= now] == []
    assert len(set(windows)) == len(windows)


@_RELAXED
@given(_IN_ANY_LANGUAGE, _INSTANTS)
def test_reads_the_same_message_the_same_way(said: tuple[str, str], now: datetime) -> None:
    first = _read(said[1], now, "Europe/London", said[0])

    assert _read(said[1], now, "Europe/London", said[0]) == first


@_RELAXED
@given(st.integers(0, 13), st.sampled_from(("\u200b", "\u200d", "\u2066", "\u202b", "\ufeff")))
def test_invisible_characters_change_nothing(at: int, mark: str) -> None:
    text = "friday after 5"
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)

    marked = _read(text[:at] + mark + text[at:], now, "Europe/London", "en")

    assert marked == _read(text, now, "Europe/London", "en")


@_RELAXED
@given(_INSTANTS, st.sampled_from(_ZONES), st.integers(8, 16), st.integers(1, 4))
def test_hours_asked_for_are_hours_on_the_local_clock(
    now: datetime, zone: str, start: int, length: int
) -> None:
    read = _read(f"tomorrow {start:02}:00-{start + length}:00", now, zone, "en")

    local = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    shown = [
        (w.start.replace(tzinfo=None), w.end.replace(tzinfo=None))
        for w in read.windows
        if w.start and w.end
    ]
    day = datetime(local.year, local.month, local.day)  # noqa: DTZ001 - compared as clocks show
    assert shown == [
        (day + timedelta(hours=start), day + timedelta(hours=start + length)),
    ]


_FLOODS = (
    "friday after 5 or saturday morning, not tuesday ",
    "2-4 ",
    "monday or ",
    "monday to ",
    "the day after ",
    "first thing in the ",
    "no wait ",
    "same time ",
    "so 4 ",
    "than ",
    "the ",
    "not ",
    "flat ",
    "after ",
    "between ",
    "12:",
    "12/12/",
    "1.",
    "-",
    "x",
    "fridya ",
    "word ",
)


def _calls_for(text: str) -> int:
    """Return how many functions are called to read a text: work that no busy machine changes."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        _read(text, datetime(2026, 11, 24, 10, tzinfo=UTC), "Europe/London", "en")
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("repeated", _FLOODS)
def test_fifty_times_the_text_is_at_most_fifty_times_the_work(repeated: str) -> None:
    short, long = ((repeated * length)[:length] for length in (100, 5000))
    _calls_for(short)

    assert _calls_for(long) <= 50 * _calls_for(short)


@_RELAXED
@given(
    _INSTANTS,
    st.sampled_from(
        [
            ("en", "friday", "no wait", "saturday"),
            ("de", "freitag", "äh nein", "samstag"),
            ("es", "el viernes", "no espera", "el sábado"),
            ("fr", "vendredi", "euh non", "samedi"),
        ]
    ),
    st.sampled_from(_ZONES),
)
def test_a_corrected_day_is_the_only_day(
    now: datetime, said: tuple[str, str, str, str], zone: str
) -> None:
    language, wrong, correction, right = said

    read = _read(f"{wrong}, {correction}, {right}", now, zone, language)

    assert read == _read(right, now, zone, language)


def test_refuses_an_instant_without_an_offset() -> None:
    naive = datetime(2026, 11, 24, 10)  # noqa: DTZ001 - that is what is refused

    with pytest.raises(ValueError, match="offset"):
        _read("friday", naive, "Europe/London", "en")


def test_refuses_a_language_without_tables() -> None:
    with pytest.raises(ValueError, match="no such language"):
        _read("friday", datetime(2026, 11, 24, tzinfo=UTC), "Europe/London", "tlh")


def test_a_window_refuses_to_end_before_it_starts() -> None:
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)

    with pytest.raises(ValueError, match="before it ends"):
        WishedWindow(now, now)


def test_tells_an_exclusion_from_a_wish() -> None:
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)

    said = [
        _read(text, now, "Europe/London", "en").excluded_only
        for text in ("not home tomorrow", "friday, not tuesday", "hello")
    ]

    assert said == [True, False, False]
