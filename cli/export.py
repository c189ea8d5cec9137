"""``doorstep export``: everything kept of one person, for them to have."""

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from cli.person import add_person, find_person
from deliveries.environment import Environment
from deliveries.errors import ConflictError
from deliveries.services.privacy.erasing import export_person
from deliveries.services.staff.accounts import COMMAND_LINE
from integrations.storage import storage
from integrations.vault import FernetVault

HELP = "write down everything kept of one person (JSON)"


def configure(parser: argparse.ArgumentParser) -> None:
    """Take whose, and where to."""
    add_person(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="a new file; else it is printed")


def run(arguments: argparse.Namespace) -> int:
    """Write it."""
    environment = Environment(os.environ)
    url = environment.required("DOORSTEP_DATABASE_URL")
    key = environment.required("DOORSTEP_SECRET_KEY")
    environment.check()
    store = storage(url)
    try:
        with store.unit_of_work() as work:
            found = export_person(
                work,
                find_person(work, arguments),
                FernetVault(key),
                actor=COMMAND_LINE,
                now=datetime.now(UTC),
            )
            work.commit()
    finally:
        store.close()
    _write(json.dumps(found, indent=2, ensure_ascii=False) + "\n", arguments.out)
    return 0


def _write(text: str, file: Path | None) -> None:
    if file is None:
        sys.stdout.write(text)
        return
    try:
        # For its owner's eyes only, from the first byte.
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise ConflictError(f"{file} exists already") from None
    file.write_text(text)
