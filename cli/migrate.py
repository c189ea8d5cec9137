"""``doorstep migrate``: brings the database's tables up to date."""

import argparse
import os

from deliveries.environment import Environment
from integrations.storage.migrations import migrate

HELP = "bring the database up to date"


def configure(parser: argparse.ArgumentParser) -> None:
    """Take nothing: the database is a setting."""
    parser.epilog = "DOORSTEP_DATABASE_URL names the database."


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 every subcommand takes them
    """Apply the migrations that are missing."""
    environment = Environment(os.environ)
    url = environment.required("DOORSTEP_DATABASE_URL")
    environment.check()
    migrate(url)
    return 0
