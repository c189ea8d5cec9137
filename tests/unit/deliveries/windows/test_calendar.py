from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from deliveries.windows.calendar import HOLIDAY_NAMES, easter, instant, next_holiday
from deliveries.windows.conventions import BARRED_PARTS, HABITS, PARTS
from deliveries.windows.languages import known_languages, language_of
from deliveries.windows.lexemes import Kind


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1818, date(1818, 3, 22)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_knows_easter(year: int, sunday: date) -> None:
    assert easter(year) == sunday


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("christmas", date(2026, 12, 25)),
        ("new_year", date(2027, 1, 1)),
        ("good_friday", date(2027, 3, 26)),
        ("thanksgiving", date(2026, 11, 26)),
        ("black_friday", date(2026, 11, 27)),
        ("memorial", date(2027, 5, 31)),
        ("labour_us", date(2027, 9, 6)),
        ("corpus_christi", date(2027, 5, 27)),
    ],
)
def test_finds_the_next_holiday(name: str, day: date) -> None:
    assert next_holiday(date(2026, 11, 24), name) == day


def test_a_holiday_today_is_the_next_one() -> None:
    assert next_holiday(date(2026, 12, 25), "christmas") == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("zone", "day", "minutes", "expected"),
    [
        ("Europe/London", date(2026, 3, 29), 90, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("Europe/London", date(2026, 10, 25), 90, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), 150, datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 10, 4), 135, datetime(2026, 10, 3, 15, 45, tzinfo=UTC)),
        ("Africa/Cairo", date(2026, 4, 24), 0, datetime(2026, 4, 23, 22, 0, tzinfo=UTC)),
    ],
)
def test_a_skipped_time_moves_forward_and_a_repeated_one_is_the_earlier(
    zone: str, day: date, minutes: int, expected: datetime
) -> None:
    assert instant(day, minutes, ZoneInfo(zone)) == expected


@pytest.mark.parametrize("code", known_languages())
def test_every_name_in_the_tables_has_a_meaning(code: str) -> None:
    known = {
        Kind.HOLIDAY: HOLIDAY_NAMES,
        Kind.PART: frozenset(PARTS),
        Kind.HABIT_FROM: frozenset(HABITS),
        Kind.HABIT_UNTIL: frozenset(HABITS),
    }

    unknown = [
        lexeme
        for entry in language_of(code).entries
        for lexeme in entry.meaning
        if lexeme.kind in known and lexeme.name not in known[lexeme.kind]
    ]

    assert (unknown, set(BARRED_PARTS) - set(PARTS)) == ([], set())
