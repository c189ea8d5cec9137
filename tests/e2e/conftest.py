from collections.abc import Callable, Iterator

import pytest

from tests.e2e.recipients import Recipient, TelegramRecipient, shipped_recipients
from tests.e2e.town import Town, a_town

# The clock of the shared town only goes forward: the evening's tests come before the day's.
LAST = ("test_page", "test_day", "test_rasa_stopped")

type Newcomer = Callable[..., Recipient]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LAST.index(item.path.stem) if item.path.stem in LAST else -1)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_town(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture(scope="session")
def newcomers() -> dict[int, Iterator[tuple[str, str]]]:
    return {parcels: shipped_recipients(parcels=parcels) for parcels in (1, 2)}


@pytest.fixture(params=[Recipient, TelegramRecipient], ids=["sms", "telegram"])
def newcomer(
    request: pytest.FixtureRequest, town: Town, newcomers: dict[int, Iterator[tuple[str, str]]]
) -> Newcomer:
    """Return somebody of the shipped day who never wrote before; no two tests share one."""

    def come(*, parcels: int = 1) -> Recipient:
        kind: type[Recipient] = request.param
        recipient = kind(town, *next(newcomers[parcels]))
        recipient.start()
        return recipient

    return come


@pytest.fixture
def texter(town: Town, newcomers: dict[int, Iterator[tuple[str, str]]]) -> Newcomer:
    """Return somebody who writes by SMS."""
    return lambda *, parcels=1: Recipient(town, *next(newcomers[parcels]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    del call
    report = yield
    used = next((each for each in item.funcargs.values() if isinstance(each, Town)), None)
    if report.failed and used is not None:
        for name in used.processes.logs():
            report.sections.append((f"last words of {name}", used.processes.tail(name)))
    return report
