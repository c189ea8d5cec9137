"""``doorstep import``: takes in a delivery day from files."""

import argparse
import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from deliveries.environment import Environment
from deliveries.errors import InvalidInputError
from deliveries.services.days.importing import Summary, read_day, take_in
from integrations.day_files import read_sources
from integrations.storage import storage

HELP = "take in deliveries, depots, vehicles and pickup points from CSV or JSON files"


def configure(parser: argparse.ArgumentParser) -> None:
    """Take files, the day, and what to do about bad lines."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files or folders")
    parser.add_argument(
        "--date", type=date.fromisoformat, help="service day of lines that name none (tomorrow)"
    )
    parser.add_argument(
        "--skip-bad-lines", action="store_true", help="take in the rest, not nothing"
    )
    parser.add_argument("--seed", type=int, default=1, help="of made-up people (LoggiBUD files)")


def run(arguments: argparse.Namespace) -> int:
    """Import, and say what was taken in and what is wrong, line by line."""
    environment = Environment(os.environ)
    url = environment.required("DOORSTEP_DATABASE_URL")
    environment.check()
    day = arguments.date or datetime.now(UTC).date() + timedelta(days=1)
    summary = import_files(
        url,
        arguments.files,
        service_day=day,
        skips_bad_lines=arguments.skip_bad_lines,
        seed=arguments.seed,
    )
    if summary is None:
        return 1
    print(
        f"{summary.shippers} shippers, {summary.depots} depots, {summary.vehicles} vehicles, "
        f"{summary.pickup_points} pickup points, {summary.new_deliveries} new deliveries, "
        f"{summary.known_deliveries} brought up to date"
    )
    return 0


def import_files(
    url: str,
    files: list[Path],
    *,
    service_day: date,
    skips_bad_lines: bool = False,
    seed: int = 1,
) -> Summary | None:
    """Import files into a database; with problems nothing at all, unless they may be skipped.

    Problems are written to the standard error, one a line.
    """
    store = storage(url)
    try:
        sources = read_sources(files, seed=seed)
        with store.unit_of_work() as work:
            rows = read_day(work, sources, service_day=service_day)
            for problem in rows.problems:
                sys.stderr.write(f"{problem}\n")
            if rows.problems and not skips_bad_lines:
                sys.stderr.write("nothing was imported; --skip-bad-lines takes in the rest\n")
                return None
            summary = take_in(work, rows, now=datetime.now(UTC))
            work.commit()
            return summary
    except InvalidInputError as error:
        sys.stderr.write(f"{error}\n")
        return None
    finally:
        store.close()
