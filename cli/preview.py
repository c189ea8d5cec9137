"""``doorstep preview``: what recipients would read, with segments and cost; own words for it."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.checking import check_own
from bot.wording.previewing import ANY_COUNTRY, Preview, facts_of, preview, read_prices
from bot.wording.render import Wording
from deliveries.environment import Environment
from deliveries.errors import InvalidInputError
from deliveries.model.delivery import Delivery
from deliveries.model.recipient import Channel
from deliveries.model.saying import Fact
from deliveries.ports import UnitOfWork
from deliveries.services.wordings.writing import write_wording
from integrations.storage import storage

HELP = "show notices as recipients read them, with segments and cost; write a shipper's own words"


def configure(parser: argparse.ArgumentParser) -> None:
    """Take what to show, whose words, and words to try or to keep."""
    parser.add_argument("notices", nargs="*", metavar="NOTICE", help="such as notice_delay (all)")
    parser.add_argument("--shipper", help="in this shipper's own words")
    parser.add_argument("--delivery", help="with a delivery's facts: its id, or SHIPPER/REFERENCE")
    parser.add_argument("--language", action="append", choices=["en", "de", "es", "fr"])
    parser.add_argument("--channel", action="append", type=Channel, choices=list(Channel))
    parser.add_argument("--country", default=ANY_COUNTRY, help="where it is read (the shipper's)")
    parser.add_argument(
        "--prices",
        default=os.environ.get("DOORSTEP_SEGMENT_PRICES", ""),
        help="of an SMS segment: GB=0.04,*=0.05 (DOORSTEP_SEGMENT_PRICES)",
    )
    parser.add_argument("--text", help="words to try for the one notice and language named")
    parser.add_argument("--save", action="store_true", help="keep --text as the shipper's own")
    parser.add_argument("--reset", action="store_true", help="let the house's words count again")
    parser.add_argument("--json", action="store_true", help="one JSON object a message")


def run(arguments: argparse.Namespace) -> int:
    """Print the messages; keep words if told to."""
    house = Wording(Catalogue(read_sources()))
    known = _Known(house, None, arguments.country)
    if arguments.shipper or arguments.delivery:
        known = _look_up(house, arguments)
    wording = known.wording
    if arguments.text is not None:
        name, language = _one(arguments)
        check_own(house.catalogue, name, language, arguments.text)
        wording = Wording(house.catalogue.with_own({language: {name: arguments.text}}))
    found = preview(
        wording,
        arguments.notices,
        arguments.language or list(house.catalogue.languages),
        arguments.channel or [Channel.SMS],
        read_prices(arguments.prices),
        country=known.country,
        facts=known.facts,
    )
    for each in found:
        sys.stdout.write("".join(_lines(each, is_json=arguments.json)))
    return 0


@dataclass(frozen=True)
class _Known:
    """By which words, with which facts and where a notice is read."""

    wording: Wording
    facts: Mapping[str, Fact] | None
    country: str


def _look_up(house: Wording, arguments: argparse.Namespace) -> _Known:
    """Keep words if told to; return what the database knows."""
    environment = Environment(os.environ)
    url = environment.required("DOORSTEP_DATABASE_URL")
    environment.check()
    store = storage(url)
    try:
        if arguments.save or arguments.reset:
            with store.unit_of_work() as work:
                _write(work, house.catalogue, arguments)
                work.commit()
        with store.unit_of_work(read_only=True) as work:
            delivery = _find(work, arguments.delivery) if arguments.delivery else None
            shipper = work.shippers.get(
                arguments.shipper or (delivery.shipper_id if delivery else "")
            )
            facts = facts_of(work, delivery) if delivery else {"shipper": shipper.name}
            is_any = arguments.country == ANY_COUNTRY
            country = shipper.country if is_any else arguments.country
            return _Known(house.of(work, shipper.id), facts, country)
    finally:
        store.close()


def _one(arguments: argparse.Namespace) -> tuple[str, str]:
    if len(arguments.notices) != 1 or len(arguments.language or []) != 1:
        raise InvalidInputError("name one notice and one --language")
    return arguments.notices[0], arguments.language[0]


def _write(work: UnitOfWork, catalogue: Catalogue, arguments: argparse.Namespace) -> None:
    name, language = _one(arguments)
    text = None if arguments.reset else arguments.text
    if text is None and not arguments.reset:
        raise InvalidInputError("--save needs --text")
    if arguments.shipper is None:
        raise InvalidInputError("name a --shipper")
    if text is not None:
        check_own(catalogue, name, language, text)
    now = datetime.now(UTC)
    by = os.environ.get("USER", "")
    write_wording(work, arguments.shipper, name, language, text, by=by, now=now)


def _find(work: UnitOfWork, name: str) -> Delivery:
    shipper_id, is_reference, reference = name.partition("/")
    known = work.deliveries.by_reference(shipper_id, reference) if is_reference else None
    return known or work.deliveries.get(name)


def _lines(found: Preview, *, is_json: bool) -> Iterator[str]:
    if is_json:
        yield json.dumps(asdict(found)) + "\n"
        return
    size = f"{found.segments} SMS ({found.encoding})" if found.segments else "no SMS"
    cost = "" if found.cost is None else f", {found.cost:.4f}"
    where = "" if found.country == ANY_COUNTRY else f" {found.country}"
    yield f"{found.name}  {found.language}{where}  {found.channel.value}  {size}{cost}\n"
    yield "".join(f"    {line}\n" for line in found.text.splitlines())
