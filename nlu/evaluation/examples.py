"""Reads held-out and training examples, with the language and kind their files' names say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rasa.shared.nlu.training_data.loading import load_data

if TYPE_CHECKING:
    from pathlib import Path

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Example:
    """A message and what it wants.

    Attributes:
        kind: The further set of messages it belongs to ("second"), or what sort of message out of scope it is
            ("general_chat", "near_domain"); empty for a language's first set.
    """

    text: str
    intent: str
    language: str
    kind: str = ""


def held_out(folder: Path) -> list[Example]:
    """Return the examples of ``<language>.yml`` and ``<language>.<kind>.yml`` in the folder."""
    return [
        example
        for path in sorted(folder.glob("*.yml"))
        for example in _examples(path, language=path.name.split(".")[0], kind=_kind(path))
    ]


def training(folder: Path) -> list[Example]:
    """Return the examples of ``<family>.<language>.yml`` in the folder."""
    return [
        example
        for path in sorted(folder.glob("*.*.yml"))
        for example in _examples(path, language=path.suffixes[-2].lstrip("."), kind="")
    ]


def _kind(path: Path) -> str:
    parts = path.name.split(".")
    return parts[1] if len(parts) > 2 else ""  # noqa: PLR2004 - language and ending only: no kind


def _examples(path: Path, *, language: str, kind: str) -> list[Example]:
    return [
        Example(str(message.get("text")), str(message.get("intent")), language, kind)
        for message in load_data(str(path)).intent_examples
    ]
