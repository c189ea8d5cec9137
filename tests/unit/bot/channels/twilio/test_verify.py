import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from bot.channels.twilio.verify import Form, is_from_twilio
from tests.servers import skip_or_fail

FORM = "application/x-www-form-urlencoded"
URL = "https://parcels.example/channels/twilio/messages"
TOKEN = "a-token"


def is_genuine(fields: Any, signature: str | None = None, **different: Any) -> bool:
    validator = RequestValidator(TOKEN)
    body = urlencode(fields, doseq=True).encode()
    signed = (
        signature if signature is not None else validator.compute_signature(URL, Form.parse(body))
    )
    usual = {"url": URL, "content_type": FORM, "body": body, "signature": signed}
    token = different.pop("token", TOKEN)
    return is_from_twilio(token, **{**usual, **different})


def test_what_twilio_signs_is_believed() -> None:
    assert is_genuine({"Body": "hello", "From": "+447700900001", "Unheard": "of"})


def test_repeated_and_empty_fields_are_signed_too() -> None:
    assert is_genuine([("MediaUrl", "b"), ("MediaUrl", "a"), ("Body", "")])


@pytest.mark.parametrize(
    "different",
    [
        {"token": ""},
        {"token": "another"},
        {"signature": "x"},
        {"signature": ""},
        {"body": b"Body=other"},
        {"body": b"\xff\xfe"},
        {"url": "https://parcels.example/elsewhere"},
        {"content_type": "application/json"},
        {"content_type": ""},
    ],
)
def test_anything_else_is_refused(different: dict[str, Any]) -> None:
    assert not is_genuine({"Body": "hello"}, **different)


def test_json_without_a_hash_is_refused_and_breaks_nothing() -> None:
    assert not is_from_twilio(
        TOKEN, url=URL, content_type="application/json", body=b'{"a": 1}', signature="x"
    )


@pytest.mark.services
def test_the_vectors_of_twilios_own_libraries_hold() -> None:
    folder = Path(os.environ.get("DOORSTEP_REFERENCE_DIR", "../shared"))
    file = folder / "specs" / "facts" / "twilio_signature_vectors.json"
    if not file.exists():
        skip_or_fail("the reference folder is not here")
    reference = json.loads(file.read_text())
    for vector in reference["vectors"]:
        is_json = "body" in vector
        body = vector["body"] if is_json else urlencode(vector["params"], doseq=True)
        believed = is_from_twilio(
            reference["token"],
            url=vector["url"],
            content_type="application/json" if is_json else FORM,
            body=body.encode(),
            signature=vector["signature"],
        )
        assert (vector["name"], believed) == (vector["name"], True)
