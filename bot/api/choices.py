"""What a recipient could choose, and choosing it as they would."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from bot.api.dependencies import Dependencies
from bot.api.guarding import REFUSED_STATUS, refusal
from deliveries.errors import InvalidInputError, NotFoundError
from deliveries.model.delivery import Delivery
from deliveries.model.ids import new_id
from deliveries.model.offer import Offer, OptionKind
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.committing.choosing import REFUSALS, choose
from deliveries.services.conversing.closing import GOAL_OF_KIND
from deliveries.services.conversing.goals import pursue
from deliveries.services.conversing.turns import Answer, Heard
from deliveries.services.messages.consent import conversation_of
from deliveries.services.notices.posting import contact_for


class SayingOut(BaseModel):
    """What the recipient would read."""

    name: str
    text: str


class OptionOut(BaseModel):
    """One thing to choose."""

    id: str
    kind: str
    label: str
    details: dict[str, Any]
    cutoff_at: datetime | None


class OfferOut(BaseModel):
    """A menu; its options can be chosen until another menu takes its place."""

    id: str
    expires_at: datetime
    options: list[OptionOut]


class AnswerOut(BaseModel):
    """What the recipient would get."""

    sayings: list[SayingOut]
    offer: OfferOut | None


class ChoiceIn(BaseModel):
    """The option that is chosen."""

    option_id: str


def add_choice_routes(router: APIRouter, dependencies: Dependencies) -> None:
    """Add the routes that offer and choose."""

    @router.get("/deliveries/{delivery_id}/offers", tags=["choices"])
    def get_offers(delivery_id: str, kind: str = "window", text: str = "") -> AnswerOut:
        """Offer what the recipient would be offered; it takes the place of their open menu.

        ``text`` is a wish in the recipient's own words, such as "friday after 5".
        """
        goal = next((goal for each, goal in GOAL_OF_KIND.items() if each.value == kind), None)
        if goal is None:
            known = ", ".join(sorted(each.value for each in GOAL_OF_KIND))
            raise InvalidInputError(f"kind is none of {known}")
        heard = _heard(dependencies, delivery_id, text=text, intent=goal)
        now = dependencies.clock.now()
        answer = pursue(dependencies.desk, heard, goal, now=now, delivery_ids=(delivery_id,))
        return _answer(dependencies, answer)

    @router.post("/deliveries/{delivery_id}/choices", tags=["choices"], response_model=AnswerOut)
    def post_choice(delivery_id: str, choice: ChoiceIn) -> Response:
        """Choose an option as the recipient would; the verdict follows by message to them."""
        option = _require_option(dependencies, delivery_id, choice.option_id)
        heard = _heard(
            dependencies, delivery_id, text="", intent=option.value, option_id=choice.option_id
        )
        answer = choose(dependencies.desk, heard, now=dependencies.clock.now())
        told = _answer(dependencies, answer)
        refused = _refused(answer)
        if refused is not None:
            return refusal(REFUSED_STATUS, refused, told.sayings[0].text)
        return JSONResponse(told.model_dump(mode="json"))


def _heard(
    dependencies: Dependencies,
    delivery_id: str,
    *,
    text: str,
    intent: str,
    option_id: str | None = None,
) -> Heard:
    """Return a turn as if the recipient had taken it."""
    with dependencies.unit_of_work() as work:
        delivery = work.deliveries.get(delivery_id)
        conversation = conversation_of(work, delivery.person_id)
        contact_id = conversation.last_contact_id or _contact_id(
            work, delivery, now=dependencies.clock.now()
        )
        heard = Heard(new_id("api"), conversation.id, contact_id, text, intent, (), option_id)
        work.commit()
    return heard


def _contact_id(work: UnitOfWork, delivery: Delivery, *, now: datetime) -> str:
    contact, _ = contact_for(work, delivery.person_id, now=now)
    if contact is None:
        raise NotFoundError("the recipient has no contact")
    return contact.id


def _require_option(dependencies: Dependencies, delivery_id: str, option_id: str) -> OptionKind:
    """Return the kind of an option, if it was offered for that delivery."""
    with dependencies.unit_of_work(read_only=True) as work:
        offer = work.offers.find(option_id.rsplit(".", 1)[0])
        option = offer.option(option_id) if offer else None
        if offer is None or option is None or delivery_id not in offer.delivery_ids:
            raise NotFoundError("no option of that delivery has that id")
        return option.kind


def _refused(answer: Answer) -> str | None:
    """Return the code of a refusal, if the answer is one."""
    name = answer.sayings[0].name if answer.sayings else ""
    return next((code for code in REFUSALS.values() if name.startswith(code)), None)


def _answer(dependencies: Dependencies, answer: Answer) -> AnswerOut:
    offer_id = next((each.offer_id for each in reversed(answer.sayings) if each.offer_id), None)
    with dependencies.unit_of_work(read_only=True) as work:
        offer = work.offers.find(offer_id) if offer_id else None
        shown = _offer(dependencies, offer) if offer else None
    return AnswerOut(
        sayings=[
            SayingOut(name=each.name, text=_words(dependencies, each)) for each in answer.sayings
        ],
        offer=shown,
    )


def _offer(dependencies: Dependencies, offer: Offer) -> OfferOut:
    return OfferOut(
        id=offer.id,
        expires_at=offer.expires_at,
        options=[
            OptionOut(
                id=option.id,
                kind=option.kind.value,
                label=_words(dependencies, option.label),
                details=dict(option.details),
                cutoff_at=option.cutoff_at,
            )
            for option in offer.options
        ],
    )


def _words(dependencies: Dependencies, saying: Saying) -> str:
    bare = Saying(saying.name, saying.facts)
    rendered = dependencies.wording.render(
        [bare], None, language="en", channel=Channel.TELEGRAM, now=dependencies.clock.now()
    )
    return rendered.text
