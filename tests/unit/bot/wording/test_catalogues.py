"""Reads every message of every language."""

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.checking import ASKED_FOR, LINK, OWN_LETTERS, TAKEN
from bot.wording.gsm import outside_gsm, to_gsm

SOURCES = read_sources()


class _Texts(Visitor):
    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802 the library's
        self.found.append(str(node.value))


def texts() -> list[tuple[str, str, str]]:
    collected = []
    for language, source in sorted(SOURCES.items()):
        for entry in FluentParser().parse(source).body:
            if isinstance(entry, ast.Message | ast.Term):
                visitor = _Texts()
                visitor.visit(entry)
                collected += [(language, entry.id.name, text) for text in visitor.found]
    return collected


@pytest.mark.parametrize("language", sorted(SOURCES))
def test_every_line_of_a_catalogue_can_be_read(language: str) -> None:
    junk = [
        entry.content
        for entry in FluentParser().parse(SOURCES[language]).body
        if isinstance(entry, ast.Junk)
    ]
    assert junk == []


@pytest.mark.parametrize("language", sorted(SOURCES))
def test_no_message_is_written_twice(language: str) -> None:
    names = [
        entry.id.name
        for entry in FluentParser().parse(SOURCES[language]).body
        if isinstance(entry, ast.Message)
    ]
    assert sorted(names) == sorted(set(names))


def test_every_language_has_every_message() -> None:
    catalogue = Catalogue(SOURCES)
    expected = sorted(catalogue.names("en"))
    assert {each: sorted(catalogue.names(each)) for each in catalogue.languages} == dict.fromkeys(
        catalogue.languages, expected
    )


def test_no_message_asks_for_a_word_that_networks_take() -> None:
    asking = [
        (language, name, text)
        for language, name, text in texts()
        if TAKEN.search(text) or ASKED_FOR.search(text)
    ]
    assert asking == []


def test_no_message_carries_a_link() -> None:
    assert [entry for entry in texts() if LINK.search(entry[2])] == []


def test_every_message_fits_the_alphabet_of_sms() -> None:
    outside = [
        (language, name, "".join(sorted(strange)))
        for language, name, text in texts()
        if (strange := outside_gsm(to_gsm(text)) - OWN_LETTERS.get(language, frozenset()))
    ]
    assert outside == []
