"""The pages of figures and of the audit log, and who may read them."""

import csv
import io
from datetime import timedelta

import pytest

from deliveries.services import handoffs
from deliveries.services.staff.auditing import record
from integrations.storage import Storage
from tests.builders import NOW, an_agent, keep
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
    [("/reports", {"=Lea", "Ada"}), ("/reports.csv", {"=Lea", "Ada"}), ("/audit", {"Ada"})],
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
