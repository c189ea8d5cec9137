"""Every state and code that Twilio documents has a meaning here."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.twilio.errors import MEANINGS, STATES, meaning_of, receipt_of
from deliveries.model.message import OutboxState
from deliveries.services.messages.receipts import Reach, Receipt

REFERENCE = Path(os.environ.get("DOORSTEP_REFERENCE_DIR", "../shared"))
FACTS = REFERENCE / "specs" / "facts" / "twilio_error_codes.json"


@pytest.mark.skipif(not FACTS.exists(), reason="the reference folder is not here")
def test_every_listed_code_of_sending_has_a_meaning() -> None:
    codes = json.loads(FACTS.read_text(encoding="utf-8"))["codes"]
    listed = {int(code) for group in ("request", "delivery") for code in codes[group]}
    assert listed - set(MEANINGS) == set()


def test_every_state_of_a_message_is_known() -> None:
    # https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
    states = "queued sending sent failed delivered undelivered accepted scheduled read canceled"
    assert set(states.split()) - set(STATES) == set()


@pytest.mark.parametrize(
    ("code", "dead_for"),
    [
        (30003, timedelta(hours=2)),
        (30005, timedelta(days=7)),
        (30006, timedelta(days=90)),
        (21211, timedelta(days=90)),
        (21614, timedelta(days=90)),
        (30007, None),
    ],
)
def test_numbers_are_believed_dead_for_a_time(code: int, dead_for: timedelta | None) -> None:
    assert meaning_of(code).dead_for == dead_for


def test_what_was_asked_after_reads_like_a_receipt() -> None:
    assert receipt_of("queued", None, "SM1") is None
    assert receipt_of("delivered", None, "SM1") == Receipt("SM1", OutboxState.DELIVERED)
    assert receipt_of("failed", 21610, "SM1") == Receipt(
        "SM1", OutboxState.FAILED, reason="opted_out", reach=Reach.OPTED_OUT
    )
