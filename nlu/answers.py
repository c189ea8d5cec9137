"""What our action server answers is checked against one schema, and the schema once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCHEMA = RemoteAction.action_response_format_spec()
_VALIDATOR = validator_for(_SCHEMA)(_SCHEMA)


def is_sound(_: RemoteAction, answer: Mapping[str, Any]) -> bool:
    """Check an action server's answer as Rasa does.

    Raises:
        ValidationError: If Rasa could not read it.
    """
    _VALIDATOR.validate(answer)
    return True


def check_answers_only() -> None:
    """Let Rasa take its schema as sound: looking through it anew took a seventh of every message."""
    validator_for(_SCHEMA).check_schema(_SCHEMA)
    RemoteAction._validate_action_result = is_sound
