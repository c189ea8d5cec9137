"""The stand-in's answers and webhooks, held against Twilio's published documents."""

from typing import Any

import jsonschema
import pytest
from twilio.request_validator import RequestValidator

from sandbox.twilio.signatures import sign, url_to_sign
from tests.contract.sandbox.playing import (
    NUMBER,
    PERSON,
    SERVICE_SID,
    SID,
    TOKEN,
    Play,
    reference,
)

pytestmark = pytest.mark.services

MESSAGES = "/channels/twilio/messages"
STATUS = "/channels/twilio/status"


def json_schema(name: str) -> dict[str, Any]:
    """Return an OpenAPI 3.0 schema as JSON schema: ``nullable`` is a type there."""
    document = reference("twilio_api_v2010.messages.json")

    def convert(node: Any) -> Any:
        if isinstance(node, list):
            return [convert(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            found = convert(document["components"]["schemas"][node["$ref"].rpartition("/")[2]])
            return {**found, "enum": [*found["enum"], None], "type": ["string", "null"]}
        made = {key: convert(value) for key, value in node.items() if key != "nullable"}
        if node.get("nullable"):
            made["type"] = [made["type"], "null"]
        return made

    schema: dict[str, Any] = convert(document["components"]["schemas"][name])
    return {**schema, "additionalProperties": False, "required": list(schema["properties"])}


def check_message(told: dict[str, Any]) -> None:
    jsonschema.validate(told, json_schema("api.v2010.account.message"))


def test_signs_as_the_published_vectors() -> None:
    facts = reference("facts/twilio_signature_vectors.json")

    signed = {
        vector["name"]: sign(facts["token"], vector["signed_url"], vector["params"])
        for vector in facts["vectors"]
    }

    assert signed == {vector["name"]: vector["signature"] for vector in facts["vectors"]}
    assert len(signed) == 14


def test_signs_the_url_without_fragment_and_https_port() -> None:
    vectors = reference("facts/twilio_signature_vectors.json")["vectors"]
    kept = [
        v
        for v in vectors
        if v["name"].startswith(("https, non-standard", "http, port 1234", "form"))
    ]

    assert [url_to_sign(v["url"] + "#rc=2") for v in kept] == [v["signed_url"] for v in kept]


@pytest.mark.parametrize("form", [{}, {"MediaUrl": "http://127.0.0.1/a.png"}])
async def test_a_created_message_has_twilios_shape(play: Play, form: dict[str, str]) -> None:
    response = await play.send_sms(**form)

    assert response.status_code == 201
    check_message(response.json())


async def test_lists_fetches_and_shows_the_account_in_twilios_shape(play: Play) -> None:
    account = f"{play.twilio}/2010-04-01/Accounts/{SID}"
    made = (await play.send_sms()).json()
    await play.settle()

    listed = (await play.client.get(f"{account}/Messages.json", auth=(SID, TOKEN))).json()
    fetched = await play.client.get(play.twilio + made["uri"], auth=(SID, TOKEN))
    shown = (await play.client.get(f"{account}.json", auth=(SID, TOKEN))).json()

    check_message(listed["messages"][0])
    check_message(fetched.json())
    assert fetched.json()["status"] == "delivered"
    jsonschema.validate(shown, json_schema("api.v2010.account"))
    page = reference("twilio_api_v2010.messages.json")["paths"]
    schema = page["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["get"]["responses"]["200"]
    told = schema["content"]["application/json"]["schema"]["properties"]
    assert listed.keys() == told.keys()


async def test_every_magic_number_is_refused_with_its_code(play: Play) -> None:
    magic = reference("facts/twilio_webhooks.json")["test_credentials_magic"]

    got: dict[str, dict[str, int | None]] = {}
    for field, numbers in magic.items():
        answers = {number: (await play.send_sms(**{field: number})).json() for number in numbers}
        got[field] = {number: answer.get("code") for number, answer in answers.items()}

    assert got == magic


async def test_refusals_have_twilios_shape_and_known_codes(play: Play) -> None:
    facts = reference("facts/twilio_error_codes.json")
    known = {**facts["codes"]["request"], **facts["newer_not_in_that_copy"]}

    answers = [
        await play.send_sms(To=""),
        await play.send_sms(Body=""),
        await play.send_sms(To=NUMBER),
        await play.send_sms(Body="x" * 1601),
        await play.client.get(f"{play.twilio}/2010-04-01/Accounts/{SID}.json", auth=(SID, "no")),
        await play.client.get(f"{play.twilio}/2010-04-01/Nothing.json", auth=(SID, TOKEN)),
    ]

    for answer in answers:
        told = answer.json()
        assert told.keys() == {"code", "message", "more_info", "status"}
        assert told["status"] == answer.status_code
        assert str(told["code"]) in known
        assert facts["http_status"].get(str(told["code"]), 400) == answer.status_code


async def test_an_inbound_message_is_reported_with_all_fields_and_a_good_signature(
    play: Play,
) -> None:
    facts = reference("facts/twilio_webhooks.json")["inbound"]

    await play.post(f"/api/phones/{PERSON.replace('+', '%2B')}/sms", {"text": "where is it?"})
    await play.settle()

    [form] = play.gateway.forms(MESSAGES)
    [(_, _, headers, _)] = play.gateway.requests
    assert {name for name in facts["always"] if name not in form} == set()
    assert (form["SmsStatus"], form["ApiVersion"]) == ("received", "2010-04-01")
    assert (form["From"], form["To"], form["Body"]) == (PERSON, NUMBER, "where is it?")
    assert "i-twilio-idempotency-token" in headers
    url = play.gateway.url + MESSAGES
    assert RequestValidator(TOKEN).validate(url, form, headers["x-twilio-signature"])


@pytest.mark.parametrize(
    ("sender", "kind"),
    [
        ({"From": NUMBER}, "no messaging service"),
        ({"From": "", "MessagingServiceSid": SERVICE_SID}, "messaging service"),
    ],
)
async def test_a_message_is_called_back_from_state_to_state(
    play: Play, sender: dict[str, str], kind: str
) -> None:
    facts = reference("facts/twilio_webhooks.json")["status_callback"]
    expected = [step.split("|")[0] for step in facts["callbacks"][kind] if "read" not in step]
    if kind == "no messaging service":
        expected[-1] = "delivered"

    made = await play.send_sms(**sender, StatusCallback=play.gateway.url + STATUS)
    await play.settle()

    forms = play.gateway.forms(STATUS)
    assert made.json()["status"] == facts["initial_status"][kind]
    assert [form["MessageStatus"] for form in forms] == expected
    assert {name for form in forms for name in facts["fields"] if name not in form} == set()
    for (_, _, headers, _), form in zip(play.gateway.requests, forms, strict=True):
        signature = headers["x-twilio-signature"]
        assert RequestValidator(TOKEN).validate(play.gateway.url + STATUS, form, signature)


async def test_default_keywords_block_and_unblock(play: Play) -> None:
    keywords = reference("facts/twilio_webhooks.json")["keywords_default"]

    for stop, start in zip(keywords["STOP"], keywords["START"] * 2, strict=True):
        play.stage.twilio.receive(PERSON, stop.lower())
        refused = await play.send_sms()
        play.stage.twilio.receive(PERSON, start)
        taken = await play.send_sms()

        assert (refused.status_code, refused.json()["code"]) == (400, 21610)
        assert taken.status_code == 201
    await play.settle()
    # the webhook is called for every keyword all the same
    assert len(play.gateway.forms(MESSAGES)) == 2 * len(keywords["STOP"])
