"""The command line as an operator uses it."""

import json
from pathlib import Path

import pytest

from cli.main import main
from deliveries.model.delivery import DeliveryStatus
from integrations.storage import storage

ROOT = Path(__file__).parents[3]
DAY = ROOT / "sandbox" / "day"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path}/doorstep.db"
    monkeypatch.setenv("DOORSTEP_DATABASE_URL", url)
    monkeypatch.setenv("DOORSTEP_SECRET_KEY", "a-key-of-more-than-16-characters")
    assert main(["migrate"]) == 0
    return url


@pytest.mark.usefixtures("database")
def test_the_shipped_day_is_imported_and_again_without_harm(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["import", str(DAY), "--date", "2026-11-24"]) == 0
    assert "147 new deliveries, 0 brought up to date" in capsys.readouterr().out
    assert main(["import", str(DAY), "--date", "2026-11-24"]) == 0
    assert "0 new deliveries, 147 brought up to date" in capsys.readouterr().out


@pytest.mark.usefixtures("database")
def test_a_bad_line_imports_nothing_until_the_rest_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (DAY / "deliveries.csv").read_text().splitlines()
    broken = [
        *lines[:5],
        lines[5].replace("51.", "north."),
        *lines[6:9],
    ]
    file = tmp_path / "deliveries.csv"
    file.write_text("\n".join(broken))
    files = [str(file), *(str(DAY / f"{name}.csv") for name in ("shippers", "depots"))]
    assert main(["import", *files]) == 1
    assert "deliveries.csv:6: lat: cannot be read" in capsys.readouterr().err
    assert main(["import", *files, "--skip-bad-lines"]) == 0
    assert "7 new deliveries" in capsys.readouterr().out


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deliveries.txt", "a"),
        ("holidays.csv", "a,b\n1,2\n"),
        ("deliveries.json", "{"),
        ("deliveries.json", "[1, 2]"),
        ("deliveries.json", '"text"'),
        ("deliveries.csv", 'a,b\n"1,2\n'),
    ],
)
def test_a_file_that_is_none_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    file = tmp_path / name
    file.write_text(content)
    assert main(["import", str(file)]) == 1
    assert name in capsys.readouterr().err


@pytest.mark.usefixtures("database")
def test_offers_lie_in_what_was_wished_for(capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(DAY), "--date", "2026-11-24"])
    capsys.readouterr()
    wish = ["--wish", "friday after 5", "--now", "2026-11-23T16:00:00+00:00"]
    assert main(["offer", "runwell/RW-40007", *wish]) == 0
    offered = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["start"] for each in offered] == [
        "2026-11-27T17:00:00+00:00",
        "2026-11-27T18:00:00+00:00",
    ]


@pytest.mark.usefixtures("database")
def test_a_day_is_rehearsed_without_a_word_to_the_planner_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = tmp_path / "deliveries.csv"
    few.write_text("\n".join((DAY / "deliveries.csv").read_text().splitlines()[:9]))
    rest = [str(DAY / f"{name}.csv") for name in ("shippers", "depots", "vehicles")]
    main(["import", str(few), *rest, "--date", "2026-11-24"])
    monkeypatch.setenv("DOORSTEP_PLANNING_SECONDS", "1")
    capsys.readouterr()
    wish = ["offer", "runwell/RW-40007", "--now", "2026-11-23T16:00:00+00:00"]
    assert main(wish) == 0
    offered = capsys.readouterr().out
    monkeypatch.setenv("DOORSTEP_PLANNER", "onfleet")
    monkeypatch.setenv("ONFLEET_API_KEY", "k" * 32)
    monkeypatch.setenv("ONFLEET_WORKERS", "van-1=w1")
    # Nobody answers there: a single call would fail.
    monkeypatch.setenv("ONFLEET_API_URL", "http://127.0.0.1:9/api/v2")
    assert main(wish) == 0
    assert capsys.readouterr().out == offered
    assert main(["dry-run", "--date", "2026-11-24", "--now", "2026-11-24T16:00:00+00:00"]) == 0
    found = capsys.readouterr()
    assert "by notice: " in found.out
    assert "routes by our own planner" in found.err


@pytest.mark.usefixtures("database")
def test_offers_want_the_settings_of_the_map_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOORSTEP_TRAVEL", "osrm")
    monkeypatch.setenv("DOORSTEP_TRAVEL_URL", "not an address")
    assert main(["offer", "runwell/RW-40007"]) == 2
    assert "DOORSTEP_TRAVEL_URL" in capsys.readouterr().err


@pytest.mark.usefixtures("database")
def test_what_is_not_there_is_said_and_exits_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offer", "d-nobody"]) == 1
    assert "not_found" in capsys.readouterr().err


def test_every_missing_setting_is_named_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DOORSTEP_DATABASE_URL", raising=False)
    monkeypatch.delenv("DOORSTEP_SECRET_KEY", raising=False)
    assert main(["offer", "d-1"]) == 2
    told = capsys.readouterr().err
    assert "DOORSTEP_DATABASE_URL is missing" in told
    assert "DOORSTEP_SECRET_KEY is missing" in told


@pytest.mark.usefixtures("database")
def test_the_audit_log_is_verified_against_an_end_noted_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["audit", "verify"]) == 0
    assert "0 entries, unbroken" in capsys.readouterr().out
    assert main(["audit", "verify", "--known", f"3:{'a' * 64}"]) == 1
    assert "BROKEN at entry 1: entries up to 3 are missing" in capsys.readouterr().out
    assert main(["audit", "verify", "--known", "three"]) == 1
    assert "invalid_input: known" in capsys.readouterr().err


def test_a_person_is_handed_out_and_then_erased_for_good(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(DAY), "--date", "2026-11-24"]) == 0
    phone = ["--phone", "+44 7700 900100"]
    file = tmp_path / "person.json"

    assert main(["export", *phone, "--out", str(file)]) == 0
    found = json.loads(file.read_text())
    assert [each["address"] for each in found["contacts"]] == ["+447700900100"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert main(["export", *phone, "--out", str(file)]) == 1
    assert main(["erase", *phone, "--yes"]) == 1
    assert "deliveries that are not over" in capsys.readouterr().err

    store = storage(database)
    with store.unit_of_work() as work:
        for each in found["deliveries"]:
            work.deliveries.get(each["id"]).status = DeliveryStatus.DELIVERED
        work.commit()
    store.close()
    assert main(["erase", *phone]) == 0
    assert "nothing was changed" in capsys.readouterr().out
    assert main(["erase", *phone, "--yes"]) == 0
    assert main(["erase", *phone, "--yes"]) == 1
    assert "nobody is known there" in capsys.readouterr().err
    assert main(["export", "--phone", "somebody"]) == 1
    assert main(["export", "--telegram", "404"]) == 1


@pytest.mark.usefixtures("database")
def test_words_that_must_not_be_said_are_refused_in_a_sentence_and_not_kept(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["import", str(DAY), "--date", "2026-11-24"]) == 0
    place = ["notice_delay", "--language", "en", "--shipper", "larkfield"]
    text = "{ $shipper }: { $parcel } is late, see bit.ly/x"
    capsys.readouterr()

    assert main(["preview", *place, "--text", text, "--save"]) == 1
    assert "text: carries a link (bit.ly)" in capsys.readouterr().err
    assert main(["preview", "notice_nope"]) == 1
    assert "name: is none of a notice" in capsys.readouterr().err
    assert main(["preview", *place]) == 0
    assert "Larkfield Books: sorry, your delivery" in capsys.readouterr().out
