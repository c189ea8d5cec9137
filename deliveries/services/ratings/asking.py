"""A11: asks once how a delivery went, some time after it, where the shipper wants to know."""

from datetime import datetime, timedelta

from deliveries.errors import ConflictError
from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.ids import new_id
from deliveries.model.rating import Rating
from deliveries.model.saying import Fact
from deliveries.ports import UnitOfWork, UnitOfWorkFactory
from deliveries.services.messages.consent import conversation_of
from deliveries.services.notices.posting import Notice, contact_for, post

ASKED_AFTER = timedelta(minutes=45)
# Whoever could not be asked by then has long forgotten how it was.
ASKED_WITHIN = timedelta(hours=6)
ASKING_LIVES = timedelta(hours=2)
OPEN_FOR = timedelta(days=2)
TALK_OPEN_FOR = timedelta(hours=24)
ASKING = "notice_rating"


def plan_rating(work: UnitOfWork, delivery: Delivery, *, now: datetime) -> None:
    """Note that a delivery's rating is to be asked for, where the shipper wants to know.

    Whoever was asked lately is not asked again for another parcel.
    """
    rules = work.shippers.get(delivery.shipper_id).rules.notices
    if not rules.rating or delivery.status is not DeliveryStatus.DELIVERED:
        return
    conversation = conversation_of(work, delivery.person_id)
    latest = work.ratings.latest_of(conversation.id)
    if latest is not None and now < latest.expires_at:
        return
    work.ratings.add(
        Rating(
            id=new_id("r"),
            conversation_id=conversation.id,
            expires_at=now + OPEN_FOR,
            due_at=now + ASKED_AFTER,
            delivery_id=delivery.id,
            stop_id=delivery.stop_id,
            route_id=delivery.route_id,
        )
    )


def ask_about_handoff(
    work: UnitOfWork, conversation_id: str, handoff_id: str, *, now: datetime
) -> dict[str, Fact]:
    """Open the rating of a talk with staff; return the facts of the saying that asks for it.

    Args:
        work: The caller's unit of work.
        conversation_id: Whose.
        handoff_id: The talk.
        now: When it is asked.
    """
    expires_at = now + TALK_OPEN_FOR
    rating = Rating(new_id("r"), conversation_id, expires_at, asked_at=now, handoff_id=handoff_id)
    work.ratings.add(rating)
    return {"rating_id": rating.id}


def ask_due_ratings(unit_of_work: UnitOfWorkFactory, *, now: datetime) -> int:
    """Ask for the ratings that are due; return how many were asked for.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    with unit_of_work(read_only=True) as work:
        due = [rating.id for rating in work.ratings.due(now)]
    if not due:
        return 0
    try:
        with unit_of_work() as work:
            asked = sum(_ask(work, work.ratings.get(id_), now=now) for id_ in due)
            work.commit()
    except ConflictError:
        # Another worker asks, or the next call does.
        return 0
    return asked


def _ask(work: UnitOfWork, rating: Rating, *, now: datetime) -> bool:
    conversation = work.conversations.get(rating.conversation_id)
    delivery = work.deliveries.get(rating.delivery_id or "")
    if rating.due_at is None:
        return False
    is_stale = now - rating.due_at >= ASKED_WITHIN
    is_barred = contact_for(work, delivery.person_id, now=now)[1] is not None
    if is_stale or is_barred:
        rating.due_at = None
        return False
    if not conversation.is_with_bot or conversation.draft is not None:
        # Something is going on that the question would cut across.
        return False
    rating.due_at, rating.asked_at = None, now
    notice = Notice("A11", ASKING, now + ASKING_LIVES, {"rating_id": rating.id})
    return post(work, [delivery], notice, now=now)
