"""The checker of providers' logs can fail: each thing it looks for is shown to it once."""

from datetime import timedelta

import pytest

from tests.builders import NOW, at
from tests.integration.bot.log_checker import Taken, complaints

ROBIN = "+447700900001"


def taken(message_id: str = "m-1", **different: object) -> Taken:
    usual = {
        "at": NOW,
        "address": ROBIN,
        "message_id": message_id,
        "zone": "Europe/London",
        "notice": "A3",
        "attempt": ("d-1", 0),
    }
    return Taken(**{**usual, **different})  # type: ignore[arg-type]  # by keyword


def test_finds_nothing_wrong_with_a_good_day() -> None:
    day = [
        taken("m-1", notice="A2", at=at(8)),
        taken("m-2", notice="A3", at=at(9)),
        taken("m-3", notice="A4", at=at(10)),
        taken("m-4", notice="A8", at=at(11)),
    ]
    assert complaints(day, stopped={}, states={"m-1": "delivered"}) == []


@pytest.mark.parametrize(
    ("log", "found"),
    [
        ([taken(at=at(6, 59))], "at night"),
        ([taken(at=at(21))], "at night"),
        ([taken(at=at(7, 30), notice="A1")], "at night"),
        ([taken(), taken(at=at(10))], "twice: row"),
        ([taken(), taken("m-2", at=at(10))], "twice: A3"),
        ([taken(notice="A8"), taken("m-2", notice="A4", at=at(10))], "contradictory: A4"),
        ([taken(notice="A4"), taken("m-2", notice="A2", at=at(10))], "contradictory: A2"),
    ],
)
def test_finds_what_must_not_be(log: list[Taken], found: str) -> None:
    assert complaints(log, stopped={}, states={})[0].startswith(found)


def test_finds_what_came_after_stop_but_for_one_confirmation() -> None:
    stop = NOW - timedelta(minutes=1)
    word = taken("m-1", notice=None, says_stopped=True)
    assert complaints([word], stopped={ROBIN: stop}, states={}) == []
    again = taken("m-2", notice=None, says_stopped=True)
    late = taken("m-3", at=at(10))
    assert complaints([word, again, late], stopped={ROBIN: stop}, states={}) == [
        "after STOP: m-2",
        "after STOP: m-3",
    ]


def test_finds_who_was_kept_waiting_past_the_last_window_without_a_word() -> None:
    told = taken("m-1", notice="A2", until=at(11))
    again = taken("m-2", notice="A6", at=at(10), until=at(12))
    came = {("d-1", 0): at(11, 45)}
    assert complaints([told], stopped={}, states={}, arrived=came) == [
        "kept waiting: ('d-1', 0) was told 11:00, it came 11:45"
    ]
    assert complaints([told, again], stopped={}, states={}, arrived=came) == []
    silent = {"stopped": {}, "unwanted": {"d-1": at(10)}}
    assert complaints([told], states={}, arrived=came, **silent) == []


def test_what_a_van_that_is_out_late_brings_may_be_told_while_it_is_there() -> None:
    came = {("d-1", 0): at(20, 55)}
    brought = taken(notice="A8", at=at(21, 2))
    assert complaints([brought], stopped={}, states={}, arrived=came) == []
    for too_late in (taken(notice="A8", at=at(22)), taken(notice="A1", at=at(21, 2))):
        assert len(complaints([too_late], stopped={}, states={}, arrived=came)) == 1


def test_answers_may_leave_at_night() -> None:
    assert complaints([taken(notice=None, at=at(2))], stopped={}, states={}) == []


def test_finds_what_has_no_end() -> None:
    assert complaints([], stopped={}, states={"m-1": "sending"}) == ["no end: m-1 is sending"]
