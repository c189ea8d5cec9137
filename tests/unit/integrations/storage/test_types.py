from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from deliveries.model.message import OutboxState
from deliveries.model.personal import ContactAddress
from deliveries.model.saying import Saying
from integrations.storage import forms
from integrations.storage.engines import database_url
from integrations.storage.types import Address, Identifier, Name, UtcDateTime, Values, Words

SQLITE: Dialect = sqlite_dialect()
POSTGRESQL: Dialect = PGDialect_psycopg()
NOON_IN_INDIA = datetime(2026, 3, 10, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))


def test_instants_are_written_in_utc_to_both() -> None:
    kind = UtcDateTime()

    assert kind.process_bind_param(NOON_IN_INDIA, SQLITE) == datetime(2026, 3, 10, 6, 30)  # noqa: DTZ001 SQLite's form
    assert kind.process_bind_param(NOON_IN_INDIA, POSTGRESQL) == NOON_IN_INDIA
    assert kind.process_bind_param(None, SQLITE) is None


def test_instants_are_read_aware_from_both() -> None:
    kind = UtcDateTime()
    read = [
        kind.process_result_value(datetime(2026, 3, 10, 6, 30), SQLITE),  # noqa: DTZ001 SQLite's form
        kind.process_result_value(NOON_IN_INDIA, POSTGRESQL),
    ]

    assert read == [NOON_IN_INDIA, NOON_IN_INDIA]
    assert [instant and instant.tzinfo for instant in read] == [UTC, UTC]


def test_naive_instants_are_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        UtcDateTime().process_bind_param(datetime(2026, 3, 10), SQLITE)  # noqa: DTZ001 refused


def test_names_are_members_of_their_enumeration_only() -> None:
    kind = Name(OutboxState)

    assert kind.process_bind_param(OutboxState.SENT, SQLITE) == "sent"
    assert kind.process_result_value("sent", SQLITE) is OutboxState.SENT
    with pytest.raises(ValueError, match="lost"):
        kind.process_bind_param("lost", SQLITE)


def test_an_address_is_shown_to_the_database_only() -> None:
    kind = Address()

    assert kind.process_bind_param(ContactAddress("+4477"), SQLITE) == "+4477"
    assert kind.process_result_value("+4477", SQLITE) == ContactAddress("+4477")


@pytest.mark.parametrize(
    ("told", "kept"),
    [("a\x00b", "a\ufffdb"), ("half \ud83d", "half ?"), ("📦", "📦"), (None, None)],
)
def test_words_lose_only_what_cannot_be_stored(told: str | None, kept: str | None) -> None:
    assert Words().process_bind_param(told, POSTGRESQL) == kept


def test_ids_sort_by_their_bytes_on_postgresql() -> None:
    compiled = [Identifier().compile(dialect) for dialect in (POSTGRESQL, SQLITE)]

    assert compiled == ['VARCHAR COLLATE "C"', "VARCHAR"]


def test_tuples_of_values_pass_through_json() -> None:
    kind = Values(forms.write_saying, forms.read_saying)
    sayings = (Saying("a", {"deep": {"list": [1, None]}}, "of-1"), Saying("b"))
    form = kind.process_bind_param(sayings, SQLITE)

    assert kind.process_result_value(form, SQLITE) == sayings


def test_facts_may_hold_tuples_and_other_mappings() -> None:
    assert forms.write_facts({"days": ("mon", "tue")}) == {"days": ["mon", "tue"]}


@pytest.mark.parametrize(
    ("told", "driver"),
    [
        ("postgresql://u:p@h/d", "postgresql+psycopg"),
        ("postgres://h/d", "postgresql+psycopg"),
        ("postgresql+psycopg2://h/d", "postgresql+psycopg"),
        ("sqlite:///doorstep.db", "sqlite+pysqlite"),
    ],
)
def test_each_database_has_one_driver(told: str, driver: str) -> None:
    assert database_url(told).drivername == driver
