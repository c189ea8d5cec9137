"""A backlog of every kind drains in order, by turns, and without what is too old."""

from collections import Counter
from itertools import pairwise

from benchmarks.backlog import drain, fill
from deliveries.model.message import OutboxState, Rank
from integrations.storage import Storage
from tests.builders import NOW

MESSAGES = 300


def test_a_backlog_drains_by_rank_and_by_turns_and_drops_what_is_too_old(store: Storage) -> None:
    fill(store, MESSAGES, now=NOW)

    drained = drain(store, now=NOW, at_once=7)

    ranks = [rank for rank, _ in drained.order]
    assert ranks == sorted(ranks)
    assert Counter(ranks) == {
        Rank.CODE: 3,
        Rank.REPLY: 9,
        Rank.AGENT: 6,
        Rank.URGENT_NOTICE: 30,
        Rank.NOTICE: 240,
    }
    assert drained.dropped == 12
    with store.unit_of_work(read_only=True) as work:
        rows = work.outbox.newest(limit=MESSAGES)
        ends = Counter((each.state, each.reason) for each in rows)
    assert ends == {(OutboxState.SENT, None): 288, (OutboxState.SUPPRESSED, "expired"): 12}


def test_while_all_shippers_have_something_waiting_none_is_ahead(store: Storage) -> None:
    fill(store, MESSAGES, now=NOW)

    lanes = [lane for rank, lane in drain(store, now=NOW, at_once=7).order if rank == Rank.NOTICE]

    sizes = Counter(lanes)
    told: Counter[str] = Counter()
    for lane in lanes[: min(sizes.values()) * len(sizes)]:
        told[lane] += 1
        assert max(told.values()) - min(told[each] for each in sizes) <= 1
    assert [told[first] - told[second] for first, second in pairwise(sizes)] == [0] * 6
