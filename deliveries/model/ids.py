"""Opaque identifiers: safe in URLs, in Rasa's paths and in buttons."""

import secrets


def new_id(prefix: str) -> str:
    """Return an unguessable id such as ``d-3f9c…``, of ``[a-z0-9-]`` only.

    Rasa does not decode its paths, and a Telegram button holds 64 bytes: both fit.
    """
    return f"{prefix}-{secrets.token_hex(8)}"
