"""Accounts from the command line."""

from pathlib import Path

import pytest

from cli.main import main
from cli.user import enrolled_agent
from integrations.storage import storage
from tests.builders import a_shipper

KEY = "a-key-of-more-than-16-characters"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path}/doorstep.db"
    monkeypatch.setenv("DOORSTEP_DATABASE_URL", url)
    monkeypatch.setenv("DOORSTEP_SECRET_KEY", KEY)
    assert main(["migrate"]) == 0
    return url


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    status = main(["user", *arguments])
    said = capsys.readouterr()
    return status, (said.out + said.err).strip()


@pytest.mark.usefixtures("database")
def test_the_first_admin_is_made_here_and_gets_a_password_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, password = say(capsys, "add", "ann", "--role", "admin")
    again = say(capsys, "add", "ann")
    reset = say(capsys, "reset-password", "ann")

    assert (status, len(password), again[0], reset[0]) == (0, 16, 1, 0)
    assert reset[1] != password
    assert say(capsys, "list") == (0, "ann\tadmin\tactive\tnot enrolled")
    assert main(["audit", "verify"]) == 0
    assert "2 entries, unbroken" in capsys.readouterr().out


@pytest.mark.usefixtures("database")
def test_the_last_admin_stays_one(capsys: pytest.CaptureFixture[str]) -> None:
    say(capsys, "add", "ann", "--role", "admin")

    assert say(capsys, "disable", "ann") == (1, "doorstep: conflict: this is the last admin")
    assert say(capsys, "role", "ann", "lead")[0] == 1
    say(capsys, "add", "bob", "--role", "admin")
    assert say(capsys, "role", "ann", "lead")[0] == 0
    assert say(capsys, "disable", "ann")[0] == 0
    assert "ann\tlead\tdisabled" in say(capsys, "list")[1]
    assert say(capsys, "enable", "ann")[0] == 0


def test_an_account_is_limited_to_shippers_and_back(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with storage(database).unit_of_work() as work:
        work.shippers.add(a_shipper(id="lumen"))
        work.commit()
    say(capsys, "add", "ann")

    assert say(capsys, "limit", "ann", "nobody")[0] == 1
    assert say(capsys, "limit", "ann", "lumen") == (0, "")
    assert say(capsys, "list")[1] == "ann\tagent\tactive\tnot enrolled\tonly lumen"
    assert say(capsys, "limit", "ann") == (0, "")
    assert say(capsys, "list")[1] == "ann\tagent\tactive\tnot enrolled"
    assert main(["audit", "verify"]) == 0


def test_the_code_of_now_is_printed_for_who_has_the_key(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(capsys, "add", "new")
    enrolled_agent(database, KEY, "ann")

    status, code = say(capsys, "code", "ann")

    assert status == 0
    assert (len(code), code.isdecimal()) == (6, True)
    assert say(capsys, "code", "new")[0] == 1
    assert say(capsys, "reset-second-factor", "ann")[0] == 0
    assert say(capsys, "code", "ann")[0] == 1


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("deed", ["disable", "sign-out", "reset-password"])
def test_nobody_of_that_name_is_said(capsys: pytest.CaptureFixture[str], deed: str) -> None:
    assert say(capsys, deed, "nobody") == (
        1,
        "doorstep: not_found: there is no account of that name",
    )


def test_an_account_on_another_surface_is_linked_moved_and_forgotten(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(capsys, "add", "ann")
    say(capsys, "add", "bob")
    store = storage(database)

    def owner(account: str) -> str | None:
        with store.unit_of_work(read_only=True) as work:
            agent_id = work.surfaces.agent_of("telegram", account)
            return work.agents.get(agent_id).name if agent_id else None

    assert say(capsys, "link", "ann", "telegram", "@ann")[0] == 1
    assert say(capsys, "link", "ann", "telegram", "700000001")[0] == 0
    assert owner("700000001") == "ann"
    assert say(capsys, "link", "bob", "telegram", "700000001")[0] == 0
    assert owner("700000001") == "bob"
    assert say(capsys, "link", "bob", "telegram", "none")[0] == 0
    assert owner("700000001") is None
    store.close()
