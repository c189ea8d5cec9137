import argparse
import io
import json
import sys

import pytest

from cli import windows


def _run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    windows.configure(parser)
    return windows.run(parser.parse_args(arguments))


def _answers(
    lines: list[bytes], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[object], list[str]]:
    source = io.TextIOWrapper(io.BytesIO(b"".join(line + b"\n" for line in lines)))
    monkeypatch.setattr(sys, "stdin", source)
    status = _run(["--jsonl"])
    captured = capsys.readouterr()
    answers = [json.loads(line) for line in captured.out.splitlines()]
    return status, answers, captured.err.splitlines()


def _request(**changes: object) -> bytes:
    request = {
        "text": "friday after 5",
        "ref": "2026-11-24T10:00:00Z",
        "tz": "Europe/London",
        "lang": "en",
        "locale": None,
    }
    return json.dumps(request | changes).encode()


_FRIDAY = {"windows": [{"start": "2026-11-27T17:00:00+00:00", "end": "2026-11-28T00:00:00+00:00"}]}


def test_answers_each_line_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [_request(), _request(text="hello"), _request(text="before friday")]

    status, answers, errors = _answers(lines, monkeypatch, capsys)

    before = {"windows": [{"start": None, "end": "2026-11-27T00:00:00+00:00"}]}
    assert (status, answers, errors) == (0, [_FRIDAY, {"windows": []}, before], [])


def test_gives_local_offsets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, answers, _ = _answers([_request(tz="America/New_York")], monkeypatch, capsys)

    assert answers == [
        {"windows": [{"start": "2026-11-27T17:00:00-05:00", "end": "2026-11-28T00:00:00-05:00"}]}
    ]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"", "not a JSON object in UTF-8"),
        (b"junk", "not a JSON object in UTF-8"),
        (b"\xff\xfe\xfd", "not a JSON object in UTF-8"),
        (b"[" * 200_000, "not a JSON object in UTF-8"),
        (b"[1]", "not a JSON object"),
        (b"{}", "tz: missing, or not text"),
        (_request(text=None), "text: missing, or not text"),
        (_request(ref="now"), "ref: not an ISO 8601 instant"),
        (_request(ref="9999-12-31T23:00:00Z"), "ref: too near the end of the calendar"),
        (_request(tz="Mars/Olympus"), "tz: no such zone"),
        (_request(tz="../../etc/passwd"), "tz: no such zone"),
        (_request(tz=""), "tz: no such zone"),
        (_request(locale=5), "locale: neither text nor null"),
    ],
)
def test_names_a_bad_line_and_goes_on(
    line: bytes, error: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, answers, errors = _answers([_request(), line, _request()], monkeypatch, capsys)

    assert (status, answers, errors) == (
        1,
        [_FRIDAY, {"windows": [], "error": error}, _FRIDAY],
        [f"doorstep windows: line 2: {error}"],
    )


def test_names_a_language_it_does_not_know(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, answers, errors = _answers([_request(lang="tlh")], monkeypatch, capsys)

    assert (status, len(answers), errors[0][:40]) == (
        1,
        1,
        "doorstep windows: line 1: lang: no such ",
    )


def test_shows_people_a_readable_window(capsys: pytest.CaptureFixture[str]) -> None:
    status = _run(["friday after 5", "--tz", "Europe/London", "--ref", "2026-11-24T10:00:00Z"])

    assert (status, capsys.readouterr().out) == (
        0,
        "Fri 2026-11-27 17:00 to Sat 2026-11-28 00:00 GMT\n",
    )


def test_tells_people_when_there_is_no_time(capsys: pytest.CaptureFixture[str]) -> None:
    status = _run(["hello"])

    assert (status, capsys.readouterr().out) == (0, "no time in the message\n")


def test_asks_for_a_message(capsys: pytest.CaptureFixture[str]) -> None:
    status = _run([])

    captured = capsys.readouterr()
    assert (status, captured.out, captured.err) == (
        2,
        "",
        "doorstep windows: give a message, or --jsonl\n",
    )
