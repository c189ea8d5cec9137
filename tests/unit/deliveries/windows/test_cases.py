from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from _pytest.mark import ParameterSet

from deliveries.windows import read_windows

_CASES = Path(__file__).parent / "cases"
_DEFAULTS = {
    "en": ("2026-11-24T10:00", "Europe/London"),
    "de": ("2026-11-24T10:00", "Europe/Berlin"),
    "es": ("2026-11-24T10:00", "Europe/Madrid"),
    "fr": ("2026-11-24T10:00", "Europe/Paris"),
}


def _clock(day: date, hours: str, zone: ZoneInfo) -> datetime:
    hour, _, minute = hours.partition(":")
    midnight = datetime.combine(day, time(0), tzinfo=zone)
    if hour == "24":
        return midnight + timedelta(days=1)
    return midnight.replace(hour=int(hour), minute=int(minute or 0))


def _day(text: str, today: date) -> date:
    found = date(today.year, int(text[:2]), int(text[2:]))
    return found if found >= today else found.replace(year=today.year + 1)


def _instant(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    if not text:
        return None
    if text == "now":
        return now
    day, _, hours = text.partition("@")
    return _clock(_day(day, now.date()), hours or "0", zone)


def _window(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """Read the table's notation.

    ``1127`` is a day, ``1127@17-24`` hours of it, ``now-1128`` a stretch, ``1127-`` an open one.
    """
    if ">" in text:
        start, _, end = text.partition(">")
        return datetime.fromisoformat(start), datetime.fromisoformat(end)
    if "-" not in text:
        day = _day(text, now.date())
        return _clock(day, "0", zone), _clock(day, "24", zone)
    start, _, end = text.partition("-")
    if "@" in start and end and len(end.partition(":")[0]) <= 2:
        end = f"{start.partition('@')[0]}@{end}"
    return _instant(start, now, zone), _instant(end, now, zone)


def _rows() -> list[ParameterSet]:
    """Return the tables' rows, those of ``batches/`` with how they were first read.

    A batch was written, with its windows, before the parser read it. Its sixth column says what
    was wrong then; ``open`` still is.
    """
    rows = []
    for path in sorted(_CASES.rglob("*.tsv")):
        language = path.stem[:2]
        default_ref, default_tz = _DEFAULTS[language]
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                text, windows, ref, tz, locale, first = (*line.split("\t"), "", "", "", "")[:6]
                marks = [pytest.mark.xfail(strict=True)] if first == "open" else []
                rows.append(
                    pytest.param(
                        *(language, text, windows),
                        *(ref or default_ref, tz or default_tz, locale or None),
                        marks=marks,
                    )
                )
    return rows


@pytest.mark.parametrize(("language", "text", "windows", "ref", "tz", "locale"), _rows())
def test_reads_what_people_mean(
    language: str, text: str, windows: str, ref: str, tz: str, locale: str | None
) -> None:
    zone = ZoneInfo(tz)
    now = datetime.fromisoformat(ref).replace(tzinfo=zone)
    expected = (
        [] if windows == "[]" else [_window(w.strip(), now, zone) for w in windows.split(";")]
    )

    read = read_windows(text, now=now, zone=zone, language=language, locale=locale)

    actual = [(window.start, window.end) for window in read.windows]
    assert [_shown(w) for w in actual] == [_shown(w) for w in expected]


def _shown(window: tuple[datetime | None, datetime | None]) -> str:
    return " - ".join(end.isoformat(timespec="minutes") if end else "open" for end in window)
