"""From files to lines; what a line means is checked by ``deliveries.services.days.rows``."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from deliveries.errors import InvalidInputError
from deliveries.services.days.importing import DaySources
from deliveries.services.days.rows import Source
from integrations.day_files.loggibud import is_loggibud, loggibud_day

KINDS = ("shippers", "depots", "vehicles", "pickup_points", "deliveries")
ENDINGS = (".csv", ".json")


def read_sources(paths: Sequence[Path], *, seed: int = 1) -> DaySources:
    """Return the lines of files, or of a folder's files, by what they hold.

    A CSV file is named by what it holds (``deliveries.csv``). A JSON file holds lists by these
    names, one list under such a file name, or a LoggiBUD instance.

    Args:
        paths: Files and folders.
        seed: Seed of the made-up people where the file has none (LoggiBUD).

    Raises:
        InvalidInputError: If a file cannot be read at all; the message names file and line.
    """
    lines: dict[str, list[Source]] = {kind: [] for kind in KINDS}
    for path in _files(paths):
        for kind, sources in _read(path, seed).items():
            lines[kind] += sources
    return DaySources(**lines)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.suffix in ENDINGS)
        elif path.suffix in ENDINGS:
            yield path
        else:
            raise InvalidInputError(f"{path.name}: only .csv and .json files can be read")


def _read(path: Path, seed: int) -> Mapping[str, Sequence[Source]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInputError(f"{path.name}: cannot be read as UTF-8 text") from error
    if path.suffix == ".csv":
        return {_kind(path): list(_csv_lines(path.name, text))}
    return _json_lines(path, text, seed)


def _kind(path: Path) -> str:
    if path.stem not in KINDS:
        raise InvalidInputError(f"{path.name}: the name is none of {', '.join(KINDS)}")
    return path.stem


def _csv_lines(name: str, text: str) -> Iterator[Source]:
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    # A byte that is no text must not end the reading of the file half-way.
    reader = csv.DictReader(text.replace("\0", "").splitlines(), delimiter=delimiter, strict=True)
    try:
        for values in reader:
            if any(values.values()):
                known = {key: value for key, value in values.items() if key is not None}
                yield Source(name, reader.line_num, known)
    except csv.Error as error:
        raise InvalidInputError(f"{name}:{reader.line_num}: is not well-formed CSV") from error


def _json_lines(path: Path, text: str, seed: int) -> Mapping[str, Sequence[Source]]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidInputError(f"{path.name}:{error.lineno}: is not well-formed JSON") from error
    except RecursionError as error:
        raise InvalidInputError(f"{path.name}: is nested too deeply") from error
    if is_loggibud(content):
        content = loggibud_day(content, seed=seed)
    elif isinstance(content, list):
        content = {_kind(path): content}
    if not isinstance(content, dict):
        raise InvalidInputError(f"{path.name}: holds neither lists by name nor one list")
    return {
        kind: [_json_line(path.name, number, item) for number, item in enumerate(content[kind], 1)]
        for kind in KINDS
        if isinstance(content.get(kind), list)
    }


def _json_line(name: str, number: int, item: object) -> Source:
    if not isinstance(item, dict):
        raise InvalidInputError(f"{name}:{number}: is not an object")
    return Source(name, number, item)
