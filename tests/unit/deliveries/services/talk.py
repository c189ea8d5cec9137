"""A person talking to the services, as an action would pass their turns on."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from deliveries.model.offer import Offer
from deliveries.model.saying import Saying
from deliveries.services.committing.choosing import choose
from deliveries.services.committing.undoing import undo
from deliveries.services.conversing.asking import (
    help_out,
    not_understood,
    out_of_scope,
    report_problem,
    thank,
)
from deliveries.services.conversing.continuing import go_on
from deliveries.services.conversing.goals import GOALS, pursue, tell_where
from deliveries.services.conversing.replying import answer_menu
from deliveries.services.conversing.speaking import switch_language
from deliveries.services.conversing.turns import Answer, Desk, Entity, Heard
from integrations.geography import KnownPlaces, RoadGeography
from integrations.storage import Storage
from tests.builders import NOW
from tests.doubles import OpenPlanner, OpenVault

SERVICES: dict[str, Callable[..., Answer]] = {
    "track_parcel": tell_where,
    "switch_language": switch_language,
    "thank": thank,
    "ask_help": help_out,
    "out_of_scope": out_of_scope,
    "nlu_fallback": not_understood,
    "report_missing": report_problem,
    "undo_choice": undo,
    "inform": go_on,
    "affirm": go_on,
    "deny": go_on,
}


@dataclass
class Talk:
    """One person's conversation; ``now`` may be moved between turns."""

    store: Storage
    planner: OpenPlanner = field(default_factory=OpenPlanner)
    now: datetime = NOW - timedelta(days=1)
    turns: int = 0
    answer: Answer = field(default_factory=lambda: Answer(()))
    conversation_id: str = "conv-1"
    contact_id: str = "c-1"

    @property
    def desk(self) -> Desk:
        ground = RoadGeography()
        places = KnownPlaces(self.store.unit_of_work, ground)
        return Desk(self.store.unit_of_work, self.planner, ground, OpenVault(), places)

    def say(
        self, text: str, intent: str, *, also: tuple[str, ...] = (), **entities: str
    ) -> list[str]:
        """Say something that was understood so; return the names of what is answered."""
        found = tuple(Entity(kind, value) for kind, value in entities.items())
        heard = replace(self._heard(text, intent, found), also=also)
        in_context = answer_menu(self.desk, heard, now=self.now)
        if in_context is not None:
            self.answer = in_context
        elif intent in GOALS:
            self.answer = pursue(self.desk, heard, intent, now=self.now)
        else:
            self.answer = SERVICES[intent](self.desk, heard, now=self.now)
        return [saying.name for saying in self.answer.sayings]

    def press(self, position: int) -> list[str]:
        """Choose the option at a position, from 1; return the names of what is answered."""
        offer = self.offer()
        assert offer is not None
        return self.tap(offer.options[position - 1].id)

    def tap(self, option_id: str) -> list[str]:
        heard = self._heard("", "choose", (), option_id)
        self.answer = choose(self.desk, heard, now=self.now)
        return [saying.name for saying in self.answer.sayings]

    def send_position(self, lat: float, lon: float) -> list[str]:
        """Share a position; return the names of what is answered."""
        heard = replace(self._heard("/inform", "inform", ()), text="", location=(lat, lon))
        self.answer = go_on(self.desk, heard, now=self.now)
        return [saying.name for saying in self.answer.sayings]

    def offer(self) -> Offer | None:
        """Return the offer beneath the last answer."""
        offer_id = next((each.offer_id for each in self.answer.sayings if each.offer_id), None)
        if offer_id is None:
            return None
        with self.store.unit_of_work() as work:
            return work.offers.get(offer_id)

    def options(self) -> list[str]:
        """Return the names of the options beneath the last answer."""
        offer = self.offer()
        return [option.label.name for option in offer.options] if offer else []

    def last(self) -> Saying:
        return self.answer.sayings[-1]

    def _heard(
        self, text: str, intent: str, entities: tuple[Entity, ...], option_id: str | None = None
    ) -> Heard:
        self.turns += 1
        return Heard(
            f"{self.conversation_id}:{self.turns}",
            self.conversation_id,
            self.contact_id,
            text,
            intent,
            entities,
            option_id,
        )
