"""What no text that leaves may hold, whoever wrote it; and whether a shipper's own can be said."""

import re
from collections.abc import Iterator

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.wording.catalogue import Catalogue, WordingError, as_source
from bot.wording.gsm import outside_gsm, to_gsm
from bot.wording.render import Wording
from bot.wording.samples import NOW, facts_in, has_menu, whole
from deliveries.errors import InvalidInputError
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying

# Networks take these words for themselves; see product.md E3.
TAKEN = re.compile(
    r"\b(STOP|STOPALL|UNSUBSCRIBE|CANCEL|END|QUIT|REVOKE|OPTOUT|YES|START|HELP|INFO)\b"
)
_ASKING = {
    "en": "reply|replying|text|send|write|type|answer|say|tap|press",
    "de": "antworten|antworte|schreiben|schreibe|senden|sende|schicken|tippen|antwort mit",
    "es": "responda|responder|responde|escriba|escribir|escribe|envíe|enviar|diga",
    "fr": "répondez|répondre|écrivez|écrire|envoyez|envoyer|tapez|dites",
}
ASKED_FOR = re.compile(
    rf"\b(?:{'|'.join(_ASKING.values())})\b[^.!?\n]{{0,20}}?[\"'\u201c\u2018]?\b"
    r"(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|yes|start|help|info)\b"
    r"[\"'\u201d\u2019.,!]?"
    r"(?=\s*($|[\"'.,!)]|\b(?:to|for|if|or|um|oder|für|wenn|para|si|o|pour|ou)\b))",
    re.IGNORECASE,
)
PAYMENT = re.compile(
    r"\b(pay|payment|fee|fees|customs duty|zahlen|bezahlen|zahlung|geb[uü]hr\w*|pagar|pague|pago"
    r"|tasas?|payer|payez|paiement|frais)\b",
    re.IGNORECASE,
)
LINK = re.compile(
    r"https?:|www\.|\b[\w-]+\.(com|net|org|io|ly|me|link|gl|co|to|de|fr|es|uk)\b(?!\w)",
    re.IGNORECASE,
)
# Letters of the language itself may need UCS-2; typography must not.
OWN_LETTERS = {
    "en": frozenset[str](),
    "de": frozenset[str](),
    "es": frozenset("áíóú"),
    "fr": frozenset("çêâôîûëïœ"),
}
MOST_SEGMENTS = 2
# A menu is ours, and takes an SMS of its own in some languages.
MOST_WITH_MENU = 3
LONGEST_TEXT = 800
# Parts of sentences that are said inside others.
PARTS = frozenset({"notice_photo", "notice_eta_now"})
REQUIRED = frozenset({"shipper", "parcel", "code"})


class _Texts(Visitor):  # type: ignore[misc]  # fluent.syntax has no types
    """Collects what is said, what it needs and what else stands in a message."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.variables: set[str] = set()
        self.references: set[str] = set()
        self.others: list[str] = []

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802 the library's
        self.texts.append(str(node.value))

    def visit_StringLiteral(self, node: ast.StringLiteral) -> None:  # noqa: N802 the library's
        self.texts.append(str(node.parse()["value"]))

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.variables.add(str(node.id.name))

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.references.add(str(node.id.name))

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802
        self.others.append(str(node.id.name))

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802
        self.others.append(f"-{node.id.name}")


def problem_in(text: str, language: str) -> str | None:
    """Say what a piece of text must not hold, if it does."""
    if taken := TAKEN.search(text) or ASKED_FOR.search(text):
        return f"asks for {taken[1]}, a word that networks take for themselves"
    if link := LINK.search(text):
        return f"carries a link ({link[0]})"
    strange = outside_gsm(to_gsm(text)) - OWN_LETTERS.get(language, frozenset())
    if strange:
        return f"has characters outside the alphabet of SMS: {' '.join(sorted(strange))}"
    return None


def own_names(catalogue: Catalogue) -> list[str]:
    """Return the messages for which a shipper may have words of its own."""
    return [
        name for name in catalogue.names("en") if name.startswith("notice_") and name not in PARTS
    ]


def variables_of(catalogue: Catalogue, name: str) -> frozenset[str]:
    """Return what a message may tell."""
    read = _read(catalogue.sources["en"], name)
    return frozenset(read.variables) if read else frozenset()


def check_own(catalogue: Catalogue, name: str, language: str, text: str) -> None:
    """Refuse words that could not be said, or must not.

    Raises:
        InvalidInputError: Saying what is wrong.
    """
    check_name(catalogue, name)
    check_language(catalogue, language)
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise InvalidInputError(f"text: is empty or longer than {LONGEST_TEXT} characters")
    for problem in _problems(catalogue, name, language, text):
        raise InvalidInputError(f"text: {problem}")


def check_name(catalogue: Catalogue, name: str) -> None:
    """Refuse a name that no notice has.

    Raises:
        InvalidInputError: If none has it.
    """
    if name not in own_names(catalogue):
        raise InvalidInputError("name: is none of a notice; docs/messages.md lists them")


def check_language(catalogue: Catalogue, language: str) -> None:
    """Refuse a language that there are no words in.

    Raises:
        InvalidInputError: If there are none.
    """
    if language not in catalogue.languages:
        raise InvalidInputError(f"language: is none of {', '.join(catalogue.languages)}")


def _problems(catalogue: Catalogue, name: str, language: str, text: str) -> Iterator[str]:
    read = _read(as_source(name, text), name)
    usual = _read(catalogue.sources["en"], name)
    if read is None or usual is None:
        yield "cannot be read; variables are written { $parcel }"
        return
    known = usual.variables | REQUIRED
    if unknown := sorted(read.variables - known):
        yield f"${unknown[0]} is none of {', '.join(f'${each}' for each in sorted(known))}"
    if missing := sorted((usual.variables & REQUIRED) - read.variables):
        yield f"must say {{ ${missing[0]} }}"
    if strange := sorted({*(read.references - usual.references), *read.others}):
        yield f"{strange[0]} cannot be used here"
    yield from (found for each in read.texts if (found := problem_in(each, language)))
    if asked := PAYMENT.search(text):
        yield f"asks for money ({asked[0]}), which people take for fraud"
    yield from _unsayable(catalogue, name, language, text)


def _unsayable(catalogue: Catalogue, name: str, language: str, text: str) -> Iterator[str]:
    """Say it with what is usual, and without a photo, and look at the length."""
    own = Wording(catalogue.with_own({language: {name: text}}, is_strict=True))
    for photo in (True, False):
        facts = {**facts_in(language), "photo": photo}
        try:
            rendered = own.render(
                [Saying(name, facts)], None, language=language, channel=Channel.SMS, now=NOW
            )
        except WordingError:
            yield "lacks something in one of its forms"
            return
        if (rendered.segments or 0) > MOST_SEGMENTS:
            yield f"takes {rendered.segments} SMS, {MOST_SEGMENTS} at most"
            return
    left = whole(own, name, language=language, channel=Channel.SMS)
    if has_menu(name) and (left.segments or 0) > MOST_WITH_MENU:
        yield f"takes {left.segments} SMS with the menu, {MOST_WITH_MENU} at most"


def _read(source: str, name: str) -> "_Texts | None":
    """Return what one message of a source says; none: it cannot be read."""
    found = [
        entry
        for entry in FluentParser().parse(source).body
        if not isinstance(entry, ast.BaseComment)
    ]
    message = next((each for each in found if _is_message(each, name)), None)
    is_clean = all(isinstance(each, ast.Message) and not each.attributes for each in found)
    if message is None or not is_clean:
        return None
    read = _Texts()
    read.visit(message)
    return read


def _is_message(entry: object, name: str) -> bool:
    return isinstance(entry, ast.Message) and entry.id.name == name
