"""What helps agents write: how long a text is as SMS, and texts to start from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.console.facts import seen_deliveries, zone_of
from bot.console.sessions import SignedIn
from bot.wording.gsm import outside_gsm, segments, to_gsm, to_sms
from deliveries.model.console import CannedReply
from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery
from deliveries.model.recipient import Channel
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.subject import parcel_name

VARIABLES: Mapping[str, str] = {
    "first_name": "the person's first name",
    "parcel": "what is delivered",
    "shipper": "who sent it",
    "tracking": "its tracking number",
    "window": "the window it was promised in",
    "day": "the day it comes",
    "agent": "your name",
}
_VARIABLE = re.compile(r"\{([a-z_]+)\}")
SHOWN = 8


@dataclass(frozen=True)
class Suggestion:
    """A canned reply as it would read in a chat.

    Attributes:
        missing: Variables that nothing is known for; they stay in braces.
    """

    code: str
    text: str
    missing: Sequence[str]


def counted(work: UnitOfWork, conversation: Conversation, text: str) -> str:
    """Say how long a text is on the person's channel."""
    contact_id = conversation.last_contact_id
    contact = work.contacts.find(contact_id) if contact_id else None
    if contact is not None and contact.channel is not Channel.SMS:
        return f"{len(text)} characters"
    if not text.strip():
        return "0 SMS"
    plain = to_gsm(text.strip())
    written = to_sms(plain)
    cost = segments(written)
    odd = "".join(sorted(outside_gsm(plain)))[:5]
    why = f", {odd} without marks" if written != plain else f" because of {odd}" if odd else ""
    return f"{cost.count} SMS · {len(written)} characters · {cost.encoding}{why}"


def canned_for(
    work: UnitOfWork, conversation_id: str, agent: SignedIn, *, search: str
) -> list[Suggestion]:
    """Return the canned replies that fit a chat's shipper and language, best matches first."""
    conversation = work.conversations.get(conversation_id)
    language = work.people.get(conversation.person_id).language
    delivery = next(iter(seen_deliveries(work, conversation, agent)), None)
    known = _known(work, conversation, delivery, agent.name)
    fitting = [
        each
        for each in work.canned_replies.all()
        if each.language in (None, language)
        and each.shipper_id in (None, delivery.shipper_id if delivery else None)
    ]
    wanted = search.strip().lstrip("/").casefold()
    ranked = sorted(
        (rank, each.code, each) for each in fitting if (rank := _rank(each, wanted)) is not None
    )
    return [_filled(each, known) for _, _, each in ranked[:SHOWN]]


def words_for_canned() -> Mapping[str, str]:
    """Return the variables that canned replies may have, with what they stand for."""
    return VARIABLES


def unknown_variables(text: str) -> list[str]:
    """Return what stands in braces in a text and is no variable."""
    return sorted(set(_VARIABLE.findall(text)) - set(VARIABLES))


def _rank(canned: CannedReply, wanted: str) -> int | None:
    """Return how well a reply fits what was typed: its code's beginning, its code, its text."""
    code = canned.code.casefold()
    if code.startswith(wanted):
        return 0
    if wanted in code:
        return 1
    return 2 if wanted in canned.text.casefold() else None


def _filled(canned: CannedReply, known: Mapping[str, str]) -> Suggestion:
    missing = [name for name in _VARIABLE.findall(canned.text) if not known.get(name)]
    text = _VARIABLE.sub(lambda found: known.get(found[1]) or found[0], canned.text)
    return Suggestion(canned.code, text, missing)


def _known(
    work: UnitOfWork, conversation: Conversation, delivery: Delivery | None, agent_name: str
) -> dict[str, str]:
    known = {"agent": agent_name.split(maxsplit=1)[0].capitalize()}
    if delivery is None:
        return known
    place = ZoneInfo(zone_of(work, conversation))
    window = delivery.promised or delivery.window
    known |= {
        "first_name": delivery.recipient_name.split()[0] if delivery.recipient_name else "",
        "parcel": parcel_name(delivery),
        "shipper": work.shippers.get(delivery.shipper_id).name,
        "tracking": delivery.parcels[0].tracking_number,
        "day": f"{delivery.date:%d.%m.}",
    }
    if window is not None:
        start, end = (each.astimezone(place) for each in (window.start, window.end))
        known["window"] = f"{start:%H:%M}-{end:%H:%M}"
    return known
