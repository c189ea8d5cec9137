"""Keeps shippers' own words; whether they can be said is checked by who speaks them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from deliveries.model.wording import OwnWording
from deliveries.ports import UnitOfWork


def write_wording(
    work: UnitOfWork,
    shipper_id: str,
    name: str,
    language: str,
    text: str | None,
    *,
    by: str,
    now: datetime,
) -> OwnWording:
    """Keep a new version; the same words again make none, no words bring back the house's.

    Raises:
        NotFoundError: If there is no such shipper.
    """
    shipper = work.shippers.get(shipper_id)
    versions = versions_of(work.own_wordings.of_shipper(shipper.id), name, language)
    newest = versions[-1] if versions else None
    if newest is not None and newest.text == text:
        return newest
    version = newest.version + 1 if newest else 1
    wording = OwnWording(shipper.id, name, language, version, text, now, by)
    work.own_wordings.add(wording)
    work.flush()
    return wording


def current_texts(wordings: Sequence[OwnWording]) -> Mapping[str, Mapping[str, str]]:
    """Return what counts of all versions: text by name, by language."""
    newest = {(each.language, each.name): each for each in wordings}
    texts: dict[str, dict[str, str]] = {}
    for (language, name), wording in newest.items():
        if wording.text is not None:
            texts.setdefault(language, {})[name] = wording.text
    return texts


def versions_of(wordings: Sequence[OwnWording], name: str, language: str) -> list[OwnWording]:
    """Return the versions of one text, oldest first."""
    return [each for each in wordings if (each.name, each.language) == (name, language)]
