"""Words that take effect at once in every state: stop, start, help, and "wrong number".

Providers react to some of them too; what they did is mirrored, never fought
(https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out).
"""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from deliveries.model.conversation import Conversation, ConversationState
from deliveries.model.delivery import Delivery
from deliveries.model.history import HistoryEntry, StaffTask
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.recipient import Contact, Person
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork

OPT_OUT_DONE = "opt_out_done"
OPT_IN_DONE = "opt_in_done"
HELP_INFO = "help_info"
WRONG_PERSON_DONE = "wrong_person_done"

_OPTED_OUT, _OPTED_IN = "opted_out", "opted_in"

# The confirmation of an opt-out must follow within five minutes (47 CFR 64.1200(a)(12)).
ANSWER_LIFETIME = timedelta(minutes=5)
# Of a person's parcels nobody speaks of older ones.
LATEST = 50


class Keyword(StrEnum):
    """What a message that consists of a known word or phrase wants."""

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    HELP = "help"
    NOT_ME = "not_me"
    WRONG_PERSON = "wrong_person"


_PHRASES = {
    Keyword.OPT_OUT: (
        "stop",
        "stop all",
        "unsubscribe",
        "cancel",
        "end",
        "quit",
        "revoke",
        "opt out",
    ),
    Keyword.OPT_IN: ("start", "unstop"),
    Keyword.HELP: ("help", "info"),
    Keyword.NOT_ME: (
        *("not me", "its not me", "this is not me", "this isnt me", "thats not me"),
        *("that was not me", "that wasnt me", "it was not me", "it wasnt me", "this wasnt me"),
        *("nicht ich", "ich nicht", "das bin ich nicht", "das war ich nicht", "ich war das nicht"),
        *("no soy yo", "yo no", "no fui yo", "yo no fui", "no he sido yo", "yo no he sido"),
        *("pas moi", "ce nest pas moi", "cest pas moi", "ce netait pas moi", "cetait pas moi"),
    ),
    Keyword.WRONG_PERSON: (
        "wrong number",
        "wrong person",
        "wrong phone number",
        "you have the wrong number",
        "you have the wrong person",
        "youve got the wrong number",
        "youve got the wrong person",
        "this is the wrong number",
        "sorry wrong number",
        *("falsche nummer", "falsche person", "sie haben die falsche nummer", "nummer falsch"),
        *("numero equivocado", "persona equivocada", "se equivoca de numero", "numero erroneo"),
        *("mauvais numero", "faux numero", "mauvaise personne", "vous avez le mauvais numero"),
    ),
}
_LONGEST = 60
_BY_LETTERS = {
    phrase.replace(" ", ""): keyword for keyword, phrases in _PHRASES.items() for phrase in phrases
}


def recognise(text: str) -> Keyword | None:
    """Return what a message wants that is nothing but one of the words, in any case or spacing."""
    if len(text) > _LONGEST:
        return None
    # Accents come and go on phones: they are set aside.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    return _BY_LETTERS.get("".join(letter for letter in plain if letter.isalnum()))


def opt_out(
    work: UnitOfWork,
    contact_id: str,
    *,
    now: datetime,
    actor: str = "recipient",
    is_told: bool = False,
) -> None:
    """Silence the whole person at once; confirmed at most once, and not if the network did.

    Args:
        work: The caller's unit of work.
        contact_id: The contact that asked.
        now: The instant.
        actor: Who did it, for the history.
        is_told: The network has confirmed it already.
    """
    contact = work.contacts.get(contact_id)
    contacts = work.contacts.of_person(contact.person_id)
    was_silent = any(each.opted_out_at for each in contacts)
    for each in contacts:
        each.opted_out_at = each.opted_out_at or now
    if was_silent:
        return
    conversation = conversation_of(work, contact.person_id)
    work.outbox.suppress_bot(conversation.id, reason=_OPTED_OUT)
    _note(work, conversation, _OPTED_OUT, actor=actor, now=now)
    if not is_told:
        _answer(work, conversation, contact, OPT_OUT_DONE, now=now)


def opt_in(
    work: UnitOfWork,
    contact_id: str,
    *,
    now: datetime,
    actor: str = "recipient",
    is_told: bool = False,
) -> bool:
    """Let the whole person hear from us again, about every parcel; say whether that was news."""
    contact = work.contacts.get(contact_id)
    contacts = work.contacts.of_person(contact.person_id)
    was_silent = any(each.opted_out_at for each in contacts)
    for each in contacts:
        each.opted_out_at = None
    resumed = _resume_notices(work, contact.person_id, actor=actor, now=now)
    if not was_silent and not resumed:
        return False
    conversation = conversation_of(work, contact.person_id)
    _note(work, conversation, _OPTED_IN, actor=actor, now=now, facts={"contact": contact_id})
    # Of parcels alone a network knows nothing: it has confirmed no such thing.
    if not is_told or not was_silent:
        _answer(work, conversation, contact, OPT_IN_DONE, now=now)
    return True


def wants_messages_elsewhere(work: UnitOfWork, contact_id: str) -> bool:
    """Say whether the person's last word on it was a start by another contact than this one.

    A network that was told to stop keeps that until a start comes by the same number: what it
    refuses then is no new wish.
    """
    conversation = conversation_of(work, work.contacts.get(contact_id).person_id)
    history = work.history.of_conversation(conversation.id)
    said = [each for each in history if each.kind in (_OPTED_OUT, _OPTED_IN)]
    if not said or said[-1].kind != _OPTED_IN:
        return False
    return said[-1].facts.get("contact", contact_id) != contact_id


def stop_notices(
    work: UnitOfWork,
    conversation: Conversation,
    deliveries: Sequence[Delivery],
    *,
    now: datetime,
    actor: str = "recipient",
) -> None:
    """Send no more notices about some deliveries; about others, and to replies, all goes on.

    What waits to leave about them is held back by the gate.
    """
    for delivery in deliveries:
        if delivery.notices_stopped_at is None:
            delivery.notices_stopped_at = now
            work.history.add(
                HistoryEntry("notices_stopped", now, actor, delivery.id, conversation.id)
            )


def answer_help(work: UnitOfWork, contact_id: str, *, now: datetime) -> None:
    """Say who we are and how to reach a person."""
    contact = work.contacts.get(contact_id)
    _answer(work, conversation_of(work, contact.person_id), contact, HELP_INFO, now=now)


def confirm_opt_in(work: UnitOfWork, contact_id: str, *, now: datetime) -> None:
    """Answer a start word of somebody who never opted out."""
    contact = work.contacts.get(contact_id)
    _answer(work, conversation_of(work, contact.person_id), contact, OPT_IN_DONE, now=now)


def unlink(work: UnitOfWork, contact_id: str, *, now: datetime) -> None:
    """Part a contact from a person whom nobody knows there, at once and for good.

    The contact moves to a new person without deliveries, so that no later message can show
    anything of the old one; staff get a task, and the contact one last message.
    """
    contact = work.contacts.get(contact_id)
    if contact.unlinked_at is not None:
        return
    former = conversation_of(work, contact.person_id)
    contact.unlinked_at = now
    work.outbox.suppress_bot(former.id, reason="unlinked")
    former.pass_to(former.state, owner_id=former.owner_id)
    _note(work, former, "contact_unlinked", actor="recipient", now=now)
    deliveries = work.deliveries.open_of_person(former.person_id)
    for delivery in deliveries:
        work.history.add(HistoryEntry("contact_unlinked", now, "recipient", delivery.id))
    work.tasks.add_once(
        StaffTask(
            id=new_id("t"),
            kind="wrong_person",
            dedupe_key=f"wrong_person:{contact.id}",
            created_at=now,
            delivery_id=next((each.id for each in deliveries), None),
            conversation_id=former.id,
            facts={
                "contact_id": contact.id,
                "shipper_ids": list[Fact](sorted({each.shipper_id for each in deliveries})),
            },
        )
    )
    stranger = Person(id=new_id("p"), language=work.people.get(contact.person_id).language)
    work.people.add(stranger)
    work.flush()
    contact.person_id = stranger.id
    _forget_contact(work, former, contact)
    _answer(work, conversation_of(work, stranger.id), contact, WRONG_PERSON_DONE, now=now)


def conversation_of(work: UnitOfWork, person_id: str) -> Conversation:
    """Return a person's conversation; begin it if there is none yet."""
    conversation = work.conversations.of_person(person_id)
    if conversation is None:
        conversation = Conversation(
            id=new_id("c"), person_id=person_id, state=ConversationState.BOT
        )
        work.conversations.add(conversation)
        work.flush()
    return conversation


def _forget_contact(work: UnitOfWork, conversation: Conversation, contact: Contact) -> None:
    if conversation.last_contact_id == contact.id:
        others = work.contacts.of_person(conversation.person_id)
        conversation.last_contact_id = next(
            (each.id for each in others if each.is_reachable and each.id != contact.id), None
        )


def _answer(
    work: UnitOfWork, conversation: Conversation, contact: Contact, name: str, *, now: datetime
) -> None:
    work.outbox.add(
        OutboxMessage(
            id=new_id("m"),
            conversation_id=conversation.id,
            contact_id=contact.id,
            purpose=Purpose.CONFIRMATION,
            sayings=(Saying(name),),
            created_at=now,
            not_before=now,
            expires_at=now + ANSWER_LIFETIME,
        )
    )


def _resume_notices(work: UnitOfWork, person_id: str, *, actor: str, now: datetime) -> bool:
    """Let notices about every parcel go on; say whether any had been stopped."""
    latest = work.deliveries.latest_of_person(person_id, limit=LATEST)
    stopped = [each for each in latest if each.notices_stopped_at is not None]
    for delivery in stopped:
        delivery.notices_stopped_at = None
        work.history.add(HistoryEntry("notices_resumed", now, actor, delivery.id))
    return bool(stopped)


def _note(
    work: UnitOfWork,
    conversation: Conversation,
    kind: str,
    *,
    actor: str,
    now: datetime,
    facts: Mapping[str, Fact] = MappingProxyType({}),
) -> None:
    work.history.add(
        HistoryEntry(kind, at=now, actor=actor, conversation_id=conversation.id, facts=facts)
    )
