"""``doorstep offer``: what the running plans could offer a recipient now; nothing is held."""

import argparse
import json
import os
import sys
from datetime import UTC, datetime

from deliveries.environment import Environment
from deliveries.model.delivery import Delivery
from deliveries.planner_settings import PlannerSettings
from deliveries.ports import UnitOfWork
from deliveries.services.committing.slots import best_of, read_ground, servable
from deliveries.services.conversing.turns import Desk, wished_windows
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planning import rehearsing_planner
from integrations.storage import storage
from integrations.vault import FernetVault

HELP = "list the windows that can be offered for a delivery, cheapest first"


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the delivery, a wish in words, and the instant."""
    parser.add_argument("delivery", help="its id, or SHIPPER/REFERENCE")
    parser.add_argument("--wish", default="", help='as a recipient writes it: "friday after 5"')
    parser.add_argument("--shown", action="store_true", help="only what would be shown")
    parser.add_argument("--now", type=datetime.fromisoformat, help="ISO 8601 instant (now)")


def run(arguments: argparse.Namespace) -> int:
    """Print one JSON object a window: its start, its end, and the seconds it adds to the route."""
    environment = Environment(os.environ)
    url = environment.required("DOORSTEP_DATABASE_URL")
    key = environment.required("DOORSTEP_SECRET_KEY")
    settings = PlannerSettings.read(environment)
    environment.check()
    now = (arguments.now or datetime.now(UTC)).astimezone(UTC)
    store = storage(url)
    try:
        planner = rehearsing_planner(settings, EmbeddedPlanner(), store.unit_of_work)
        desk = Desk(store.unit_of_work, planner, RoadGeography(), FernetVault(key))
        with store.unit_of_work(read_only=True) as work:
            delivery = _find(work, arguments.delivery)
            language, zone = work.people.get(delivery.person_id).language, delivery.zone
            wishes = wished_windows(arguments.wish, now=now, zone=zone, language=language)
            ground = read_ground(work, [delivery], wishes, now=now)
        slots = servable(desk, ground, now=now)
        if arguments.shown:
            slots = best_of(slots, wishes, zone=zone)[0]
    finally:
        store.close()
    for slot in slots:
        window = {"start": slot.window.start.isoformat(), "end": slot.window.end.isoformat()}
        sys.stdout.write(json.dumps({**window, "added_s": slot.added_s}) + "\n")
    return 0


def _find(work: UnitOfWork, name: str) -> Delivery:
    """Return a delivery by its id or its shipper's reference.

    Raises:
        NotFoundError: If there is none.
    """
    shipper_id, is_reference, reference = name.partition("/")
    known = work.deliveries.by_reference(shipper_id, reference) if is_reference else None
    return known or work.deliveries.get(name)
