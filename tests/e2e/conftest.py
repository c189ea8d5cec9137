import functools
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.recipients import Recipient, TelegramRecipient, shipped_recipients
from tests.e2e.telling import Told, forget
from tests.e2e.town import Town, a_town

# Towns of their own come first, and are gone before the shared one is there. Its clock only goes
# forward: the evening's tests come before the day's. A module with a name in ``TOWN`` shares a town
# with those of the same name only.
FIRST = ("test_cluster", "test_places", "test_loggibud", "test_delay")
LAST = ("test_page", "test_rasa_stopped", "test_day")

SHARED = ""

HERE = Path(__file__).parent

type Newcomer = Callable[..., Recipient]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ours = [item for item in items if item.path.is_relative_to(HERE)]
    for item in ours:
        item.add_marker(pytest.mark.rasa)
    ordered = iter(sorted(ours, key=_turn))
    items[:] = [next(ordered) if item.path.is_relative_to(HERE) else item for item in items]


def _turn(item: pytest.Item) -> tuple[int, str]:
    name = item.path.stem
    if name in FIRST:
        return FIRST.index(name) - len(FIRST), ""
    if name in LAST:
        return 2 + LAST.index(name), ""
    return (0, _town_of(item)) if _town_of(item) else (1, "")


def _town_of(item: pytest.Item) -> str:
    """Return the name of the town that a test is in; the shared one has none."""
    return str(getattr(getattr(item, "module", None), "TOWN", SHARED))


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


@dataclass(eq=False)
class Towns:
    """The town that stands now, with its newcomers; another name ends it."""

    folder: Callable[[], Path]
    standing: ExitStack = field(default_factory=ExitStack)
    name: str | None = None
    newcomers: Newcomers | None = None

    def of(self, name: str) -> Newcomers:
        """Return the newcomers of the town with that name."""
        if self.newcomers is None or name != self.name:
            self.standing.close()
            town = self.standing.enter_context(a_town(self.folder()))
            free = {parcels: list(shipped_recipients(parcels=parcels)) for parcels in (1, 2)}
            self.newcomers = Newcomers(town, free, list(shipped_recipients(is_free=False)))
            self.name = name
        return self.newcomers


@pytest.fixture(scope="session")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Towns]:
    forget()
    towns = Towns(lambda: tmp_path_factory.mktemp("town"))
    with towns.standing:
        yield towns


@pytest.fixture
def newcomers(request: pytest.FixtureRequest, towns: Towns) -> Newcomers:
    return towns.of(_town_of(request.node))


@pytest.fixture
def town(newcomers: Newcomers) -> Town:
    return newcomers.town


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


@pytest.fixture(autouse=True)
def said_so_far(request: pytest.FixtureRequest) -> None:
    """Begin each conversation anew."""
    if "newcomers" in request.fixturenames:
        newcomers: Newcomers = request.getfixturevalue("newcomers")
        newcomers.town.said.clear()


def _tell(item: pytest.Item, town: Town) -> None:
    """Keep a conversation that is on the page of conversations; of two channels, SMS."""
    shown = item.get_closest_marker("conversation")
    callspec = getattr(item, "callspec", None)
    is_repeated = callspec is not None and callspec.params.get("newcomer") is TelegramRecipient
    if shown is not None and not is_repeated:
        row, title, *channels = shown.args
        chats = "chatter" in getattr(item, "fixturenames", ())
        channel = channels[0] if channels else "telegram" if chats else "sms"
        Told(row, title, channel, item.nodeid.partition("[")[0], tuple(town.said)).keep()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    del call
    report = yield
    funcargs = getattr(item, "funcargs", {})
    here = next((each for each in funcargs.values() if isinstance(each, Newcomers | Town)), None)
    used = here.town if isinstance(here, Newcomers) else here
    if report.when == "call" and report.passed and used is not None:
        _tell(item, used)
    if report.failed and used is not None:
        for name in used.processes.logs():
            report.sections.append((f"last words of {name}", used.processes.tail(name)))
    return report
