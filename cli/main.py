"""The ``doorstep`` command: finds the subcommand's module and runs it."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from deliveries.environment import SettingsError
from deliveries.errors import AssistantError

SUBCOMMANDS = {
    "run": "cli.run",
    "serve": "cli.serve",
    "import": "cli.import_",
    "windows": "cli.windows",
    "offer": "cli.offer",
    "user": "cli.user",
    "audit": "cli.audit",
    "dry-run": "cli.dry_run",
    "simulate": "cli.simulate",
    "doctor": "cli.doctor",
    "export": "cli.export",
    "erase": "cli.erase",
    "preview": "cli.preview",
    "migrate": "cli.migrate",
}
"""Module of each subcommand; each has ``HELP``, ``configure(parser)`` and ``run(arguments)``."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code (2: wrong use or settings, 1: it failed)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="doorstep", description="Run deliveries by conversation.")
    subparsers = parser.add_subparsers(dest="subcommand", required=True, metavar="COMMAND")
    for name, module in SUBCOMMANDS.items():
        _add(subparsers, name, module, is_wanted=name in given[:1] or given[:1] in ([], ["--help"]))
    parsed = parser.parse_args(given)
    command = importlib.import_module(SUBCOMMANDS[parsed.subcommand])
    try:
        return int(command.run(parsed))
    except SettingsError as error:
        sys.stderr.write(f"doorstep: {error}\n")
        return 2
    except AssistantError as error:
        sys.stderr.write(f"doorstep: {error.code}: {error}\n")
        return 1


def _add(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    module: str,
    *,
    is_wanted: bool,
) -> None:
    """Add a subcommand; only the one that was asked for loads its module."""
    if not is_wanted:
        subparsers.add_parser(name)
        return
    command = importlib.import_module(module)
    parser = subparsers.add_parser(name, help=command.HELP, description=command.HELP)
    command.configure(parser)
