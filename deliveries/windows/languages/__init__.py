"""The languages the parser knows: one module of tables each."""

from deliveries.windows.languages.de import GERMAN
from deliveries.windows.languages.en import ENGLISH
from deliveries.windows.languages.es import SPANISH
from deliveries.windows.languages.fr import FRENCH
from deliveries.windows.lexicon import Language

_LANGUAGES = {language.code: language for language in (ENGLISH, GERMAN, SPANISH, FRENCH)}


def language_of(tag: str) -> Language:
    """Return the tables for a language tag such as ``en`` or ``en-GB``.

    Raises:
        ValueError: If there are none.
    """
    code = tag.lower().replace("_", "-").split("-", 1)[0]
    if code not in _LANGUAGES:
        raise ValueError(f"no such language: {tag!r} (known: {', '.join(sorted(_LANGUAGES))})")
    return _LANGUAGES[code]


def known_languages() -> tuple[str, ...]:
    """Return the codes of the languages there are tables for."""
    return tuple(sorted(_LANGUAGES))
