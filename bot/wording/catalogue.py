"""The catalogues: one Fluent file per language, English behind the others."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import structlog
from fluent.runtime import FluentBundle, FluentResource

DEFAULT_LANGUAGE = "en"
_log = structlog.get_logger()


class WordingError(LookupError):
    """A message has no words, or a fact that its words need; the text names ids only."""


class Catalogue:
    """Messages by name and language.

    Attributes:
        languages: The languages there are words in.
        sources: Their Fluent text.
    """

    def __init__(
        self,
        sources: Mapping[str, str],
        *,
        own: Mapping[str, Mapping[str, str]] | None = None,
        is_strict: bool = False,
    ) -> None:
        """Read the sources, Fluent text by language.

        Args:
            sources: Fluent text by language; ``en`` is needed.
            own: Other words for some messages: text by name, by language. Those that fail when
                they are to be said give way to those they stand in for.
            is_strict: Raise for what is missing instead of falling back; for tests.
        """
        self.languages = tuple(sorted(sources))
        self.sources = dict(sources)
        self._is_strict = is_strict or bool(own)
        self._house = Catalogue(sources) if own and not is_strict else None
        self._bundles = {
            language: _bundle(language, text, (own or {}).get(language, {}))
            for language, text in sources.items()
        }

    def with_own(
        self, texts: Mapping[str, Mapping[str, str]], *, is_strict: bool = False
    ) -> "Catalogue":
        """Return this catalogue with other words for some messages: text by name, by language."""
        return Catalogue(self.sources, own=texts, is_strict=is_strict)

    def nearest(self, language: str) -> str:
        """Return the language of the catalogue that serves for a wanted one."""
        for candidate in (language, language.partition("-")[0]):
            if candidate in self._bundles:
                return candidate
        return DEFAULT_LANGUAGE

    def names(self, language: str) -> Iterator[str]:
        """Yield the names of all messages in a language."""
        yield from self._bundles[language]._messages  # noqa: SLF001 the library lists them nowhere

    def has(self, name: str) -> bool:
        """Say whether there are words for a name."""
        return bool(self._bundles[DEFAULT_LANGUAGE].has_message(name))

    def write(self, name: str, facts: Mapping[str, str | int | float], *, language: str) -> str:
        """Return a message in words.

        Raises:
            WordingError: If no catalogue has the message; in a strict one also if the language
                lacks it, or a fact is missing.
        """
        if self._house is None:
            return self._write(name, facts, language=language)
        try:
            return self._write(name, facts, language=language)
        except WordingError:
            _log.warning("own_words_unusable", name=name, language=language)
            return self._house.write(name, facts, language=language)

    def _write(self, name: str, facts: Mapping[str, str | int | float], *, language: str) -> str:
        wanted = self.nearest(language)
        bundle = self._bundles[wanted]
        if not bundle.has_message(name):
            if self._is_strict or wanted == DEFAULT_LANGUAGE:
                raise WordingError(f"no words for {name} in {wanted}")
            _log.warning("wording_fallen_back", name=name, language=wanted)
            bundle = self._bundles[DEFAULT_LANGUAGE]
        if not bundle.has_message(name):
            raise WordingError(f"no words for {name}")
        pattern = bundle.get_message(name).value
        if pattern is None:
            raise WordingError(f"no words for {name} in {wanted}")
        text, errors = bundle.format_pattern(pattern, dict(facts))
        if errors:
            self._complain(name, wanted, errors)
        return str(text)

    def _complain(self, name: str, language: str, errors: list[Exception]) -> None:
        if self._is_strict:
            raise WordingError(f"{name} in {language}: {errors[0]}")
        _log.error("wording_incomplete", name=name, language=language, count=len(errors))


def read_sources() -> dict[str, str]:
    """Return the Fluent text of the shipped catalogues, by language."""
    folder: Traversable = files("bot.wording") / "catalogues"
    return {
        entry.name.removesuffix(".ftl"): entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".ftl")
    }


def read_staff_source() -> str:
    """Return the Fluent text of what only staff read; there is English alone."""
    return (files("bot.wording") / "catalogues/staff/en.ftl").read_text(encoding="utf-8")


def as_source(name: str, text: str) -> str:
    """Return the Fluent source of one message; lines after the first are part of it."""
    lines = text.strip().splitlines()
    return f"{name} =\n" + "".join(f"    {line.strip()}\n" for line in lines)


def _bundle(language: str, text: str, own: Mapping[str, str]) -> FluentBundle:
    # Isolation marks are characters outside GSM-7.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(_resource(text))
    source = "".join(as_source(name, words) for name, words in own.items())
    bundle.add_resource(FluentResource(source), allow_overrides=True)
    return bundle


@cache
def _resource(text: str) -> FluentResource:
    """Read a catalogue once, however many shippers have words of their own."""
    return FluentResource(text)
