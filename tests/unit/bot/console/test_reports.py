"""The pages of figures and of the audit log, and who may read them."""

import csv
import io
import re
from datetime import timedelta

import pytest

from bot.figures import Figures
from bot.metrics import Metrics
from deliveries.errors import UnavailableError
from deliveries.model.conversation import HandoffState
from deliveries.model.eta import EtaDay
from deliveries.ports import UnitOfWork
from deliveries.services import handoffs
from deliveries.services.staff.auditing import record
from integrations.storage import Storage
from tests.builders import A_DAY, NOW, a_handoff, an_agent, an_inbound_message, keep
from tests.unit.bot.console.test_console import Hand, a_browser, machine, store

__all__ = ["machine", "store"]


@pytest.fixture
def staff(store: Storage) -> Storage:
    keep(
        store,
        an_agent(id="lea", name="=Lea", password_hash="right", role="lead"),
        an_agent(id="ada", name="Ada", password_hash="right", role="admin"),
    )
    with store.unit_of_work() as work:
        version = work.conversations.get("conv-1").version
        later = NOW + timedelta(minutes=3)
        handoffs.take(work, "conv-1", agent_id="lea", version=version, now=later)
        work.commit()
    return store


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/reports", {"=Lea", "Ada"}),
        ("/reports.csv", {"=Lea", "Ada"}),
        ("/audit", {"Ada"}),
        ("/audit.csv", {"Ada"}),
    ],
)
def test_figures_are_for_leads_and_the_log_is_for_admins(
    staff: Storage, machine: Hand, path: str, allowed: set[str]
) -> None:
    seen = {
        name: a_browser(staff, machine, name).get(f"/console{path}").status_code
        for name in ("Ann", "=Lea", "Ada")
    }
    assert seen == {name: 200 if name in allowed else 403 for name in seen}


def test_a_lead_sees_the_queue_and_the_day(staff: Storage, machine: Hand) -> None:
    page = a_browser(staff, machine, "=Lea").get("/console/reports").text

    assert "With agents" in page
    assert "Asked for a person" in page
    assert "Finished by the assistant" in page
    assert "0 of 1" in page


@pytest.mark.parametrize("query", ["from=yesterday", "from=2026-03-12&to=2026-03-11"])
def test_days_that_cannot_be_meant_are_said_and_today_is_shown(
    staff: Storage, machine: Hand, query: str
) -> None:
    lead = a_browser(staff, machine, "=Lea")
    page = lead.get(f"/console/reports?{query}")

    assert page.status_code == 422
    assert "These are today" in page.text
    assert f'value="{NOW:%Y-%m-%d}"' in page.text
    assert lead.get(f"/console/reports.csv?{query}").status_code == 422


def test_the_file_has_a_row_a_chat_and_nothing_a_spreadsheet_would_run(
    staff: Storage, machine: Hand
) -> None:
    answer = a_browser(staff, machine, "=Lea").get("/console/reports.csv")
    [row] = csv.DictReader(io.StringIO(answer.text))

    with staff.unit_of_work(read_only=True) as work:
        [noted] = [each for each in work.audit.walk() if each.action == "report.exported"]
    assert (noted.actor, noted.after["first"]) == ("lea", f"{NOW:%Y-%m-%d}")
    assert answer.headers["content-disposition"].startswith('attachment; filename="chats-')
    assert (row["reason"], row["agent"], row["waited_s"]) == ("asked", "'=Lea", "")


def test_several_days_are_told_one_by_one_and_taken_along(staff: Storage, machine: Hand) -> None:
    yesterday = NOW - timedelta(days=1)
    keep(
        staff,
        an_inbound_message(provider_id="SM2", received_at=yesterday),
        a_handoff(
            requested_at=yesterday,
            due_at=yesterday + timedelta(minutes=30),
            claimed_at=yesterday,
            answered_at=yesterday + timedelta(minutes=4),
            resolved_at=yesterday + timedelta(minutes=9),
            closed_at=yesterday + timedelta(minutes=9),
            state=HandoffState.CLOSED,
        ),
    )
    lead = a_browser(staff, machine, "=Lea")
    asked = f"from={yesterday:%Y-%m-%d}&to={NOW:%Y-%m-%d}"

    page = lead.get(f"/console/reports?{asked}").text
    file = lead.get(f"/console/reports-days.csv?{asked}")
    first, second = csv.DictReader(io.StringIO(file.text))

    assert "Day by day" in page
    assert page.count('<rect class="talks"') == 2
    assert "Day by day" not in lead.get("/console/reports").text
    assert file.headers["content-disposition"].startswith('attachment; filename="days-')
    assert first == {
        "day": f"{yesterday:%Y-%m-%d}",
        "conversations": "1",
        "finished_by_assistant": "0",
        "passed_to_staff": "1",
        "waited_median_s": "240",
        "waited_p90_s": "240",
        "handled_median_s": "540",
        "in_time": "1",
        "answered_with_target": "1",
    }
    assert (second["conversations"], second["passed_to_staff"], second["in_time"]) == (
        "1",
        "1",
        "0",
    )
    with staff.unit_of_work(read_only=True) as work:
        [noted] = [each for each in work.audit.walk() if each.action == "report.exported"]
    assert (noted.actor, noted.object_id) == ("lea", "days")


def test_a_lead_sees_how_often_windows_told_were_true(staff: Storage, machine: Hand) -> None:
    kept = {"promised": 80, "kept": 72, "width_s": 80 * 2_400, "p50_s": 300, "p90_s": 1_200}
    with staff.unit_of_work() as work:
        work.etas.add_day(EtaDay("dep-1", A_DAY, NOW, stops=100, fixed_kept=0, **kept))
        work.commit()

    page = a_browser(staff, machine, "=Lea").get(f"/console/reports?from={A_DAY}&to={A_DAY}").text

    [row] = re.findall(r'<th scope="row">Eastgate</th>(.*?)</tr>', page, re.DOTALL)
    cells = re.findall(r">([^<]+)</td>", row)
    assert cells == ["80", "90 %", "40 min", "5 min", "20 min"]


def test_the_queue_and_the_day_are_metrics(staff: Storage) -> None:
    metrics = Metrics()
    metrics.registry.register(Figures(staff.unit_of_work, Hand()))
    with staff.unit_of_work() as work:
        found = work.handoffs.open_of("conv-1")
        assert found is not None
        found.answered_at = NOW + timedelta(seconds=90)
        work.commit()

    told = metrics.expose().decode()

    assert "doorstep_chats_with_agents 1.0" in told
    assert "doorstep_day_conversations 1.0" in told
    assert "doorstep_day_conversations_finished_by_assistant 0.0" in told
    assert 'doorstep_day_handoffs{reason="asked"} 1.0' in told
    assert 'doorstep_day_wait_seconds{quantile="0.9"} 90.0' in told


def test_without_a_database_the_other_metrics_are_told() -> None:
    def away(*, read_only: bool = False) -> UnitOfWork:
        del read_only
        raise UnavailableError("database")

    metrics = Metrics()
    metrics.registry.register(Figures(away, Hand()))

    told = metrics.expose().decode()

    assert "doorstep_messages_received" in told
    assert "doorstep_day" not in told


def test_the_log_is_searched_and_its_chain_checked(staff: Storage, machine: Hand) -> None:
    with staff.unit_of_work() as work:
        for number in range(120):
            record(work, "ann", "note.written", "conversation", f"c-{number}", now=NOW)
        record(work, "ada", "delivery.overridden", "delivery", "d-1", now=NOW, reason="<b>due</b>")
        work.commit()
    admin = a_browser(staff, machine, "Ada")

    overridden = admin.get("/console/audit?action=delivery.").text
    notes = admin.get("/console/audit?actor=ann&action=note").text
    checked = admin.get("/console/audit?check=1").text

    assert "&lt;b&gt;due&lt;/b&gt;" in overridden
    assert "note.written" not in overridden
    assert notes.count("note.written</td>") == 100
    assert "Older" in notes
    assert "unbroken" in checked
    assert admin.get("/console/audit?before=x&action=' OR 1").status_code == 200


def two_days(staff: Storage, *, of_each: int) -> None:
    with staff.unit_of_work() as work:
        for number in range(of_each):
            subject = f"c-{number}"
            record(work, "ann", "note.written", "conversation", subject, now=NOW, reason="=1+1")
        for number in range(of_each):
            late = NOW + timedelta(days=1)
            record(work, "cli", "note.written", "conversation", f"l-{number}", now=late)
        work.commit()


def test_the_log_is_shown_for_some_days(staff: Storage, machine: Hand) -> None:
    two_days(staff, of_each=101)
    admin = a_browser(staff, machine, "Ada")
    day, later = f"{NOW:%Y-%m-%d}", f"{NOW + timedelta(days=1):%Y-%m-%d}"

    first = admin.get(f"/console/audit?action=note&from={day}&to={day}").text
    second = admin.get(f"/console/audit?from={later}&to={later}").text
    none = admin.get(f"/console/audit?from={later}&to={day}").text
    [older] = re.findall(r'href="([^"]+)">Older', first)

    assert ("c-100" in first, "l-0" in first) == (True, False)
    assert ("l-100" in second, "c-100" in second) == (True, False)
    assert "No entries." in none
    assert admin.get(older.replace("&amp;", "&")).text.count("note.written</td>") == 1
    assert admin.get("/console/audit?from=yesterday&to=31").status_code == 200


def test_the_log_is_taken_along_as_it_was_asked_for(staff: Storage, machine: Hand) -> None:
    two_days(staff, of_each=1100)
    admin = a_browser(staff, machine, "Ada")
    day = f"{NOW:%Y-%m-%d}"

    answer = admin.get(f"/console/audit.csv?actor=ann&action=note&from={day}&to={day}")
    rows = list(csv.DictReader(io.StringIO(answer.text)))

    with staff.unit_of_work(read_only=True) as work:
        entries = {each.seq: each for each in work.audit.walk()}
    [noted] = [each for each in entries.values() if each.action == "audit.exported"]
    assert answer.headers["content-disposition"] == f'attachment; filename="audit-{day}-{day}.csv"'
    assert [row["object_id"] for row in rows] == [f"c-{number}" for number in range(1099, -1, -1)]
    assert {row["reason"] for row in rows} == {"'=1+1"}
    assert all(row["entry_hash"] == entries[int(row["seq"])].entry_hash for row in rows)
    assert noted.after == {"asked": f"actor=ann&action=note&from={day}&to={day}"}
