"""Hears a rating and its comment, before Rasa is asked what is meant."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from deliveries.model.conversation import Conversation
from deliveries.model.history import HistoryEntry, StaffTask
from deliveries.model.ids import new_id
from deliveries.model.message import InboundMessage
from deliveries.model.rating import HIGHEST, LOWEST, Rating
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.replies import menu_number
from deliveries.replies.reading import asks_back

BUTTON = re.compile(r"rate-(?P<id>[A-Za-z0-9-]+)-(?P<score>[1-5])")
# With these a sentence goes on that began with a score.
_GO_ON = (
    "because|since|but|and|as|the|it|he|she|they|very|really|was|weil|aber|und|der|die|das|es|er"
    "|sie|sehr|war|porque|pero|y|el|la|lo|muy|fue|parce|car|mais|et|le|les|il|elle|tres|très|c'était"
)
# "4", "5/5", "5 stars", "4 - the driver was kind", "3, quite late"; not "2 boxes".
SCORED = re.compile(
    r"\s*(?P<score>\d{1,2})(?:\s*/\s*(?:5|10))?(?:\s*(?:stars?|sterne?|estrellas?|etoiles?|étoiles?|\*+))?"
    r"(?:\s*[.,:;!-]+\s*|\s+(?=(?:{words})\b)|\s*$)(?P<rest>.*)".replace("{words}", _GO_ON),
    re.IGNORECASE | re.DOTALL,
)
# What somebody needs help with is kept as a comment and answered all the same.
TROUBLE = re.compile(
    r"not (?:here|arrived|received|get)|n't (?:here|arrived?|get|got|received?)"
    r"|missing|stolen|broken|damaged|agent"
    r"|nicht (?:da|angekommen|erhalten)|fehlt|gestohlen|kaputt|beschädigt|mitarbeiter"
    r"|no (?:está|ha llegado|llegó|recib)|falta|robad|rot[oa]|dañad|agente"
    r"|pas (?:là|arrivé|reçu)|manqu|volé|cassé|abîmé|conseiller",
    re.IGNORECASE,
)
COMMENT_FOR = timedelta(minutes=30)
LONGEST_COMMENT = 1000
POOR = 2


@dataclass(frozen=True)
class Heard:
    """What was made of a message.

    Attributes:
        sayings: The answer.
        goes_on: It is to be answered as any other message too.
    """

    sayings: tuple[Saying, ...] = ()
    goes_on: bool = False


def hear_rating(
    work: UnitOfWork,
    conversation: Conversation,
    message: InboundMessage,
    *,
    has_menu: bool,
    now: datetime,
) -> Heard | None:
    """Take a score or a comment from a message; none: it is about something else.

    Args:
        work: The caller's unit of work.
        conversation: Whose turn it is, with the bot.
        message: What was written or tapped.
        has_menu: A menu is open that a bare digit stands for.
        now: The day's time.
    """
    rating = work.ratings.latest_of(conversation.id)
    if rating is None or rating.asked_at is None or now < rating.asked_at:
        return _about_nothing(message)
    tapped = BUTTON.fullmatch(message.option_id or "")
    if tapped is not None:
        if tapped["id"] != rating.id or rating.score is not None or now >= rating.expires_at:
            return Heard((Saying("rating_closed"),))
        return _score(work, rating, int(tapped["score"]), "", now=now)
    if message.option_id or not message.text.strip():
        return None
    if rating.score is None:
        is_open = now < rating.expires_at and not has_menu
        return _read_score(work, rating, message.text, now=now) if is_open else None
    return _comment(rating, message.text, now=now)


def _about_nothing(message: InboundMessage) -> Heard | None:
    is_button = BUTTON.fullmatch(message.option_id or "") is not None
    return Heard((Saying("rating_closed"),)) if is_button else None


def _read_score(work: UnitOfWork, rating: Rating, text: str, *, now: datetime) -> Heard | None:
    found = SCORED.fullmatch(text)
    if found is None:
        number = menu_number(text)
        return _score(work, rating, number, "", now=now) if _counts(number) and number else None
    score, rest = int(found["score"]), found["rest"].strip()
    if asks_back(rest):
        return None
    if _counts(score):
        return _score(work, rating, score, rest, now=now)
    # A bare number that is none of ours was meant for us all the same.
    return None if rest else Heard((Saying("rating_range"),))


def _counts(score: int | None) -> bool:
    return score is not None and LOWEST <= score <= HIGHEST


def _score(work: UnitOfWork, rating: Rating, score: int, comment: str, *, now: datetime) -> Heard:
    rating.score, rating.scored_at = score, now
    rating.comment = comment[:LONGEST_COMMENT] or None
    rating.comment_until = None if comment else now + COMMENT_FOR
    work.history.add(
        HistoryEntry(
            "rated",
            now,
            "recipient",
            delivery_id=rating.delivery_id,
            conversation_id=rating.conversation_id,
            facts={"score": score},
        )
    )
    if score <= POOR:
        _tell_staff(work, rating, now=now)
    is_trouble = bool(TROUBLE.search(comment))
    if comment:
        return Heard((Saying("rating_thanks_comment"),), goes_on=is_trouble)
    return Heard((Saying("rating_thanks_poor" if score <= POOR else "rating_thanks"),))


def _comment(rating: Rating, text: str, *, now: datetime) -> Heard | None:
    """Take the next words for the comment, unless they ask something."""
    until = rating.comment_until
    if until is None or now >= until:
        return None
    rating.comment_until = None
    if asks_back(text) or menu_number(text) is not None:
        return None
    rating.comment = text.strip()[:LONGEST_COMMENT]
    return Heard((Saying("rating_thanks_comment"),), goes_on=bool(TROUBLE.search(text)))


def _tell_staff(work: UnitOfWork, rating: Rating, *, now: datetime) -> None:
    work.tasks.add_once(
        StaffTask(
            id=new_id("t"),
            kind="poor_rating",
            dedupe_key=f"poor_rating:{rating.id}",
            created_at=now,
            delivery_id=rating.delivery_id,
            conversation_id=rating.conversation_id,
            facts={"score": rating.score},
        )
    )
