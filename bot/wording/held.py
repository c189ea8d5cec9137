"""Why a message was held back, waits or failed, in plain words for staff and operators."""

import re
from collections.abc import Mapping

PLAIN: Mapping[str, str] = {
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
    "handset_unreachable": "the phone is off or out of reach",
    "unknown_handset": "the network does not know that phone",
    "blocked_by_recipient": "they blocked us",
    "blocked_by_carrier": "their network blocked it",
    "filtered": "their network took it for spam",
    "unknown": "the network does not say why",
    "incomplete": "a part of it was lost",
    "too_expensive": "dearer than the account allows",
    "congestion": "the network is overloaded",
    "rate_exceeded": "too much was sent at once",
    "daily_cap_reached": "the account's messages of the day are used up",
    "too_late_to_cancel": "it had left already",
    "misconfigured": "our account with the network is set up wrongly",
    "channel_failed": "the channel failed",
    "not_joined": "they have not joined our WhatsApp test number",
    "outside_session": "WhatsApp takes no free words a day after theirs",
    "region_not_permitted": "our account may not send to that country",
    "empty": "there were no words in it",
    "no_address": "there was no number",
    "not_verified": "a trial account sends to its own numbers only",
    "too_long": "longer than the network takes",
    "media_refused": "the network refused the picture",
    "queue_overflow": "too much waits at the network",
    "account_suspended": "our account with the network is suspended",
    "busy": "the network is busy",
    "cancelled": "it was cancelled at the network",
    "telegram_refused": "Telegram refused it",
    "not_changeable": "the message in the chat can no longer be changed",
    "button_invalid": "Telegram refused a button",
    "template_incomplete": "a WhatsApp template lacks a value",
    "form_unknown": "that channel cannot show it",
    "place_missing": "there was no place to show",
}


_OF_NETWORK = re.compile(r"twilio_(\d+)")


def why(reason: str | None) -> str:
    """Return a stable code in plain words; empty without one."""
    number = _OF_NETWORK.fullmatch(reason or "")
    if number:
        return f"Twilio's error {number[1]}"
    return PLAIN.get(reason or "", (reason or "").replace("_", " "))
