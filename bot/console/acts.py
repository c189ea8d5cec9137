"""What agents do for the person: offered, refused and chosen as the assistant would."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from bot.console.access import signed_in
from bot.console.forms import read_form
from bot.console.plain_words import CLAIM_WORDS
from bot.wording.render import Wording
from deliveries.errors import (
    AssistantError,
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    UnavailableError,
)
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying
from deliveries.model.staff import Permission
from deliveries.ports import Clock
from deliveries.services.agents.acting import (
    Hand,
    offer,
    open_claim,
    send_code_again,
    take_option,
)
from deliveries.services.conversing.turns import Answer, Desk

# Sayings that refuse, by how their names begin: going past the rule is offered beneath them.
REFUSING = (
    "option_forbidden",
    "cutoff_passed",
    "all_cutoffs_passed",
    "changes_used_up",
    "too_late_for_that",
    "not_for_this_parcel",
)


@dataclass(frozen=True)
class Choice:
    """One option as a button."""

    id: str
    label: str


@dataclass(frozen=True)
class Outcome:
    """What an act brought, for the panel it was done in.

    Attributes:
        words: For the agent, in English.
        for_reply: The same in the person's language, to be put into a reply.
        is_refused: A rule forbids it; who may can go past it with a reason.
    """

    words: str
    for_reply: str = ""
    options: Sequence[Choice] = ()
    is_refused: bool = False


@dataclass(frozen=True)
class Acts:
    """The acts of the facts panel."""

    desk: Desk
    clock: Clock
    wording: Wording
    templates: Jinja2Templates

    async def offer(self, request: Request) -> Response:
        """Offer what the person could choose."""

        def do(hand: Hand, form: dict[str, str]) -> Outcome:
            goal = form.get("goal", "")
            answer = offer(
                self.desk, hand, form.get("delivery_id", ""), goal, form, now=self.clock.now()
            )
            return self._outcome(hand, answer)

        return await self._do(request, do)

    async def choose(self, request: Request) -> Response:
        """Choose one of the options for the person."""

        def do(hand: Hand, form: dict[str, str]) -> Outcome:
            answer = take_option(
                self.desk,
                hand,
                form.get("delivery_id", ""),
                form.get("option_id", ""),
                now=self.clock.now(),
            )
            return self._outcome(hand, answer)

        return await self._do(request, do)

    async def resend_code(self, request: Request) -> Response:
        """Send the code that the person waits for once more."""

        def do(hand: Hand, form: dict[str, str]) -> Outcome:
            delivery_id = form.get("delivery_id", "")
            send_code_again(self.desk, hand, delivery_id, now=self.clock.now())
            return Outcome("Sent again, to the contact it was made for.")

        return await self._do(request, do)

    async def open_claim(self, request: Request) -> Response:
        """Open a claim."""

        def do(hand: Hand, form: dict[str, str]) -> Outcome:
            kind, now = form.get("kind", ""), self.clock.now()
            with self.desk.unit_of_work() as work:
                is_new = open_claim(work, hand, form.get("delivery_id", ""), kind, now=now)
                work.commit()
            known = "This parcel has an open claim already."
            return Outcome(f"Claim opened: {CLAIM_WORDS[kind].lower()}." if is_new else known)

        return await self._do(request, do)

    async def _do(
        self, request: Request, do: Callable[[Hand, dict[str, str]], Outcome]
    ) -> Response:
        agent, form = signed_in(request), await read_form(request)
        override = form.get("override")
        may_override = agent.may(Permission.OVERRIDE_RULES)
        hand = Hand(request.path_params["id"], agent.agent_id, override)
        status = 200
        try:
            if override is not None and not may_override:
                raise NotAllowedError("override")
            outcome = await asyncio.to_thread(do, hand, form)
        except AssistantError as error:
            outcome, status = _refusal(error)
        kept = {name: form[name] for name in form if name not in ("csrf_token", "override")}
        context = {
            "agent": agent,
            "chat_id": hand.conversation_id,
            "outcome": outcome,
            "kept": kept,
            "path": request.url.path,
            "may_override": may_override,
        }
        return self.templates.TemplateResponse(request, "outcome.html", context, status_code=status)

    def _outcome(self, hand: Hand, answer: Answer) -> Outcome:
        offer_id = next((each.offer_id for each in reversed(answer.sayings) if each.offer_id), None)
        with self.desk.unit_of_work(read_only=True) as work:
            person_id = work.conversations.get(hand.conversation_id).person_id
            language = work.people.get(person_id).language
            found = work.offers.find(offer_id) if offer_id else None
            options = [
                Choice(each.id, self._words([each.label], "en"))
                for each in (found.options if found else ())
            ]
        names = [each.name for each in answer.sayings]
        return Outcome(
            self._words(answer.sayings, "en"),
            for_reply="" if options else self._words(answer.sayings, language),
            options=options,
            is_refused=any(name.startswith(REFUSING) for name in names),
        )

    def _words(self, sayings: Sequence[Saying], language: str) -> str:
        bare = [Saying(each.name, each.facts) for each in sayings]
        rendered = self.wording.render(
            bare, None, language=language, channel=Channel.TELEGRAM, now=self.clock.now()
        )
        return rendered.text


def _refusal(error: AssistantError) -> tuple[Outcome, int]:
    match error:
        case ConflictError():
            return Outcome("Take the chat over first: only who has it acts for the person."), 409
        case NotAllowedError() if str(error) == "code_needed":
            said = "This needs a code from the contact of the booking: the person must choose it."
            return Outcome(said, is_refused=True), 409
        case NotAllowedError():
            return Outcome("Your role does not let you go past rules."), 403
        case InvalidInputError() if str(error) in _INVALID:
            return Outcome(_INVALID[str(error)], is_refused=str(error) == "reason"), 422
        case UnavailableError():
            return Outcome("The planner does not answer. Please try again."), 503
    return Outcome("That cannot be done any more. Please look again."), 409


_INVALID = {
    "no_code": "No code is waited for.",
    "reason": "Say why you go past the rule.",
}
