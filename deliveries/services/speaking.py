"""The language we write in, by the person's own wish."""

from datetime import datetime

from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.turns import Answer, Desk, Heard, settle

LANGUAGES = ("en", "es", "de", "fr")
WORDS_THAT_TELL = 4
NAMES = {
    "en": ("english", "inglés", "ingles", "englisch", "anglais"),
    "es": ("español", "espanol", "spanish", "spanisch", "espagnol", "castellano"),
    "de": ("deutsch", "german", "alemán", "aleman", "allemand"),
    "fr": ("français", "francais", "french", "francés", "frances", "französisch"),
}


def switch_language(desk: Desk, heard: Heard, *, now: datetime) -> Answer:
    """Keep the language that was named; without one, say which there are."""
    wanted = _named(heard.text)
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        person = work.people.get(conversation.person_id)
        if wanted is None:
            return settle(work, heard, [Saying("which_language")], now=now)
        person.language = wanted
        return settle(work, heard, [Saying("language_switched")], now=now)


def other_language(work: UnitOfWork, heard: Heard) -> str | None:
    """Return the language of a whole sentence that shows it, if we write another one."""
    spoken = heard.first("language")
    if spoken not in LANGUAGES or len(heard.text.split()) < WORDS_THAT_TELL:
        return None
    conversation = work.conversations.find(heard.conversation_id)
    if conversation is None or work.people.get(conversation.person_id).language == spoken:
        return None
    return spoken


def follow_language(desk: Desk, heard: Heard, language: str) -> None:
    """Go on in the language that somebody writes."""
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        work.people.get(conversation.person_id).language = language
        work.commit()


def _named(text: str) -> str | None:
    folded = text.casefold()
    return next(
        (code for code, names in NAMES.items() if any(name in folded for name in names)), None
    )
