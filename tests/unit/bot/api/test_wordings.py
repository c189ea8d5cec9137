"""Shippers' own words over the API: written in versions, taken back, tried."""

from tests.unit.bot.api.conftest import Office

OWN = "/api/v1/shippers/s-1/wordings"
DELAY = f"{OWN}/notice_delay/en"
GOOD = "{ $shipper }: { $parcel } is a little late, sorry. New time: { $window }."


def test_words_are_kept_in_versions_and_can_be_taken_back(office: Office) -> None:
    first = office.call("PUT", DELAY, json={"text": GOOD, "by": "Kim"})
    again = office.call("PUT", DELAY, json={"text": GOOD})
    gone = office.call("DELETE", DELAY)

    assert first.status_code == 200, first.text
    assert [each["version"] for each in again.json()["wordings"]] == [1]
    versions = office.call("GET", OWN).json()["wordings"]
    assert [(each["version"], each["text"], each["written_by"]) for each in versions] == [
        (1, GOOD, "Kim"),
        (2, None, ""),
    ]
    assert gone.json()["wordings"] == versions


def test_words_that_cannot_be_said_are_refused_and_not_kept(office: Office) -> None:
    refused = office.call("PUT", DELAY, json={"text": "{ $parcel } is late"})

    assert (refused.status_code, refused.json()["error"]["message"]) == (
        422,
        "text: must say { $shipper }",
    )
    assert office.call("GET", OWN).json() == {"wordings": []}


def test_no_words_for_a_shipper_that_is_not_there(office: Office) -> None:
    path = "/api/v1/shippers/s-none/wordings/notice_delay/en"

    assert office.call("PUT", path, json={"text": GOOD}).status_code == 404


def test_previews_with_a_deliverys_facts_segments_and_cost(office: Office) -> None:
    office.call("PUT", DELAY, json={"text": GOOD})

    answer = office.call(
        "POST",
        f"{OWN}/preview",
        json={
            "name": "notice_delay",
            "languages": ["en"],
            "delivery_id": "d-1",
            "prices": "GB=0.04,*=0.1",
        },
    )

    assert answer.status_code == 200, answer.text
    shown = answer.json()["previews"]
    assert [(each["channel"], each["segments"], each["cost"]) for each in shown][:2] == [
        ("sms", 1, 0.04),
        ("telegram", None, None),
    ]
    assert shown[0]["text"].startswith("Larkfield Books: ")
    assert "a little late" in shown[0]["text"]
    assert shown[0]["country"] == "GB"


def test_tries_words_before_they_are_written(office: Office) -> None:
    wanted = {"name": "notice_delay", "languages": ["en"], "channels": ["sms"], "text": GOOD}

    tried = office.call("POST", f"{OWN}/preview", json=wanted)
    bad = office.call("POST", f"{OWN}/preview", json={**wanted, "text": "no names"})

    assert "a little late" in tried.json()["previews"][0]["text"]
    assert bad.status_code == 422
    assert office.call("GET", OWN).json() == {"wordings": []}


def test_a_preview_of_what_there_is_not_is_refused(office: Office) -> None:
    for wanted, problem in (
        ({"name": "notice_nope"}, "name: is none of a notice; docs/messages.md lists them"),
        ({"languages": ["it"]}, "language: is none of de, en, es, fr"),
        ({"text": GOOD}, "text: name one notice and one language to try it for"),
    ):
        refused = office.call("POST", f"{OWN}/preview", json=wanted)
        assert (refused.status_code, refused.json()["error"]["message"]) == (422, problem)


def test_previews_every_notice_in_every_language(office: Office) -> None:
    shown = office.call("POST", f"{OWN}/preview", json={}).json()["previews"]

    assert {each["language"] for each in shown} == {"de", "en", "es", "fr"}
    assert len({each["name"] for each in shown}) > 30


def test_previews_the_menu_with_when_a_deliverys_choices_close(office: Office) -> None:
    wanted = {"languages": ["en"], "channels": ["sms"], "prices": "GB=0.04"}
    answer = office.call(
        "POST",
        f"{OWN}/preview",
        json={**wanted, "name": "notice_pre_advice", "delivery_id": "d-1"},
    )

    [shown] = answer.json()["previews"]
    lines = shown["text"].splitlines()
    assert lines[1] == "1 Another day or time"
    assert lines[-1].startswith("Choose by ")
    assert (shown["segments"], shown["cost"]) == (2, 0.08)
