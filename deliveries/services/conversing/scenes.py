"""What a goal starts from: the conversation, its person and the deliveries in question."""

from collections.abc import Sequence
from dataclasses import dataclass

from deliveries.model.conversation import Conversation, Draft
from deliveries.model.delivery import Delivery
from deliveries.model.offer import OptionKind
from deliveries.model.recipient import Person
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork
from deliveries.services.committing.offering import Choice, beneath, make_offer
from deliveries.services.conversing.closing import closed_saying, with_menu
from deliveries.services.conversing.second_wishes import offer_second
from deliveries.services.conversing.subject import group_facts
from deliveries.services.conversing.turns import Answer, Matter, settle, understood


@dataclass(frozen=True)
class Scene:
    """A goal's surroundings, inside one unit of work."""

    work: UnitOfWork
    matter: Matter
    conversation: Conversation
    person: Person
    deliveries: Sequence[Delivery]

    @property
    def zone(self) -> str:
        """The zone of the address."""
        return self.deliveries[0].zone

    def facts(self) -> dict[str, Fact]:
        """Return the facts that name the deliveries."""
        return group_facts(self.work, self.deliveries)

    def say(self, *sayings: Saying, draft: Draft | None = None) -> Answer:
        """Answer, and leave open what the draft says."""
        understood(self.conversation, draft)
        self.conversation.focus = self.matter.delivery_ids
        if draft is None and not any(saying.offer_id for saying in sayings):
            sayings += offer_second(
                self.work,
                self.conversation,
                self.matter.gathered,
                self.deliveries,
                settled=False,
                now=self.matter.now,
            )
        return settle(self.work, self.matter.heard, sayings, now=self.matter.now)

    def ask(self, name: str, choices: Sequence[Choice], *, asked: str) -> Answer:
        """Ask for what is missing; the choices are other ways out."""
        return self.say(self.offered(name, choices), draft=self.draft(asked=asked))

    def draft(self, *, asked: str) -> Draft:
        """Return the choice so far, with what our question is for."""
        return Draft(
            self.matter.goal, self.matter.delivery_ids, asked=asked, gathered=self.matter.gathered
        )

    def offered(self, name: str, choices: Sequence[Choice], /, **facts: Fact) -> Saying:
        """Return a saying with the choices beneath it, as far as they could be held."""
        offer = make_offer(
            self.work, self.conversation, self.deliveries, choices, now=self.matter.now
        )
        return beneath(self.work, Saying(name, self.facts() | facts), offer, self.deliveries)

    def is_closed(self, kind: OptionKind) -> bool:
        """Say whether the option is closed; to who goes past the rules, nothing is."""
        if self.matter.heard.override:
            return False
        return closed_saying(self.work, self.deliveries, kind, now=self.matter.now) is not None

    def closed(self, kind: OptionKind) -> Answer | None:
        """Answer that the option is closed, with what is still open; nothing if it is open."""
        saying = closed_saying(self.work, self.deliveries, kind, now=self.matter.now)
        if saying is None or self.matter.heard.override:
            return None
        shown = with_menu(
            self.work, self.conversation, self.deliveries, saying, now=self.matter.now
        )
        return self.say(shown)


def enter(work: UnitOfWork, matter: Matter) -> Scene:
    """Read what a goal starts from."""
    conversation = work.conversations.get(matter.heard.conversation_id)
    return Scene(
        work=work,
        matter=matter,
        conversation=conversation,
        person=work.people.get(conversation.person_id),
        deliveries=work.deliveries.many(matter.delivery_ids),
    )
