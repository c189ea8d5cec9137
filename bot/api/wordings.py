"""Shippers' own words: written, taken back and tried."""

import os
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from bot.api.dependencies import Dependencies
from bot.wording.checking import check_own
from bot.wording.previewing import Preview, facts_of, preview, read_prices
from bot.wording.render import Wording
from deliveries.errors import InvalidInputError
from deliveries.model.recipient import Channel
from deliveries.model.saying import Fact
from deliveries.model.wording import OwnWording
from deliveries.services.wordings.writing import versions_of, write_wording


class WordingIn(BaseModel):
    """Words for a notice, in Fluent without the name: ``{ $shipper }: { $parcel } comes …``."""

    text: Annotated[str, Field(max_length=2000)]
    by: Annotated[str, Field(max_length=100)] = ""


class WordingOut(BaseModel):
    """A version; without a text the house's words count again."""

    name: str
    language: str
    version: int
    text: str | None
    written_at: datetime
    written_by: str


class WordingsOut(BaseModel):
    """Every version, by name, language, then version; the last of each counts."""

    wordings: list[WordingOut]


class PreviewIn(BaseModel):
    """What to try.

    Attributes:
        name: Of a notice; none: all.
        text: Words that are not written yet, in place of those that are.
        delivery_id: Whose facts to tell in place of made-up ones.
        prices: Of an SMS segment, such as ``GB=0.04,*=0.05``; none: as set for the gateway.
    """

    name: str | None = None
    languages: list[str] = ["en", "de", "es", "fr"]
    channels: list[Channel] = list(Channel)
    text: Annotated[str | None, Field(max_length=2000)] = None
    delivery_id: str | None = None
    prices: str | None = None


class PreviewOut(BaseModel):
    """A message as a recipient would read it."""

    name: str
    language: str
    channel: str
    country: str
    text: str
    encoding: str | None
    segments: int | None
    cost: float | None


class PreviewsOut(BaseModel):
    """Messages, by name, language, then channel."""

    previews: list[PreviewOut]


def add_wording_routes(router: APIRouter, dependencies: Dependencies) -> None:
    """Add the routes about shippers' own words."""
    _add_writing(router, dependencies)
    _add_preview(router, dependencies)


def _add_writing(router: APIRouter, dependencies: Dependencies) -> None:
    @router.get("/shippers/{shipper_id}/wordings", tags=["wordings"])
    def get_wordings(shipper_id: str) -> WordingsOut:
        """Return all versions of a shipper's own words."""
        with dependencies.unit_of_work(read_only=True) as work:
            shipper = work.shippers.get(shipper_id)
            return _versions(work.own_wordings.of_shipper(shipper.id))

    @router.put("/shippers/{shipper_id}/wordings/{name}/{language}", tags=["wordings"])
    def put_wording(shipper_id: str, name: str, language: str, wording: WordingIn) -> WordingsOut:
        """Write a shipper's own words for a notice; return all versions of them.

        Refused is what cannot be said, lacks shipper or parcel, asks for a word that networks take,
        carries a link, leaves the alphabet of SMS or takes more than two SMS (three with its menu).
        """
        check_own(dependencies.wording.catalogue, name, language, wording.text)
        return _write(shipper_id, name, language, wording.text, wording.by)

    @router.delete("/shippers/{shipper_id}/wordings/{name}/{language}", tags=["wordings"])
    def delete_wording(shipper_id: str, name: str, language: str) -> WordingsOut:
        """Let the house's words count again; what was written is kept as history."""
        return _write(shipper_id, name, language, None, "")

    def _write(shipper_id: str, name: str, language: str, text: str | None, by: str) -> WordingsOut:
        now = dependencies.clock.now()
        with dependencies.unit_of_work() as work:
            write_wording(work, shipper_id, name, language, text, by=by, now=now)
            versions = versions_of(work.own_wordings.of_shipper(shipper_id), name, language)
            work.commit()
        return _versions(versions)


def _add_preview(router: APIRouter, dependencies: Dependencies) -> None:
    @router.post("/shippers/{shipper_id}/wordings/preview", tags=["wordings"])
    def post_preview(shipper_id: str, wanted: PreviewIn) -> PreviewsOut:
        """Return notices as recipients would read them, with segments and cost; sends nothing."""
        prices = read_prices(wanted.prices or os.environ.get("DOORSTEP_SEGMENT_PRICES", ""))
        house = dependencies.wording
        with dependencies.unit_of_work(read_only=True) as work:
            shipper = work.shippers.get(shipper_id)
            facts: dict[str, Fact] = {"shipper": shipper.name}
            if wanted.delivery_id is not None:
                facts = facts_of(work, work.deliveries.get(wanted.delivery_id))
            wording = house.of(work, shipper.id)
        if wanted.text is not None:
            if wanted.name is None or len(wanted.languages) != 1:
                raise InvalidInputError("text: name one notice and one language to try it for")
            [language] = wanted.languages
            check_own(house.catalogue, wanted.name, language, wanted.text)
            own = {language: {wanted.name: wanted.text}}
            wording = Wording(house.catalogue.with_own(own))
        found = preview(
            wording,
            [wanted.name] if wanted.name else [],
            wanted.languages,
            wanted.channels,
            prices,
            country=shipper.country,
            facts=facts,
        )
        return PreviewsOut(previews=[_preview(each) for each in found])


def _versions(wordings: Sequence[OwnWording]) -> WordingsOut:
    return WordingsOut(
        wordings=[
            WordingOut(
                name=each.name,
                language=each.language,
                version=each.version,
                text=each.text,
                written_at=each.written_at,
                written_by=each.written_by,
            )
            for each in wordings
        ]
    )


def _preview(found: Preview) -> PreviewOut:
    return PreviewOut(
        name=found.name,
        language=found.language,
        channel=found.channel.value,
        country=found.country,
        text=found.text,
        encoding=found.encoding,
        segments=found.segments,
        cost=found.cost,
    )
