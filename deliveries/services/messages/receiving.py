"""What happens the moment something arrives: it is kept, and words of consent take effect."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from deliveries.model.conversation import Conversation
from deliveries.model.ids import new_id
from deliveries.model.message import InboundMessage
from deliveries.model.personal import ContactAddress, Secret
from deliveries.model.recipient import Channel, Contact, Person
from deliveries.ports import UnitOfWork, Vault
from deliveries.services.identity import linking
from deliveries.services.identity.codes import find_code
from deliveries.services.identity.disputing import dispute
from deliveries.services.identity.door_pins import has_pin, is_pin_word, resend_pin
from deliveries.services.messages import consent
from deliveries.services.messages.consent import Keyword, conversation_of, recognise

# For so long after a code was sent, a number alone is taken for one: late is not lost.
CODES_REMEMBERED_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Arrival:
    """Something that came in over a network, verified.

    Attributes:
        provider_id: The network's own id of it.
        option_id: What a tapped button carried.
        pictures: What the network fetches each picture by.
        network_keyword: What the network took it for; it has confirmed any change already.
        start_payload: What came with Telegram's ``/start``; none: it was something else.
        own_number: The sender's own phone number, vouched for by the network.
        is_others_card: A contact card that is not the sender's own.
    """

    channel: Channel
    provider_id: str
    address: ContactAddress
    text: str = ""
    option_id: str | None = None
    media_count: int = 0
    pictures: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    network_keyword: Keyword | None = None
    start_payload: str | None = None
    own_number: ContactAddress | None = None
    is_others_card: bool = False


@dataclass(frozen=True)
class Received:
    """What became of an arrival.

    Attributes:
        is_new: It had not arrived before.
        waits_for_turn: Somebody must answer it; else it is settled.
    """

    conversation_id: str
    contact_id: str
    is_new: bool
    waits_for_turn: bool


def receive(work: UnitOfWork, arrival: Arrival, *, vault: Vault, now: datetime) -> Received:
    """Keep an arrival once, with its contact and conversation, and act on words of consent.

    A code in its text is kept sealed, and the text without it.
    """
    contact = _contact_of(work, arrival)
    conversation = conversation_of(work, contact.person_id)
    is_silent = _is_silent(contact)
    effect = _effect_of(arrival, is_silent=is_silent)
    is_for_linking = _is_for_linking(arrival, is_with_bot=conversation.is_with_bot)
    wants_pin = not is_silent and effect is None and conversation.is_with_bot
    wants_pin = wants_pin and is_pin_word(arrival.text) and has_pin(work, contact, now=now)
    is_settled = is_silent or effect is not None or is_for_linking or wants_pin
    code = None if is_settled else _code_in(work, contact, conversation, arrival.text, now=now)
    message = InboundMessage(
        channel=arrival.channel,
        provider_id=arrival.provider_id,
        contact_id=contact.id,
        conversation_id=conversation.id,
        text=code[1] if code else arrival.text,
        code_sealed=vault.seal(Secret(code[0])) if code and conversation.is_with_bot else None,
        received_at=now,
        option_id=arrival.option_id,
        media_count=arrival.media_count,
        pictures=arrival.pictures,
        lat=arrival.lat,
        lon=arrival.lon,
        worked_at=now if is_settled else None,
        trace={"keyword": effect.value} if effect else None,
    )
    is_new = work.inbound.add_once(message)
    if is_new:
        _touch(work, contact, conversation, now=now)
        if is_for_linking:
            _link(work, contact, arrival, now=now)
        elif effect is not None:
            _obey(work, contact, effect, is_told=arrival.network_keyword is not None, now=now)
        if wants_pin:
            resend_pin(work, contact, now=now)
    return Received(conversation.id, contact.id, is_new, is_new and not is_settled)


def note_blocked(
    work: UnitOfWork, channel: Channel, address: ContactAddress, *, is_blocked: bool, now: datetime
) -> None:
    """Note that a person has blocked us on a network, or lets us write again."""
    contact = work.contacts.by_address(channel, address.reveal())
    if contact is not None:
        contact.blocked_at = (contact.blocked_at or now) if is_blocked else None


def _code_in(
    work: UnitOfWork, contact: Contact, conversation: Conversation, text: str, *, now: datetime
) -> tuple[str, str] | None:
    """Return the digits of a code that we have sent, or a slip of it, and the text without them."""
    if find_code(text, alone=False) is None:
        return None
    challenge = work.challenges.latest_of(conversation.id) or work.challenges.latest_sent_to(
        contact.id
    )
    if challenge is None or now - challenge.created_at >= CODES_REMEMBERED_FOR:
        return None
    return find_code(text, alone=not challenge.is_open)


def _contact_of(work: UnitOfWork, arrival: Arrival) -> Contact:
    contact = work.contacts.by_address(arrival.channel, arrival.address.reveal())
    if contact is None:
        contact = Contact(
            id=new_id("k"),
            person_id=_owner_of_number(work, arrival) or _stranger(work),
            channel=arrival.channel,
            address=arrival.address,
        )
        work.contacts.add(contact)
        work.flush()
    return contact


def _owner_of_number(work: UnitOfWork, arrival: Arrival) -> str | None:
    """Return whose number somebody on WhatsApp has, which WhatsApp has made sure of."""
    if arrival.channel is not Channel.WHATSAPP:
        return None
    known = work.contacts.by_address(Channel.SMS, arrival.address.reveal())
    return known.person_id if known is not None and known.unlinked_at is None else None


def _stranger(work: UnitOfWork) -> str:
    person = Person(id=new_id("p"))
    work.people.add(person)
    work.flush()
    return person.id


def _is_silent(contact: Contact) -> bool:
    """Nothing may be answered: the person opted out, or is not the one we took them for.

    Who opts out does so with every contact; the gate looks at all of them once more.
    """
    return contact.unlinked_at is not None or contact.opted_out_at is not None


def _effect_of(arrival: Arrival, *, is_silent: bool) -> Keyword | None:
    if arrival.start_payload is not None or arrival.own_number is not None:
        return None
    own = recognise(arrival.text)
    if arrival.network_keyword is Keyword.OPT_IN and own is not Keyword.OPT_IN and not is_silent:
        # Networks take "yes" for a start word; from somebody who never left, it is an answer.
        return None
    return arrival.network_keyword or own


def _is_for_linking(arrival: Arrival, *, is_with_bot: bool) -> bool:
    """An agent gets somebody else's card as they get pictures; the bot can only say what it is."""
    is_own = arrival.start_payload is not None or arrival.own_number is not None
    return is_own or (arrival.is_others_card and is_with_bot)


def _touch(
    work: UnitOfWork, contact: Contact, conversation: Conversation, *, now: datetime
) -> None:
    contact.last_inbound_at = now
    contact.blocked_at = None
    contact.note_alive()
    conversation.last_contact_id = contact.id
    if _is_unproven_number(contact) and work.deliveries.open_of_person(contact.person_id):
        contact.verified_at = now


def _is_unproven_number(contact: Contact) -> bool:
    return (
        contact.channel in (Channel.SMS, Channel.WHATSAPP)
        and contact.verified_at is None
        and contact.unlinked_at is None
    )


def _link(work: UnitOfWork, contact: Contact, arrival: Arrival, *, now: datetime) -> None:
    if arrival.start_payload is not None:
        linking.start(work, contact.id, arrival.start_payload, now=now)
    elif arrival.own_number is not None:
        linking.link_by_number(work, contact.id, arrival.own_number, now=now)
    else:
        linking.refuse_card(work, contact.id, now=now)


def _obey(
    work: UnitOfWork, contact: Contact, effect: Keyword, *, is_told: bool, now: datetime
) -> None:
    match effect:
        case Keyword.OPT_OUT:
            consent.opt_out(work, contact.id, now=now, is_told=is_told)
        case Keyword.OPT_IN:
            if not consent.opt_in(work, contact.id, now=now, is_told=is_told):
                consent.confirm_opt_in(work, contact.id, now=now)
        case Keyword.HELP if not is_told:
            consent.answer_help(work, contact.id, now=now)
        case Keyword.NOT_ME:
            if not dispute(work, contact, now=now):
                consent.unlink(work, contact.id, now=now)
        case Keyword.WRONG_PERSON:
            consent.unlink(work, contact.id, now=now)
        case Keyword.HELP:
            pass
