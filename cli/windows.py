"""``doorstep windows``: what the parser makes of messages."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import BinaryIO, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deliveries.windows import WishedWindow, read_windows

NAME = "windows"
HELP = "read delivery windows from messages"

_DESCRIPTION = """\
Reads delivery windows from a message, or with --jsonl from one JSON object per line of standard
input: {"text", "ref", "tz", "lang", "locale"}, where ref is an ISO 8601 instant, tz an IANA zone
and locale may be null. One line {"windows": [{"start", "end"}]} is written for each, in order;
null is open on that side. A line that cannot be read gets {"windows": [], "error": "..."} and an
error that names its number; the exit status is then 1.
"""


class _UnreadableLineError(ValueError):
    """A line of input that cannot be worked; its text says why, without the message."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    parser.description = _DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("text", nargs="?", help="the message")
    parser.add_argument("--jsonl", action="store_true", help="read JSON lines from standard input")
    parser.add_argument("--ref", help="when it was written, ISO 8601 (default: now)")
    parser.add_argument("--tz", default="UTC", help="zone of the delivery address (default: UTC)")
    parser.add_argument("--lang", default="en", help="en, es, de or fr (default: en)")
    parser.add_argument("--locale", help="for example en-US, which puts the month first")


def run(arguments: argparse.Namespace) -> int:
    """Run the command; the exit status is 2 for bad arguments, 1 if any line was unreadable."""
    if arguments.jsonl:
        return _answer_lines(sys.stdin.buffer, sys.stdout, sys.stderr)
    if arguments.text is None:
        print("doorstep windows: give a message, or --jsonl", file=sys.stderr)
        return 2
    request = {
        "text": arguments.text,
        "ref": arguments.ref or datetime.now(tz=UTC).isoformat(),
        "tz": arguments.tz,
        "lang": arguments.lang,
        "locale": arguments.locale,
    }
    try:
        windows = _answer(request)
    except _UnreadableLineError as error:
        print(f"doorstep windows: {error}", file=sys.stderr)
        return 2
    for window in windows:
        print(_readable(window))
    if not windows:
        print("no time in the message")
    return 0


def _answer_lines(source: BinaryIO, answers: TextIO, errors: TextIO) -> int:
    status = 0
    for number, line in enumerate(source, start=1):
        try:
            answer: dict[str, object] = {"windows": [_as_json(w) for w in _answer(_parse(line))]}
        except _UnreadableLineError as error:
            print(f"doorstep windows: line {number}: {error}", file=errors, flush=True)
            answer = {"windows": [], "error": str(error)}
            status = 1
        print(json.dumps(answer), file=answers, flush=True)
    return status


def _parse(line: bytes) -> dict[str, object]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _UnreadableLineError("not a JSON object in UTF-8") from error
    if not isinstance(request, dict):
        raise _UnreadableLineError("not a JSON object")
    return request


def _answer(request: dict[str, object]) -> tuple[WishedWindow, ...]:
    locale = request.get("locale")
    if locale is not None and not isinstance(locale, str):
        raise _UnreadableLineError("locale: neither text nor null")
    zone = _zone(_text(request, "tz"))
    try:
        read = read_windows(
            _text(request, "text"),
            now=_instant(_text(request, "ref"), zone),
            zone=zone,
            language=_text(request, "lang"),
            locale=locale,
        )
    except OverflowError as error:
        raise _UnreadableLineError("ref: too near the end of the calendar") from error
    except _UnreadableLineError:
        raise
    except ValueError as error:
        raise _UnreadableLineError(f"lang: {error}") from error
    return read.windows


def _text(request: dict[str, object], name: str) -> str:
    value = request.get(name)
    if not isinstance(value, str):
        raise _UnreadableLineError(f"{name}: missing, or not text")
    return value


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _UnreadableLineError("tz: no such zone") from error


def _instant(text: str, zone: ZoneInfo) -> datetime:
    """Return the instant; one without an offset is local time in the zone."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise _UnreadableLineError("ref: not an ISO 8601 instant") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def _as_json(window: WishedWindow) -> dict[str, str | None]:
    return {
        "start": window.start.isoformat() if window.start else None,
        "end": window.end.isoformat() if window.end else None,
    }


def _readable(window: WishedWindow) -> str:
    start = f"{window.start:%a %Y-%m-%d %H:%M}" if window.start else "open"
    end = f"{window.end:%a %Y-%m-%d %H:%M %Z}" if window.end else "open"
    return f"{start} to {end}"
