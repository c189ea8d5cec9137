"""``doorstep dry-run``: what a day would say, with real planning, on a copy of the database."""

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.dry_run import configured_ways
from cli.main import main
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact
from integrations.storage import Storage, storage

ROOT = Path(__file__).parents[3]
DAY = ROOT / "sandbox" / "day"
OPTED_OUT = "runwell/RW-40007"
ON_WHATSAPP, NUMBER = "homely/HL-40049", "+447700900007"
TWILIO = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_FROM": "+15005550006"}
TELEGRAM = {"TELEGRAM_BOT_TOKEN": "1:t"}
WHATSAPP = {**TWILIO, "TWILIO_WHATSAPP_FROM": "+15005550006"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    """Give a database with a dozen deliveries that nobody planned yet, one person opted out."""
    folder = tmp_path_factory.mktemp("day")
    for file in DAY.glob("*.csv"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        few = lines[:13] if file.name == "deliveries.csv" else lines
        (folder / file.name).write_text("".join(few), encoding="utf-8")
    url = f"sqlite:///{tmp_path_factory.mktemp('store')}/doorstep.db"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DOORSTEP_DATABASE_URL", url)
        environment.setenv("DOORSTEP_SECRET_KEY", "a-key-of-more-than-16-characters")
        environment.setenv("DOORSTEP_PLANNING_SECONDS", "2")
        assert main(["migrate"]) == 0
        assert main(["import", str(folder), "--date", "2026-03-11"]) == 0
        store = storage(url)
        with store.unit_of_work() as work:
            contact = work.contacts.by_address(Channel.SMS, "+447700900001")
            assert contact is not None
            contact.opted_out_at = datetime(2026, 3, 1, tzinfo=UTC)
            work.commit()
        yield store
        store.close()


@pytest.fixture(scope="module")
def told(store: Storage, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return what the command lists for the day."""
    del store
    now = ["--now", "2026-03-10T16:50:00+00:00"]
    file = tmp_path_factory.mktemp("list") / "list.jsonl"
    assert main(["dry-run", "--date", "2026-03-11", *now, "--json", "--out", str(file)]) == 0
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def references() -> set[str]:
    with (DAY / "deliveries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:12]
    return {f"{row['shipper_id']}/{row['reference']}" for row in rows}


def test_lists_the_ladder_of_every_delivery_in_order_of_time(told: list[dict[str, Any]]) -> None:
    leaving = [each for each in told if each["held_back"] is None]

    assert [each["at"] for each in told] == sorted(each["at"] for each in told)
    assert {each["delivery"] for each in leaving} == references() - {OPTED_OUT}
    for name in references() - {OPTED_OUT}:
        notices = [each["notice"] for each in leaving if each["delivery"] == name]
        assert (notices[0], notices[-1]) == ("A1", "A8")
        assert "A6" not in notices
    assert all(each["segments"] > 0 for each in leaving if each["channel"] == "sms")


def test_says_who_hears_nothing_and_why(told: list[dict[str, Any]]) -> None:
    held_back = {(each["delivery"], each["held_back"]) for each in told if each["held_back"]}

    assert held_back == {(OPTED_OUT, "opted_out")}


def test_changes_nothing_in_the_database(store: Storage, told: list[dict[str, Any]]) -> None:
    assert told
    with store.unit_of_work(read_only=True) as work:
        assert work.outbox.newest(limit=1) == []
        assert work.plans.on_day(date(2026, 3, 11)) == []


def test_adds_up_segments_and_cost(store: Storage, capsys: pytest.CaptureFixture[str]) -> None:
    del store
    capsys.readouterr()

    # After the day: what was never told is not told now.
    late = ["--now", "2026-03-11T23:00:00+00:00", "--segment-price", "0.04"]
    assert main(["dry-run", "--date", "2026-03-11", *late]) == 0

    assert "0 messages, 0 SMS segments, cost 0.00\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("values", "channels"),
    [
        ({}, (Channel.SMS, Channel.TELEGRAM)),
        (TWILIO, (Channel.SMS,)),
        (TELEGRAM, (Channel.TELEGRAM,)),
        (WHATSAPP | TELEGRAM, (Channel.SMS, Channel.WHATSAPP, Channel.TELEGRAM)),
        ({"TWILIO_WHATSAPP_FROM": "+15005550006"}, (Channel.SMS, Channel.TELEGRAM)),
    ],
)
def test_rehearses_with_the_channels_that_are_switched_on(
    values: dict[str, str], channels: tuple[Channel, ...]
) -> None:
    assert configured_ways(values).channels == channels


def test_what_whatsapp_would_refuse_is_paid_for_as_sms(
    store: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(str(store.engine.url.database), tmp_path / "doorstep.db")
    url = f"sqlite:///{tmp_path / 'doorstep.db'}"
    templates, file = tmp_path / "templates.json", tmp_path / "list.jsonl"
    approved = {"sid": "HX1", "variables": ["shipper", "parcel", "window"]}
    templates.write_text(json.dumps({"notice_pre_advice": {"en": approved}}), encoding="utf-8")
    for name, value in WHATSAPP.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TWILIO_WHATSAPP_TEMPLATES", str(templates))
    monkeypatch.setenv("DOORSTEP_DATABASE_URL", url)
    own = storage(url)
    with own.unit_of_work() as work:
        known = work.contacts.by_address(Channel.SMS, NUMBER)
        assert known is not None
        address = ContactAddress(NUMBER)
        work.contacts.add(Contact("k-wa", known.person_id, Channel.WHATSAPP, address))
        work.commit()
    own.close()

    now = ["--now", "2026-03-10T16:50:00+00:00"]
    assert main(["dry-run", "--date", "2026-03-11", *now, "--json", "--out", str(file)]) == 0

    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    theirs = [each for each in rows if each["delivery"] == ON_WHATSAPP]
    told = [(each["notice"], each["channel"], each["held_back"]) for each in theirs]
    assert ("A1", "whatsapp", None) in told
    assert ("A1", "sms", None) not in told
    refused = {notice for notice, _, reason in told if reason == "outside_session"}
    assert refused >= {"A4", "A8"}
    assert refused == {notice for notice, channel, _ in told if channel == "sms"}
