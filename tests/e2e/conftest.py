import functools
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.recipients import Recipient, TelegramRecipient, shipped_recipients
from tests.e2e.town import Town, a_town

# Towns of their own come first, and are gone before the shared one is there. Its clock only goes
# forward: the evening's tests come before the day's.
FIRST = ("test_cluster", "test_loggibud")
LAST = ("test_page", "test_rasa_stopped", "test_day")

HERE = Path(__file__).parent

type Newcomer = Callable[..., Recipient]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ours = [item for item in items if item.path.is_relative_to(HERE)]
    for item in ours:
        item.add_marker(pytest.mark.rasa)
    ordered = iter(sorted(ours, key=_turn))
    items[:] = [next(ordered) if item.path.is_relative_to(HERE) else item for item in items]


def _turn(item: pytest.Item) -> int:
    name = item.path.stem
    if name in FIRST:
        return FIRST.index(name) - len(FIRST)
    return 1 + LAST.index(name) if name in LAST else 0


@dataclass(eq=False)
class Newcomers:
    """People of the shipped day who never wrote before; no two tests share one.

    Attributes:
        free: Those who may choose everything, by the number of their parcels.
        bystanders: Those who may not, for tests in which nothing is chosen.
    """

    town: Town
    free: dict[int, list[tuple[str, str]]]
    bystanders: list[tuple[str, str]]

    def come(
        self,
        kind: type[Recipient],
        *,
        parcels: int = 1,
        wanted: Callable[[dict[str, Any]], bool] | None = None,
    ) -> Recipient:
        """Return the next one; or the next whose delivery is as wanted, who may not be free."""
        pool = self.free[parcels]
        if wanted is None:
            recipient = kind(self.town, *pool.pop(0))
        else:
            by_phone = {each["phone"]: each for each in self.town.deliveries()}
            everybody = [(some, each) for some in (pool, self.bystanders) for each in some]
            found = [(some, each) for some, each in everybody if wanted(by_phone[each[0]])]
            assert found, "nobody is left whose delivery is as wanted"
            # The soonest: a test that waits for it must not let the day go by for the next one.
            some, chosen = min(found, key=lambda pair: by_phone[pair[1][0]]["eta"] or "")
            some.remove(chosen)
            recipient = kind(self.town, *chosen)
        recipient.start()
        return recipient


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_town(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture(scope="session")
def newcomers(town: Town) -> Newcomers:
    free = {parcels: list(shipped_recipients(parcels=parcels)) for parcels in (1, 2)}
    return Newcomers(town, free, list(shipped_recipients(is_free=False)))


@pytest.fixture(params=[Recipient, TelegramRecipient], ids=["sms", "telegram"])
def newcomer(request: pytest.FixtureRequest, newcomers: Newcomers) -> Newcomer:
    """Return somebody new, on one channel and then on the other."""
    return functools.partial(newcomers.come, request.param)


@pytest.fixture
def texter(newcomers: Newcomers) -> Newcomer:
    """Return somebody new who writes by SMS."""
    return functools.partial(newcomers.come, Recipient)


@pytest.fixture
def bystander(town: Town, newcomers: Newcomers) -> Newcomer:
    """Return somebody new who writes by SMS and chooses nothing."""
    return lambda: Recipient(town, *newcomers.bystanders.pop())


@pytest.fixture
def chatter(newcomers: Newcomers) -> Callable[..., TelegramRecipient]:
    """Return somebody new who writes in Telegram."""

    def come() -> TelegramRecipient:
        recipient = newcomers.come(TelegramRecipient)
        assert isinstance(recipient, TelegramRecipient)
        return recipient

    return come


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    del call
    report = yield
    funcargs = getattr(item, "funcargs", {})
    used = next((each for each in funcargs.values() if isinstance(each, Town)), None)
    if report.failed and used is not None:
        for name in used.processes.logs():
            report.sections.append((f"last words of {name}", used.processes.tail(name)))
    return report
