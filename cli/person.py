"""Finds the person whom a command is about."""

import argparse

import phonenumbers

from deliveries.errors import InvalidInputError, NotFoundError
from deliveries.model.recipient import Channel
from deliveries.ports import UnitOfWork


def add_person(parser: argparse.ArgumentParser) -> None:
    """Take whose data it is about."""
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--phone", help="their number, with the country's code: +44 …")
    whose.add_argument("--telegram", metavar="CHAT", help="the id of their chat with the bot")
    whose.add_argument("--person", metavar="ID", help="our own id of them")


def find_person(work: UnitOfWork, arguments: argparse.Namespace) -> str:
    """Return the person's id.

    Raises:
        InvalidInputError: If the number is none.
        NotFoundError: If nobody is known by it.
    """
    if arguments.person is not None:
        return work.people.get(arguments.person).id
    if arguments.telegram is not None:
        places = [(Channel.TELEGRAM, arguments.telegram)]
    else:
        number = _e164(arguments.phone)
        places = [(Channel.SMS, number), (Channel.WHATSAPP, number)]
    for channel, address in places:
        contact = work.contacts.by_address(channel, address)
        if contact is not None:
            return contact.person_id
    raise NotFoundError("nobody is known there")


def _e164(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        raise InvalidInputError("not a phone number with its country's code") from None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
