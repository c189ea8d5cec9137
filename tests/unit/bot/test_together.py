"""Changes of many callers share a commit; nobody is told before it, and nobody pays for others."""

import asyncio
from collections.abc import Iterator, Sequence

import pytest

from bot.together import Together
from bot.transactions import Transactions
from deliveries.errors import ConflictError, UnavailableError
from deliveries.model.history import StaffTask
from deliveries.ports import UnitOfWork
from integrations.storage import Storage
from tests.builders import a_staff_task, a_stocked_storage


@pytest.fixture
def store() -> Iterator[Storage]:
    store = a_stocked_storage()
    yield store
    store.close()


@pytest.fixture
def transactions(store: Storage) -> Iterator[Transactions]:
    transactions = Transactions(store.unit_of_work, threads=1)
    yield transactions
    transactions.close()


def task(name: str) -> StaffTask:
    return a_staff_task(id=name, dedupe_key=name)


def kept(store: Storage) -> set[str]:
    with store.unit_of_work(read_only=True) as work:
        return {id_ for id_ in ("t-1", "t-2", "t-3", "bad") if work.tasks.find(id_) is not None}


async def test_what_is_asked_for_together_is_committed_once_before_anybody_goes_on(
    store: Storage, transactions: Transactions
) -> None:
    batches: list[int] = []

    def keep(work: UnitOfWork, names: Sequence[str]) -> list[str]:
        batches.append(len(names))
        for name in names:
            work.tasks.add_once(task(name))
        return [name.upper() for name in names]

    together = Together[str, str](transactions, keep)

    async def ask(name: str) -> tuple[str, bool]:
        answer = await together.run(name)
        return answer, name in await asyncio.to_thread(kept, store)

    answers = await asyncio.gather(*(ask(name) for name in ("t-1", "t-2", "t-3")))

    assert answers == [("T-1", True), ("T-2", True), ("T-3", True)]
    assert batches == [3]
    assert await together.run("t-1") == "T-1"
    assert batches == [3, 1]


async def test_no_batch_is_larger_than_it_may_be(transactions: Transactions) -> None:
    batches: list[int] = []

    def keep(_: UnitOfWork, numbers: Sequence[int]) -> Sequence[int]:
        batches.append(len(numbers))
        return numbers

    together = Together[int, int](transactions, keep, at_most=4)

    assert await asyncio.gather(*map(together.run, range(10))) == list(range(10))
    assert batches == [4, 4, 2]


async def test_one_that_fails_takes_no_other_with_it(
    store: Storage, transactions: Transactions
) -> None:
    def keep(work: UnitOfWork, names: Sequence[str]) -> Sequence[str]:
        for name in names:
            work.tasks.add_once(task(name))
            if name == "bad":
                raise ConflictError("always")
        return names

    together = Together[str, str](transactions, keep)
    answers = await asyncio.gather(
        *(together.run(name) for name in ("t-1", "bad", "t-2")), return_exceptions=True
    )

    assert [type(each) for each in answers] == [str, ConflictError, str]
    assert kept(store) == {"t-1", "t-2"}


async def test_a_store_that_cannot_be_reached_is_told_to_all_and_tried_once(
    transactions: Transactions,
) -> None:
    tries: list[int] = []

    def keep(_: UnitOfWork, names: Sequence[str]) -> Sequence[str]:
        tries.append(len(names))
        raise UnavailableError("gone")

    together = Together[str, str](transactions, keep)
    answers = await asyncio.gather(
        *(together.run(name) for name in ("t-1", "t-2")), return_exceptions=True
    )

    assert [type(each) for each in answers] == [UnavailableError, UnavailableError]
    assert tries == [2]
