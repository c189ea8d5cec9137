"""``doorstep dry-run``: who would be told what on a day, when, and what would be held back."""

import argparse
import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import override
from zoneinfo import ZoneInfo

from bot.channels.twilio.whatsapp import Templates, read_templates
from bot.settings import Settings
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.previewing import ANY_COUNTRY, read_prices
from bot.wording.render import Wording
from cli.rehearsal import NO_TEMPLATES, Foreseen, Rehearsal
from deliveries.environment import Environment
from deliveries.model.recipient import Channel
from deliveries.planner_settings import PlannerSettings
from deliveries.services.conversing.turns import Desk
from integrations.geography import RoadGeography
from integrations.logs import set_up_logs
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planning import rehearsing_planner
from integrations.storage import Storage, storage
from integrations.storage.copying import copy_days
from integrations.vault import FernetVault

HELP = "list what would be sent about a day's deliveries, with segments and cost; sends nothing"
BEGINS, ENDS = time(12), time(23, 59)
SHOWN = 60
NOT_ASKED = "since asking the one in use would tell drivers or cost money; its times may differ"


@dataclass(frozen=True)
class Ways:
    """By which channels the gateway sends.

    Attributes:
        templates: What may be said on WhatsApp to who has not written for a day.
    """

    channels: tuple[Channel, ...] = (Channel.SMS, Channel.TELEGRAM)
    templates: Templates = NO_TEMPLATES


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the day, what a segment costs, and the form of the list."""
    parser.add_argument("--date", type=date.fromisoformat, help="the service day (tomorrow)")
    parser.add_argument("--now", type=datetime.fromisoformat, help="ISO 8601 instant (now)")
    parser.add_argument(
        "--segment-price",
        type=float,
        default=float(os.environ.get("DOORSTEP_SEGMENT_PRICE", "0")),
        help="what one SMS segment costs, in your currency (DOORSTEP_SEGMENT_PRICE)",
    )
    parser.add_argument(
        "--prices",
        default=os.environ.get("DOORSTEP_SEGMENT_PRICES", ""),
        help="what it costs by country: GB=0.04,*=0.05 (DOORSTEP_SEGMENT_PRICES)",
    )
    parser.add_argument("--out", type=Path, help="a file to write to (standard output)")
    parser.add_argument("--json", action="store_true", help="one JSON object a message, no totals")


def run(arguments: argparse.Namespace) -> int:
    """Print the messages in order of time, then the totals."""
    environment = Environment(os.environ)
    url = environment.required("DOORSTEP_DATABASE_URL")
    key = environment.required("DOORSTEP_SECRET_KEY")
    planning_s = environment.number("DOORSTEP_PLANNING_SECONDS", 20)
    settings = PlannerSettings.read(environment)
    environment.check()
    set_up_logs(key=key, level=logging.WARNING)
    now = (arguments.now or datetime.now(UTC)).astimezone(UTC)
    day = arguments.date or now.date() + timedelta(days=1)
    if settings.onfleet is not None or settings.google is not None:
        sys.stderr.write(f"days that are not planned yet: routes by our own planner, {NOT_ASKED}\n")
    ways = configured_ways(os.environ)
    foreseen = foresee(url, key, day, now=now, settings=settings, planning_s=planning_s, ways=ways)
    prices = {ANY_COUNTRY: arguments.segment_price, **read_prices(arguments.prices)}
    lines = (
        (json.dumps(_as_json(each, prices)) for each in foreseen)
        if arguments.json
        else _as_text(foreseen, prices)
    )
    text = "".join(f"{line}\n" for line in lines)
    if arguments.out is None:
        sys.stdout.write(text)
    else:
        arguments.out.write_text(text, encoding="utf-8")
    return 0


def configured_ways(values: Mapping[str, str]) -> Ways:
    """Return what is switched on, by the gateway's own reading; without any account SMS, Telegram.

    What else the gateway needs may be missing here: nothing is sent.

    Args:
        values: Of the environment.

    Raises:
        InvalidInputError: If WhatsApp's templates cannot be read.
    """
    settings = Settings.read(_Lenient(values))
    twilio, telegram = settings.twilio, settings.telegram
    if twilio is None and telegram is None:
        return Ways()
    whatsapp = twilio is not None and twilio.whatsapp_from is not None
    switched = (
        (Channel.SMS, twilio is not None),
        (Channel.WHATSAPP, whatsapp),
        (Channel.TELEGRAM, telegram is not None),
    )
    templates = read_templates(twilio.whatsapp_templates if twilio and whatsapp else None)
    return Ways(tuple(each for each, is_on in switched if is_on), templates)


class _Lenient(Environment):
    """Settings of another process, as far as they are known here."""

    @override
    def check(self) -> None:
        """Leave what is missing or wrong to the process that needs it."""


def foresee(
    url: str,
    key: str,
    day: date,
    *,
    now: datetime,
    settings: PlannerSettings,
    planning_s: float,
    ways: Ways | None = None,
) -> list[Foreseen]:
    """Return what would be said about a day's deliveries from its eve, or from now if later.

    With it comes what would leave that day about parcels that wait at pickup points.

    Args:
        url: The database; it is read and left as it is.
        key: Opens the vault.
        day: The service day.
        now: Where the rehearsal begins, if the eve has begun.
        settings: Of the planner in use.
        planning_s: Time for planning a day that is not planned yet.
        ways: Of sending; none: SMS and Telegram.

    Raises:
        UnavailableError: If the store cannot be reached, or the planner finds nothing.
    """
    copy, zones = _copied(url, day)
    try:
        eve = datetime.combine(day - timedelta(days=1), BEGINS)
        begins = [eve.replace(tzinfo=zone).astimezone(UTC) for zone in zones]
        ends = [datetime.combine(day, ENDS, tzinfo=zone).astimezone(UTC) for zone in zones]
        local = EmbeddedPlanner(budget_s=planning_s)
        planner = rehearsing_planner(settings, local, copy.unit_of_work)
        desk = Desk(copy.unit_of_work, planner, RoadGeography(), FernetVault(key))
        rehearsal = _rehearsal(desk, ways or Ways())
        found = rehearsal.run(max(now, *begins), max(ends)) if zones else []
    finally:
        copy.close()
    about = [each for each in found if each.belongs_to(day)]
    return sorted(about, key=lambda each: (each.at, each.shipper_id, each.reference))


def _rehearsal(desk: Desk, ways: Ways) -> Rehearsal:
    # Codes are counted as they leave; what is listed has them hidden, as threads have.
    wording = Wording(Catalogue(read_sources()), desk.vault)
    return Rehearsal(desk, wording, ways.channels, templates=ways.templates)


def _copied(url: str, day: date) -> tuple[Storage, set[ZoneInfo]]:
    """Return a copy of a day and its neighbours in memory, and the zones of all depots."""
    store = storage(url)
    try:
        with store.unit_of_work(read_only=True) as work:
            zones = {ZoneInfo(depot.zone) for depot in work.depots.all()}
        return copy_days(store, day - timedelta(days=1), day + timedelta(days=1)), zones
    finally:
        store.close()


def _as_json(each: Foreseen, prices: Mapping[str, float]) -> dict[str, object]:
    return {
        "at": each.at.isoformat(),
        "delivery": f"{each.shipper_id}/{each.reference}",
        "notice": each.notice,
        "channel": each.channel.value,
        "contact": each.contact_id,
        "segments": each.segments,
        "cost": _cost(each, prices),
        "held_back": each.held_back,
        "waited_for": each.waited_for,
        "text": each.text,
    }


def _as_text(foreseen: Sequence[Foreseen], prices: Mapping[str, float]) -> Iterator[str]:
    for each in foreseen:
        what = f"held back: {each.held_back}" if each.held_back else _in_line(each)
        size = f"{each.segments} SMS" if each.segments else each.channel.value
        name = f"{each.shipper_id}/{each.reference}"
        yield f"{each.at:%a %H:%M}Z  {each.notice:<12} {size:<9} {name:<24} {what[:SHOWN]}"
    leaving = [each for each in foreseen if each.held_back is None]
    segments = sum(each.segments or 0 for each in leaving)
    cost = sum(_cost(each, prices) for each in leaving)
    by_notice = Counter(each.notice for each in leaving)
    held = Counter(each.held_back for each in foreseen if each.held_back)
    waited = Counter(each.waited_for for each in foreseen if each.waited_for)
    yield f"{len(leaving)} messages, {segments} SMS segments, cost {cost:.2f}"
    yield "by notice: " + _counted(by_notice)
    yield "waited for: " + _counted(waited)
    yield "held back: " + _counted(held)


def _in_line(each: Foreseen) -> str:
    text = each.text.replace("\n", " / ")
    return f"(after {each.waited_for}) {text}" if each.waited_for else text


def _cost(each: Foreseen, prices: Mapping[str, float]) -> float:
    """Return what a message costs; what is held back costs nothing."""
    if each.held_back is not None or not each.segments:
        return 0.0
    return each.segments * prices.get(each.country, prices.get(ANY_COUNTRY, 0.0))


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"
