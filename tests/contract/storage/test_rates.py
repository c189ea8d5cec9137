"""Senders' rates, shared by every process, and whose turn it is."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.pacing import ChannelLimits, Pacing
from deliveries.journals import Turns
from deliveries.model.message import OutboxMessage, OutboxState, Purpose, Rank
from deliveries.model.personal import ContactAddress
from deliveries.model.rates import SenderLimit
from deliveries.model.recipient import Channel
from integrations.storage import Storage
from tests.builders import NOW, a_contact, an_outbox_message, at, keep

NUMBER = SenderLimit("twilio:1", per_s=2.0, burst=4.0)


def take(
    store: Storage, cost: float = 1, *, after_s: float = 0, limit: SenderLimit = NUMBER
) -> float:
    with store.unit_of_work() as work:
        wait_s = work.rates.take(limit, cost, now=NOW + timedelta(seconds=after_s))
        work.commit()
    return round(wait_s, 3)


def level(store: Storage, *, after_s: float = 0) -> float:
    with store.unit_of_work(read_only=True) as work:
        now = NOW + timedelta(seconds=after_s)
        return round(work.rates.levels([NUMBER], now=now)[NUMBER.key], 3)


def test_a_bucket_gives_its_burst_then_refills_evenly(store: Storage) -> None:
    assert [take(store) for _ in range(5)] == [0, 0, 0, 0, 0.5]
    assert [level(store), level(store, after_s=0.5), level(store, after_s=60)] == [0, 1, 4]
    assert [take(store, after_s=0.5), take(store, after_s=0.6)] == [0, 0.4]


def test_what_costs_more_than_a_burst_waits_for_a_full_one_and_leaves_a_debt(
    store: Storage,
) -> None:
    assert [take(store, 6), level(store)] == [0, -2]
    assert take(store, 1, after_s=1) == 0.5
    assert take(store, 1, after_s=1.5) == 0


def test_while_a_sender_is_paused_nobody_sends(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.rates.pause(NUMBER, until=NOW + timedelta(seconds=7))
        work.commit()
    assert [level(store), level(store, after_s=6.9), take(store, after_s=2)] == [0, 0, 5]
    assert take(store, after_s=7) == 0


def test_a_shorter_pause_does_not_end_a_longer_one(store: Storage) -> None:
    for seconds in (9, 3):
        with store.unit_of_work() as work:
            work.rates.pause(NUMBER, until=NOW + timedelta(seconds=seconds))
            work.commit()
    assert level(store, after_s=5) == 0


def test_buckets_that_are_full_again_are_forgotten(store: Storage) -> None:
    chats = [SenderLimit(f"chat:{number}", per_s=1.0) for number in range(2)]
    take(store, limit=chats[0])
    take(store, limit=chats[1], after_s=50)
    take(store)
    with store.unit_of_work() as work:
        work.rates.forget("chat:", before=NOW + timedelta(seconds=40))
        levels = work.rates.levels([*chats, NUMBER], now=NOW)
        work.commit()
    assert levels == {"chat:0": 1.0, "chat:1": 0.0, NUMBER.key: 3.0}


class Machine:
    """The machine's time, as a test sets it."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


def test_who_waits_for_the_sender_has_spent_nothing_of_their_own(store: Storage) -> None:
    sender = SenderLimit("telegram", per_s=1.0)
    chat = SenderLimit("chat", per_s=0.01)
    machine = Machine()
    pacing = Pacing({Channel.TELEGRAM: ChannelLimits(sender, chat=chat)}, machine)
    ann, ben = (a_contact(id=name, channel=Channel.TELEGRAM) for name in ("ann", "ben"))
    waits = []
    with store.unit_of_work() as work:
        for contact, seconds in ((ann, 0.0), (ben, 0.0), (ben, 1.0), (ben, 2.0)):
            machine.at = NOW + timedelta(seconds=seconds)
            waits.append(round(pacing.take(work, contact, segments=None)))
        work.commit()
    assert waits == [0, 1, 0, 99]


def a_backlog(store: Storage, sizes: dict[str, int], **different: object) -> None:
    with store.unit_of_work() as work:
        work.contacts.find("c-1")
        for lane, size in sizes.items():
            for number in range(size):
                work.outbox.add(a_notice(lane, number, **different))
        work.commit()


def a_notice(lane: str, number: int, **different: object) -> OutboxMessage:
    usual = {
        "id": f"{lane}-{number}",
        "conversation_id": f"conv-{lane}-{number}",
        "purpose": Purpose.NOTICE,
        "lane": lane,
    }
    return an_outbox_message(**{**usual, **different})


def claim(store: Storage, turns: Turns, *, limit: int = 6, now: datetime = NOW) -> list[str]:
    with store.unit_of_work() as work:
        claimed = work.outbox.claim_due(
            by="g-1",
            now=now,
            technical_now=now,
            until=now + timedelta(seconds=30),
            limit=limit,
            rooms={Channel.SMS: limit},
            turns=turns,
        )
        lanes = [message.lane or "" for message in claimed]
        work.commit()
    return lanes


def test_shippers_take_turns_whoever_wrote_first_and_most(store: Storage) -> None:
    a_backlog(store, {"s-big": 60, "s-mid": 20, "s-small": 8})
    turns = Turns()
    claims = [claim(store, turns) for _ in range(4)]
    assert Counter(lane for lanes in claims for lane in lanes) == {
        "s-big": 8,
        "s-mid": 8,
        "s-small": 8,
    }


def test_a_shipper_of_weight_three_has_three_of_four_turns(store: Storage) -> None:
    a_backlog(store, {"s-1": 30, "s-2": 30})
    turns = Turns({"s-1": 3})
    lanes = [lane for _ in range(5) for lane in claim(store, turns, limit=4)]
    assert Counter(lanes) == {"s-1": 15, "s-2": 5}


def test_more_shippers_than_room_all_get_their_turn(store: Storage) -> None:
    a_backlog(store, {f"s-{number:02}": 4 for number in range(10)})
    turns = Turns()
    lanes = [lane for _ in range(5) for lane in claim(store, turns, limit=4)]
    assert set(Counter(lanes).values()) == {2}


def test_what_a_shipper_leaves_of_its_share_the_others_have(store: Storage) -> None:
    a_backlog(store, {"s-1": 30, "s-2": 1})
    assert Counter(claim(store, Turns())) == {"s-1": 5, "s-2": 1}


def test_a_notice_that_is_soon_worthless_goes_before_those_that_keep(store: Storage) -> None:
    a_backlog(store, {"s-1": 10}, expires_at=NOW + timedelta(hours=9))
    a_backlog(store, {"s-2": 2}, expires_at=NOW + timedelta(minutes=5))
    assert claim(store, Turns(), limit=4) == ["s-2", "s-2", "s-1", "s-1"]


def test_a_code_overtakes_any_backlog(store: Storage) -> None:
    a_backlog(store, {"s-1": 40})
    a_backlog(store, {"s-2": 1}, purpose=Purpose.CODE)
    assert claim(store, Turns(), limit=1) == ["s-2"]


def test_only_channels_with_room_are_claimed_from(store: Storage) -> None:
    telegram = a_contact(id="c-2", channel=Channel.TELEGRAM, address=ContactAddress("12"))
    keep(store, telegram)
    a_backlog(store, {"s-1": 3})
    a_backlog(store, {"s-2": 3}, contact_id="c-2")
    with store.unit_of_work() as work:
        claimed = work.outbox.claim_due(
            by="g-1",
            now=NOW,
            technical_now=NOW,
            until=at(10),
            limit=9,
            rooms={Channel.SMS: 0, Channel.TELEGRAM: 2},
        )
        assert [(each.id, each.rank) for each in claimed] == [
            ("s-2-0", Rank.NOTICE),
            ("s-2-1", Rank.NOTICE),
        ]


@pytest.mark.parametrize("limit", [2, 10])
def test_what_is_too_old_is_dropped_a_few_at_a_time(store: Storage, limit: int) -> None:
    a_backlog(store, {"s-1": 4}, expires_at=NOW)
    a_backlog(store, {"s-2": 1}, expires_at=at(10))
    with store.unit_of_work() as work:
        assert work.outbox.drop_expired(now=NOW, limit=limit) == min(4, limit)
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        states = Counter((each.state, each.reason) for each in work.outbox.newest(limit=9))
    assert states[OutboxState.SUPPRESSED, "expired"] == min(4, limit)
