"""Passing a chat to a person of our staff and back: who may speak is decided here only."""

from deliveries.services.handoffs.alarms import alarm_in
from deliveries.services.handoffs.assigning import assign, prioritise, put_off, release, take
from deliveries.services.handoffs.ending import give_up_waiting, hand_back, is_way_back, resolve
from deliveries.services.handoffs.reasons import PRIORITIES
from deliveries.services.handoffs.requesting import request
from deliveries.services.handoffs.returning import hear_person
from deliveries.services.handoffs.sending_on import is_held, send_held
from deliveries.services.handoffs.talking import (
    TEXT_LENGTH,
    again_key,
    note,
    reply,
    reply_key,
    send_again,
)

__all__ = [
    "PRIORITIES",
    "TEXT_LENGTH",
    "again_key",
    "alarm_in",
    "assign",
    "give_up_waiting",
    "hand_back",
    "hear_person",
    "is_held",
    "is_way_back",
    "note",
    "prioritise",
    "put_off",
    "release",
    "reply",
    "reply_key",
    "request",
    "resolve",
    "send_again",
    "send_held",
    "take",
]
