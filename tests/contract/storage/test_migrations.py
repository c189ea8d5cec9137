from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from integrations.storage.engines import make_engine
from integrations.storage.message_tables import outbox
from integrations.storage.migrations import migrate, settings
from tests.servers import fresh_database

# SQLite's indexes of expressions cannot be read back; PostgreSQL's are compared.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Skipped unsupported reflection of expression-based",
    "ignore:autogenerate skipping metadata-specified expression-based",
)

EMPTY = ["empty_sqlite", pytest.param("empty_postgresql", marks=pytest.mark.services)]


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgresql(postgresql: str):  # noqa: ANN201 a generator fixture
    with fresh_database(postgresql) as url:
        yield url


@pytest.fixture(params=EMPTY)
def empty_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def differences(url: str) -> list[object]:
    engine = make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        found = list(compare_metadata(context, outbox.metadata))
    engine.dispose()
    return found


def test_the_steps_lead_from_an_empty_database_to_the_mapped_tables(empty_url: str) -> None:
    migrate(empty_url)

    assert differences(empty_url) == []


def test_migrating_again_changes_nothing(empty_url: str) -> None:
    migrate(empty_url)
    migrate(empty_url)

    assert differences(empty_url) == []


def test_processes_that_migrate_at_once_take_turns(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, [empty_url] * 4))

    assert differences(empty_url) == []


def test_there_is_one_head_and_the_steps_are_numbered() -> None:
    script = ScriptDirectory.from_config(settings())

    assert len(script.get_heads()) == 1
    numbers = [step.revision for step in script.walk_revisions()][::-1]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert all(Path(step.path).name.startswith(step.revision) for step in script.walk_revisions())
