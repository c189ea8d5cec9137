"""Telegram chats find their person: by a one-time invitation, or by their own number."""

import hashlib
import secrets
from datetime import datetime, timedelta

import phonenumbers

from deliveries.errors import NotAllowedError
from deliveries.model.history import HistoryEntry
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact, LinkToken
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.messages.consent import conversation_of, opt_in

_LIFETIME = timedelta(days=7)
# 24 bytes are 32 characters of Telegram's start payload, which takes 64 of A-Z a-z 0-9 _ -
# (https://core.telegram.org/bots/features#deep-linking).
_TOKEN_BYTES = 24


def invite(work: UnitOfWork, person_id: str, *, now: datetime) -> str:
    """Return a new one-time token that links a Telegram chat to a person; only its hash is kept."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    work.link_tokens.add(
        LinkToken(token_hash=_hash(token), person_id=person_id, expires_at=now + _LIFETIME)
    )
    return token


def start(work: UnitOfWork, contact_id: str, payload: str, *, now: datetime) -> None:
    """Answer ``/start``: link the chat if it brings a valid token; starting is opting in."""
    contact = work.contacts.get(contact_id)
    if payload:
        try:
            token = work.link_tokens.use(_hash(payload), now=now)
        except NotAllowedError:
            _say(work, contact, "telegram_link_invalid", now=now)
        else:
            _link(work, contact, token.person_id, now=now)
        return
    opt_in(work, contact.id, now=now, is_told=True)
    is_known = bool(work.deliveries.latest_of_person(contact.person_id, limit=1))
    _say(work, contact, "telegram_welcome" if is_known else "telegram_welcome_unlinked", now=now)


def link_by_number(
    work: UnitOfWork, contact_id: str, number: ContactAddress, *, now: datetime
) -> None:
    """Link a chat to the person whom we reach by SMS at the number its owner has shared.

    Telegram vouches for the number only if the card is the sender's own: the caller has checked.
    """
    contact = work.contacts.get(contact_id)
    known = work.contacts.by_address(Channel.SMS, _e164(number.reveal()))
    if known is None or known.unlinked_at or not _has_deliveries(work, known.person_id):
        _say(work, contact, "telegram_number_unknown", now=now)
        return
    _link(work, contact, known.person_id, now=now)


def refuse_card(work: UnitOfWork, contact_id: str, *, now: datetime) -> None:
    """Say of somebody else's contact card that it proves nothing, and what to do instead."""
    _say(work, work.contacts.get(contact_id), "telegram_card_of_other", now=now)


def _link(work: UnitOfWork, contact: Contact, person_id: str, *, now: datetime) -> None:
    contact.person_id, contact.verified_at = person_id, now
    contact.unlinked_at = contact.blocked_at = None
    work.flush()
    opt_in(work, contact.id, now=now, is_told=True)
    conversation = conversation_of(work, person_id)
    conversation.last_contact_id = contact.id
    work.history.add(
        HistoryEntry(
            kind="contact_linked",
            at=now,
            actor="recipient",
            conversation_id=conversation.id,
            facts={"contact_id": contact.id, "channel": contact.channel.value},
        )
    )
    _say(work, contact, "telegram_linked", now=now)


def _say(work: UnitOfWork, contact: Contact, name: str, *, now: datetime) -> None:
    conversation = conversation_of(work, contact.person_id)
    work.outbox.add(
        OutboxMessage(
            id=new_id("m"),
            conversation_id=conversation.id,
            contact_id=contact.id,
            purpose=Purpose.REPLY,
            sayings=(Saying(name),),
            created_at=now,
            not_before=now,
            epoch=conversation.epoch,
        )
    )


def _has_deliveries(work: UnitOfWork, person_id: str) -> bool:
    return bool(work.deliveries.latest_of_person(person_id, limit=1))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _e164(number: str) -> str:
    """Return a contact card's number in E.164; Telegram leaves the plus sign away at times."""
    try:
        parsed = phonenumbers.parse(f"+{number.lstrip('+')}")
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
