"""The language we write in, by the person's own wish."""

from datetime import datetime

from deliveries.model.saying import Saying
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


def follow_language(desk: Desk, heard: Heard) -> None:
    """Go on in the language somebody writes, once a whole sentence shows which one it is."""
    spoken = heard.first("language")
    if spoken not in LANGUAGES or len(heard.text.split()) < WORDS_THAT_TELL:
        return
    with desk.unit_of_work(read_only=True) as work:
        conversation = work.conversations.find(heard.conversation_id)
        if conversation is None or work.people.get(conversation.person_id).language == spoken:
            return
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        work.people.get(conversation.person_id).language = spoken
        work.commit()


def _named(text: str) -> str | None:
    folded = text.casefold()
    return next(
        (code for code, names in NAMES.items() if any(name in folded for name in names)), None
    )
