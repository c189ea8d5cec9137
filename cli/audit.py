"""``doorstep audit``: whether the log of what staff did is as it was written."""

import argparse
import os
import re

from deliveries.environment import Environment
from deliveries.errors import InvalidInputError
from deliveries.model.staff import AuditHead
from deliveries.services.staff.auditing import verify
from integrations.storage import storage

HELP = "verify the log of what staff did"
_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


def configure(parser: argparse.ArgumentParser) -> None:
    """Take what to do and an end of the log noted earlier."""
    parser.add_argument("deed", choices=("verify",))
    parser.add_argument(
        "--known",
        metavar="END",
        help="an end printed by an earlier run and kept elsewhere; it must still be in the log",
    )


def run(arguments: argparse.Namespace) -> int:
    """Walk the chain and print its end; exit with 1 where it is broken."""
    environment = Environment(os.environ)
    url = environment.required("DOORSTEP_DATABASE_URL")
    environment.check()
    store = storage(url)
    try:
        with store.unit_of_work(read_only=True) as work:
            head, broken = verify(work, known=_read(arguments.known))
    finally:
        store.close()
    if broken is not None:
        print(f"BROKEN at entry {broken.seq}: {broken.what}. It holds up to entry {head.seq}.")
        return 1
    print(f"{head.seq} entries, unbroken. The end of the log, to be kept elsewhere:")
    print(f"{head.seq}:{head.entry_hash}")
    return 0


def _read(known: str | None) -> AuditHead | None:
    if known is None:
        return None
    found = _HEAD.fullmatch(known)
    if found is None:
        raise InvalidInputError("known")
    return AuditHead(int(found[1]), found[2])
