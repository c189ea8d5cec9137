"""Finding a person's chat by what they say of themselves: exactly, and noted."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

import phonenumbers

from deliveries.errors import InvalidInputError
from deliveries.model.console import ChatSummary, Sought
from deliveries.model.delivery import comparable_number
from deliveries.model.saying import Fact
from deliveries.ports import UnitOfWork
from deliveries.services.staff.auditing import record

SHORTEST = 3
LONGEST = 100
_LOOKS_LIKE_A_PHONE = re.compile(r"\+?[\d\s()/.-]{7,}")


def search_chats(
    work: UnitOfWork, text: str, *, agent_id: str, limit: int, now: datetime
) -> Sequence[ChatSummary]:
    """Return the chats that a tracking number, phone number, postcode or whole name leads to.

    A house number before or after the postcode narrows it. Which chats were found is noted, and not
    by what.

    Raises:
        InvalidInputError: If the text is too short to tell anybody apart, or too long.
    """
    words = " ".join(text.replace(",", " ").split())
    if not SHORTEST <= len(words) <= LONGEST:
        raise InvalidInputError("text")
    sought = Sought(
        number=comparable_number(words),
        addresses=_numbers_in(work, words),
        places=tuple(_places_in(words)),
        # Some stores compare letters beyond ASCII as they are written.
        names=(words.lower(), words.title(), words.upper()),
    )
    agent = work.agents.find(agent_id)
    shippers = agent.scope if agent else ()
    found = work.chat_lists.found(sought, agent_id=agent_id, limit=limit, shippers=shippers)
    ids: list[Fact] = [each.conversation_id for each in found]
    record(work, agent_id, "chats.searched", "conversation", "", after={"found": ids}, now=now)
    return found


def _numbers_in(work: UnitOfWork, words: str) -> tuple[str, ...]:
    """Return a phone number as each of the shippers' countries reads it."""
    if not _LOOKS_LIKE_A_PHONE.fullmatch(words):
        return ()
    countries = {shipper.country for shipper in work.shippers.all()}
    return tuple(sorted(filter(None, (_number(words, country) for country in countries))))


def _number(words: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(words, country)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _places_in(words: str) -> Iterator[tuple[str, str]]:
    """Yield what may be a postcode, alone and with a house number before or after it."""
    parts = words.upper().split()
    yield "".join(parts), ""
    if len(parts) > 1:
        yield "".join(parts[1:]), parts[0]
        yield "".join(parts[:-1]), parts[-1]
