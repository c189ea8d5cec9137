"""The language we write in, by the person's own wish."""

import re
from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.replies import denies
from deliveries.services.conversing.asking import back_to_choice
from deliveries.services.conversing.turns import Answer, Desk, Heard, settle

LANGUAGES = ("en", "es", "de", "fr")
WORDS_THAT_TELL = 3
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
        sayings = [Saying("language_switched"), *back_to_choice(work, conversation)]
        return settle(work, heard, sayings, now=now)


def other_language(work: UnitOfWork, heard: Heard) -> str | None:
    """Return the language of a whole sentence that shows it, if we write another one."""
    spoken = heard.first("language")
    if spoken not in LANGUAGES or len(heard.text.split()) < WORDS_THAT_TELL:
        return None
    conversation = work.conversations.find(heard.conversation_id)
    if conversation is None or _is_naming(conversation):
        return None
    if work.people.get(conversation.person_id).language == spoken:
        return None
    return spoken


def follow_language(desk: Desk, heard: Heard, language: str) -> None:
    """Go on in the language that somebody writes."""
    with desk.unit_of_work() as work:
        conversation = work.conversations.get(heard.conversation_id)
        work.people.get(conversation.person_id).language = language
        work.commit()


def _is_naming(conversation: Conversation) -> bool:
    """Say whether we asked for a name, which tells nothing of who writes it: "Frau Yilmaz, 12"."""
    draft = conversation.draft
    return draft is not None and draft.asked == "neighbour"


def _named(text: str) -> str | None:
    """Return the language that is wished for; "no hablo inglés, en español" names two."""
    folded = text.casefold()
    found = {
        max(folded.rfind(name) for name in names): code
        for code, names in NAMES.items()
        if any(name in folded for name in names)
    }
    wanted = {at: code for at, code in found.items() if not _is_unknown(folded[:at])}
    return wanted[max(wanted)] if wanted else None


def _is_unknown(before: str) -> bool:
    """Say whether the words before a language's name say that it is not understood."""
    clause = re.split(r"[.,;:!?\n]", before)[-1]
    return denies(clause)
