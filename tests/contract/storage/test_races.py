"""Whatever races, one wins: eight threads on one database."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from deliveries.errors import ConflictError, NotAllowedError
from deliveries.model.conversation import ConversationState
from deliveries.model.message import OutboxState
from deliveries.model.personal import ContactAddress
from deliveries.model.preference import ChangeState
from deliveries.model.recipient import CoRecipient
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_change,
    a_contact,
    a_conversation,
    a_hold,
    a_link_token,
    a_person,
    a_plan,
    a_preference,
    a_staff_task,
    an_inbound_message,
    an_outbox_message,
    at,
    keep,
)
from tests.unit.deliveries.services.talk import Talk

THREADS = 8
ROOM = "compartment:pp-1:M"


def race[T](attempt: Callable[[int], T], times: int = THREADS) -> list[T]:
    """Run attempts on eight threads that start together."""
    barrier = threading.Barrier(THREADS)

    def run(number: int) -> T:
        if number < THREADS:
            barrier.wait(timeout=30)
        return attempt(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(times)))


def test_one_of_eight_gateways_gets_the_turn(shared_store: Storage) -> None:
    def claim(number: int) -> bool:
        with shared_store.unit_of_work() as work:
            won = work.conversations.claim_turn("conv-1", by=f"g-{number}", now=NOW, until=at(10))
            work.commit()
        return won

    assert Counter(race(claim)) == {True: 1, False: 7}


def test_one_of_eight_agents_gets_the_conversation(shared_store: Storage) -> None:
    def take(number: int) -> str | None:
        with shared_store.unit_of_work() as work:
            try:
                work.conversations.take("conv-1", agent_id=f"ag-{number}", version=1)
            except ConflictError:
                return None
            work.commit()
        return f"ag-{number}"

    [winner] = [agent for agent in race(take) if agent]
    with shared_store.unit_of_work(read_only=True) as work:
        conversation = work.conversations.get("conv-1")
        taken = (conversation.state, conversation.owner_id, conversation.epoch)
    assert taken == (ConversationState.HUMAN, winner, 2)


def test_every_message_is_claimed_once_and_in_order_by_eight_senders(
    shared_store: Storage,
) -> None:
    keep(
        shared_store,
        *(
            an_outbox_message(id=f"m-{number}", conversation_id=f"conv-{number % 10}")
            for number in range(60)
        ),
    )
    sent: list[tuple[str, int]] = []
    on_the_way: Counter[str] = Counter()
    most_at_once: list[int] = []
    lock = threading.Lock()

    def send(number: int) -> None:
        idle = 0
        while idle < 3:
            with shared_store.unit_of_work() as work:
                claimed = work.outbox.claim_due(
                    by=f"g-{number}", now=NOW, technical_now=NOW, until=at(10), limit=4
                )
                work.commit()
            idle = 0 if claimed else idle + 1
            with lock:
                for message in claimed:
                    on_the_way[message.conversation_id] += 1
                    most_at_once.append(on_the_way[message.conversation_id])
                    assert message.seq is not None
                    sent.append((message.conversation_id, message.seq))
            for message in claimed:
                with lock:
                    on_the_way[message.conversation_id] -= 1
                with shared_store.unit_of_work() as work:
                    work.outbox.get(message.id).state = OutboxState.SENT
                    work.commit()

    race(send)

    assert len(sent) == len(set(sent)) == 60
    assert max(most_at_once) == 1
    for conversation in {id_ for id_, _ in sent}:
        order = [seq for id_, seq in sent if id_ == conversation]
        assert order == sorted(order)


def test_a_hundred_takers_of_ten_places_end_as_ten(shared_store: Storage) -> None:
    with shared_store.unit_of_work() as work:
        work.holds.set_capacity(ROOM, 10)
        work.commit()

    def take(number: int) -> bool:
        with shared_store.unit_of_work() as work:
            taken = work.holds.take(a_hold(id=f"h-{number}"))
            work.commit()
        return taken

    assert Counter(race(take, 100)) == {True: 10, False: 90}
    with shared_store.unit_of_work(read_only=True) as work:
        assert work.holds.room(ROOM) == 0
        assert len(work.holds.of_offer("of-1")) == 10


def test_takers_of_an_unlimited_resource_are_all_counted(shared_store: Storage) -> None:
    def take(number: int) -> bool:
        with shared_store.unit_of_work() as work:
            taken = work.holds.take(a_hold(id=f"h-{number}"))
            work.commit()
        return taken

    assert race(take) == [True] * THREADS
    with shared_store.unit_of_work() as work:
        work.holds.set_capacity(ROOM, 10)
        assert work.holds.room(ROOM) == 2


def test_a_hold_is_given_back_once_however_many_release_it(shared_store: Storage) -> None:
    with shared_store.unit_of_work() as work:
        work.holds.set_capacity(ROOM, 10)
        work.holds.take(a_hold(quantity=3))
        work.holds.take(a_hold(id="h-2", quantity=3))
        work.commit()

    def release(_: int) -> None:
        with shared_store.unit_of_work() as work:
            work.holds.release("h-1")
            work.commit()

    race(release)

    with shared_store.unit_of_work(read_only=True) as work:
        assert work.holds.room(ROOM) == 7


def test_a_hold_is_either_used_or_released(shared_store: Storage) -> None:
    with shared_store.unit_of_work() as work:
        work.holds.set_capacity(ROOM, THREADS)
        for number in range(THREADS):
            work.holds.take(
                a_hold(id=f"h-{number // 2}") if number % 2 else a_hold(id=f"x-{number}")
            )
        work.commit()

    def commit_or_release(number: int) -> bool:
        with shared_store.unit_of_work() as work:
            if number % 2:
                work.holds.release(f"h-{number // 2}")
                done = True
            else:
                done = work.holds.commit(f"h-{number // 2}", now=NOW)
            work.commit()
        return done

    race(commit_or_release)

    with shared_store.unit_of_work(read_only=True) as work:
        # Released last in every order: what was used is given back too.
        assert work.holds.room(ROOM) == 4


def test_a_change_is_pushed_by_one_of_eight_workers(shared_store: Storage) -> None:
    keep(
        shared_store,
        a_preference(),
        *(a_change(id=f"ch-{n}", idempotency_key=f"d-1:{n}") for n in range(20)),
    )
    pushed: list[str] = []
    lock = threading.Lock()

    def push(number: int) -> None:
        idle = 0
        while idle < 3:
            with shared_store.unit_of_work() as work:
                claimed = work.changes.claim_due(by=f"w-{number}", now=NOW, until=at(10), limit=5)
                work.commit()
            idle = 0 if claimed else idle + 1
            for change in claimed:
                with lock:
                    pushed.append(change.id)
                with shared_store.unit_of_work() as work:
                    work.changes.get(change.id).state = ChangeState.ACCEPTED
                    work.commit()

    race(push)

    assert pushed == [f"ch-{number}" for number in range(20)]


def test_an_invitation_is_used_by_one(shared_store: Storage) -> None:
    keep(shared_store, a_link_token())

    def use(_: int) -> bool:
        with shared_store.unit_of_work() as work:
            try:
                work.link_tokens.use("hash-1", now=NOW)
            except NotAllowedError:
                return False
            work.commit()
        return True

    assert Counter(race(use)) == {True: 1, False: 7}


def test_a_plans_revision_is_raised_by_one(shared_store: Storage) -> None:
    keep(shared_store, a_plan())

    def raise_revision(_: int) -> bool:
        with shared_store.unit_of_work() as work:
            try:
                work.plans.raise_revision("plan-1", expected=1)
            except ConflictError:
                return False
            work.commit()
        return True

    assert Counter(race(raise_revision)) == {True: 1, False: 7}


def test_what_arrives_eight_times_at_once_is_kept_once(shared_store: Storage) -> None:
    def arrive(number: int) -> tuple[bool, bool, bool]:
        with shared_store.unit_of_work() as work:
            added = (
                work.inbound.add_once(an_inbound_message()),
                work.outbox.add_once(an_outbox_message(id=f"m-{number}", dedupe_key="k")),
                work.tasks.add_once(a_staff_task(id=f"t-{number}")),
            )
            work.commit()
        return added

    assert Counter(race(arrive)) == {(True,) * 3: 1, (False,) * 3: 7}


def test_changes_of_one_conversation_at_once_lose_none(shared_store: Storage) -> None:
    def misunderstand(_: int) -> int:
        conflicts = 0
        while True:
            with shared_store.unit_of_work() as work:
                work.conversations.get("conv-1").misunderstandings += 1
                try:
                    work.commit()
                except ConflictError:
                    conflicts += 1
                    continue
            return conflicts

    race(misunderstand, 24)

    with shared_store.unit_of_work(read_only=True) as work:
        conversation = work.conversations.get("conv-1")
        assert (conversation.misunderstandings, conversation.version) == (24, 25)


def test_a_claim_that_ended_is_taken_over_by_one(shared_store: Storage) -> None:
    keep(shared_store, an_outbox_message())
    later = NOW + timedelta(minutes=1)
    with shared_store.unit_of_work() as work:
        work.outbox.claim_due(by="dead", now=NOW, technical_now=NOW, until=later, limit=1)
        work.commit()

    def take_over(number: int) -> int:
        with shared_store.unit_of_work() as work:
            claimed = work.outbox.claim_due(
                by=f"g-{number}", now=later, technical_now=later, until=at(10), limit=1
            )
            work.commit()
        return len(claimed)

    assert Counter(race(take_over)) == {1: 1, 0: 7}


def test_who_chooses_for_a_delivery_waits_for_who_was_first(shared_store: Storage) -> None:
    order: list[str] = []
    first_is_in = threading.Event()

    def second() -> None:
        first_is_in.wait(timeout=30)
        with shared_store.unit_of_work() as work:
            work.deliveries.lock(["d-1"])
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with shared_store.unit_of_work() as work:
        work.deliveries.lock(["d-1", "d-404"])
        first_is_in.set()
        thread.join(timeout=0.3)
        order.append("first")
        work.commit()
    thread.join(timeout=30)

    assert order == ["first", "second"]


def test_two_contacts_who_choose_differently_at_once_end_in_one_outcome(
    shared_store: Storage,
) -> None:
    keep(
        shared_store,
        a_person(id="p-2"),
        a_contact(id="c-2", person_id="p-2", address=ContactAddress("+447700900002")),
        a_conversation(id="conv-2", person_id="p-2"),
    )
    with shared_store.unit_of_work() as work:
        work.co_recipients.add_once(CoRecipient("d-1", "p-2", "c-2"))
        work.commit()
    talks = [
        Talk(shared_store, now=NOW - timedelta(days=1)),
        Talk(
            shared_store,
            now=NOW - timedelta(days=1),
            contact_id="c-2",
            conversation_id="conv-2",
        ),
    ]
    for talk, words in zip(talks, ("thursday after 3", "friday after 1"), strict=True):
        talk.say(words, "reschedule")

    def choose(number: int) -> list[str]:
        if number >= len(talks):
            return []
        for _ in range(THREADS):
            try:
                return talks[number].press(1)
            except ConflictError:
                continue
        raise AssertionError("never settled")

    answers = [each for each in race(choose) if each]

    assert sorted(answers) == [["choice_noted"], ["chosen_by_another"]]
    with shared_store.unit_of_work() as work:
        preference = work.preferences.latest_of("d-1")
        assert preference is not None
        assert preference.version == 1
        assert work.changes.open_count() == 1
