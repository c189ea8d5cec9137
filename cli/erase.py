"""``doorstep erase``: takes away everything kept of one person."""

import argparse
import os
from collections.abc import Iterable
from datetime import UTC, datetime

from cli.person import add_person, find_person
from deliveries.environment import Environment
from deliveries.model.privacy import Copy
from deliveries.services.privacy.erasing import erase_person
from deliveries.services.staff.accounts import COMMAND_LINE
from integrations.storage import storage

HELP = "erase everything kept of one person; it cannot be taken back"


def configure(parser: argparse.ArgumentParser) -> None:
    """Take whose, and the word that it is meant."""
    add_person(parser)
    parser.add_argument("--yes", action="store_true", help="do it; without, nothing is changed")


def run(arguments: argparse.Namespace) -> int:
    """Erase the person, or say what would be."""
    environment = Environment(os.environ)
    url = environment.required("DOORSTEP_DATABASE_URL")
    environment.check()
    store = storage(url)
    try:
        with store.unit_of_work() as work:
            person_id = find_person(work, arguments)
            now = datetime.now(UTC)
            copies = erase_person(work, person_id, actor=COMMAND_LINE, now=now)
            if arguments.yes:
                work.commit()
    finally:
        store.close()
    done = "is erased" if arguments.yes else "would be erased: nothing was changed, --yes does it"
    print(f"{person_id} {done}")
    _tell_elsewhere(copies)
    return 0


def _tell_elsewhere(copies: Iterable[Copy]) -> None:
    for copy in copies:
        print(f"to be removed there by hand: {copy.system} {copy.name}")
