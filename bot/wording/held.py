"""Why a message was held back, waits or failed, in plain words for staff and operators."""

from collections.abc import Mapping

# Why a message was held back or failed, as far as the code alone says too little.
_PLAIN: Mapping[str, str] = {
    "human_took_over": "an agent took the chat",
    "lease": "an agent has the chat",
    "superseded": "the chat changed hands",
    "opted_out": "they want no messages",
    "parcel_opted_out": "they want none about this parcel",
    "over_budget": "enough was said about this parcel",
    "too_long_for_basis": "too long for its legal basis",
    "unreachable": "nothing arrives at that number",
    "nothing_to_change": "nothing was left to change",
    "blocked": "they blocked us",
    "unlinked": "the number is not theirs",
    "expired": "too late to be of use",
    "told_together": "said in another message",
    "overtaken": "overtaken by newer news",
    "quiet_hours": "quiet hours",
    "rate": "the network's rate",
    "provider_unavailable": "the network did not answer",
    "outcome_unknown": "nobody knows whether it left",
    "channel_off": "that channel is switched off",
    "unworded": "a template could not be read",
}


def why(reason: str | None) -> str:
    """Return a stable code in plain words; empty without one."""
    return _PLAIN.get(reason or "", (reason or "").replace("_", " "))
