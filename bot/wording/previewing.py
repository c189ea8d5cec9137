"""What a recipient would read, with the menu beneath it, in how many SMS, and what that costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.wording.checking import check_language, check_name, own_names
from bot.wording.gsm import segments
from bot.wording.render import Rendered, Wording
from bot.wording.samples import NOW, whole
from deliveries.errors import InvalidInputError
from deliveries.model.delivery import Delivery
from deliveries.model.recipient import Channel
from deliveries.model.saying import Fact, day_fact, moment_fact, time_fact, window_fact
from deliveries.ports import UnitOfWork
from deliveries.services.committing.rules import NEVER, cutoff_at, is_forbidden
from deliveries.services.conversing.closing import MENU
from deliveries.services.conversing.subject import group_facts

ANY_COUNTRY = "*"


@dataclass(frozen=True)
class Preview:
    """One message as it would leave, menu included.

    Attributes:
        encoding: Of an SMS.
        segments: How many SMS it takes; none on other channels.
        cost: By the price of a segment there; none where no price is known.
    """

    name: str
    language: str
    channel: Channel
    country: str
    text: str
    encoding: str | None
    segments: int | None
    cost: float | None


def preview(
    wording: Wording,
    names: Sequence[str],
    languages: Sequence[str],
    channels: Sequence[Channel],
    prices: Mapping[str, float],
    *,
    country: str = ANY_COUNTRY,
    facts: Mapping[str, Fact] | None = None,
    now: datetime = NOW,
) -> Iterator[Preview]:
    """Yield messages in words.

    Args:
        wording: The house's, or a shipper's.
        names: Of notices; none given: all.
        languages: In which to say them.
        channels: On which.
        prices: Of an SMS segment, by country; ``*`` for those not named.
        country: Where it would be read.
        facts: Of a real delivery, in place of those made up.
        now: When it would be read.

    Raises:
        InvalidInputError: If a name is none of a notice, or a language none of ours.
    """
    for name in names:
        check_name(wording.catalogue, name)
    for language in languages:
        check_language(wording.catalogue, language)
    for name in names or sorted(own_names(wording.catalogue)):
        for language in languages:
            for channel in channels:
                said = whole(
                    wording, name, language=language, channel=channel, facts=facts, now=now
                )
                price = prices.get(country, prices.get(ANY_COUNTRY))
                yield _seen(name, language, channel, country, said, price)


def _seen(
    name: str, language: str, channel: Channel, country: str, said: Rendered, price: float | None
) -> Preview:
    encoding, cost = None, None
    if said.segments is not None:
        encoding = segments(said.text).encoding
        cost = None if price is None else price * said.segments
    return Preview(name, language, channel, country, said.text, encoding, said.segments, cost)


def facts_of(work: UnitOfWork, delivery: Delivery) -> dict[str, Fact]:
    """Return what a delivery's notices would tell of it."""
    facts = {**group_facts(work, [delivery]), "day": day_fact(delivery.date, delivery.zone)}
    window = delivery.promised or delivery.window
    if window is not None:
        facts["window"] = window_fact(window, delivery.zone)
    if delivery.eta_at is not None:
        facts["eta"] = time_fact(delivery.eta_at, delivery.zone)
    point = work.pickup_points.find(delivery.place.pickup_point_id or "")
    if point is not None:
        facts |= {"point": point.name, "address": point.address}
    closes_at = _closes_at(work, delivery)
    if closes_at < NEVER:
        facts["open_until"] = moment_fact(closes_at, delivery.zone)
    return facts


def _closes_at(work: UnitOfWork, delivery: Delivery) -> datetime:
    """Return when the first option of the menu closes."""
    shipper = work.shippers.get(delivery.shipper_id)
    allowed = [kind for kind in MENU if not is_forbidden(delivery, kind, shipper)]
    return min((cutoff_at(delivery, kind, shipper) for kind in allowed), default=NEVER)


def read_prices(text: str) -> dict[str, float]:
    """Read prices of a segment such as ``GB=0.04,DE=0.075,*=0.05``.

    Raises:
        InvalidInputError: If one cannot be read.
    """
    prices: dict[str, float] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        country, _, price = part.rpartition("=")
        try:
            prices[country.strip().upper() or ANY_COUNTRY] = float(price)
        except ValueError as error:
            raise InvalidInputError("prices: none such as GB=0.04,*=0.05") from error
    return prices
