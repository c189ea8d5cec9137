"""How fast and how truly delivery windows are read: ``python -m benchmarks.windows``."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from zoneinfo import ZoneInfo

from deliveries.windows import read_windows

_TABLES = Path("tests/unit/deliveries/windows/cases")
_NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
_ZONE = ZoneInfo("Europe/London")
_FLOODS = ("2-4 ", "monday or ", "friday after 5 or saturday morning, not tuesday ", "after ", "x")
_SHORT, _LONG = 100, 5000
_ROUNDS = 5
_FIRST_COLUMN = 5


def run() -> None:
    """Print the tables of times and of first readings."""
    _print_times()
    _print_floods()
    _print_first_readings()


def _took_us(text: str, language: str) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        began = perf_counter()
        read_windows(text, now=_NOW, zone=_ZONE, language=language)
        best = min(best, perf_counter() - began)
    return best * 1e6


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _print_times() -> None:
    print("\n| windows | messages | median µs | p95 µs |\n| --- | --- | --- | --- |")
    for language in ("en", "de", "es", "fr"):
        texts = [row[0] for path in _TABLES.rglob(f"{language}*.tsv") for row in _rows(path)]
        times = [_took_us(text, language) for text in texts]
        p95 = quantiles(times, n=20)[18]
        print(f"| {language} | {len(texts)} | {median(times):.0f} | {p95:.0f} |")


def _print_floods() -> None:
    print(f"\n| repeated | {_SHORT} characters, ms | {_LONG}, ms | ratio |")
    print("| --- | --- | --- | --- |")
    for flood in _FLOODS:
        short, long = (_took_us((flood * length)[:length], "en") for length in (_SHORT, _LONG))
        print(f"| {flood.strip()} | {short / 1e3:.2f} | {long / 1e3:.1f} | {long / short:.0f} |")


def _print_first_readings() -> None:
    print("\n| batch | messages | right when first read | since mended | still wrong |")
    print("| --- | --- | --- | --- | --- |")
    for path in sorted((_TABLES / "batches").glob("*.tsv"), key=lambda path: path.stem[::-1]):
        rows = _rows(path)
        marks = Counter(row[_FIRST_COLUMN] if len(row) > _FIRST_COLUMN else "" for row in rows)
        right = marks[""]
        print(
            f"| {path.stem} | {len(rows)} | {right} ({right / len(rows):.1%}) "
            f"| {len(rows) - right - marks['open']} | {marks['open']} |"
        )


if __name__ == "__main__":
    run()
