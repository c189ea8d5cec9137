from collections.abc import Callable, Iterator

import pytest

from tests.e2e.recipients import Recipient
from tests.e2e.town import Town, a_town

# The clock of the shared town only goes forward: the evening's tests come before the day's.
LAST = ("test_page", "test_day", "test_rasa_stopped")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LAST.index(item.path.stem) if item.path.stem in LAST else -1)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_town(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def recipient(town: Town) -> Callable[[str], Recipient]:
    """Return a recipient of the shipped day by the end of their number; no two tests share one."""
    return lambda end: Recipient(town, f"+447700{end}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[None]:
    report = yield
    used = next((each for each in item.funcargs.values() if isinstance(each, Town)), None)
    if report.failed and used is not None:
        for name in used.processes.logs():
            report.sections.append((f"last words of {name}", used.processes.tail(name)))
    return report
