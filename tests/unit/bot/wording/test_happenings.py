import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.wording.happenings import Happenings
from deliveries.model.offer import IN_MENUS_ONLY, OptionKind
from deliveries.model.saying import window_fact
from deliveries.services.messages.timelines import Entry
from tests.builders import NOW, a_window

ROOT = Path(__file__).parents[4]
# What each kind of entry knows; a kind that is not here knows nothing that its words need.
FACTS = {
    "attempt_failed": {"reason": "no_answer"},
    "choice_refused": {"reason": "no_room"},
    "contact_linked": {"channel": "telegram"},
    "collected": {"by": "pickup"},
    "collection_extended": {"last_day": "2026-03-17"},
    "delivered": {"handed_to": "recipient"},
    "handed_back": {"outcome": "settled"},
    "handover_code_made": {"kind": "pickup"},
    "handoff_requested": {"reason": "asked"},
    "problem_reported": {"reason": "damage"},
    "rated": {"score": 4},
    "changed_by_agent": {"kind": "window", "reason": None},
    "claim_closed": {"outcome": "found"},
    "claim_opened": {"reason": "damaged"},
    "rule_overridden": {"kind": "safe_place", "reason": "promised by phone"},
    "waits_at_pickup_point": {"last_day": "2026-03-17"},
    "wish_for_staff": {"wish": "change_address"},
}


def kinds_in_the_code() -> Iterator[str]:
    """Yield the constants that the core writes into the history."""
    for path in (ROOT / "deliveries/services").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _kind(node)


def _kind(call: ast.Call) -> Iterator[str]:
    """Yield the kind that a call writes, if it is written there as a constant."""
    name = getattr(call.func, "id", "")
    named = [each.value for each in call.keywords if each.arg == "kind"]
    given = {"HistoryEntry": [*call.args[:1], *named], "_remember": call.args, "_note": call.args}
    constants = [each for each in given.get(name, []) if isinstance(each, ast.Constant)]
    if constants:
        yield str(constants[0].value)


@pytest.mark.parametrize("kind", sorted(set(kinds_in_the_code()) - {"choice_made"}))
def test_whatever_the_history_holds_reads_as_a_sentence(kind: str) -> None:
    entry = Entry(NOW, "history", kind, "system", FACTS.get(kind, {}))

    assert Happenings(is_strict=True).say(entry).endswith(".")


@pytest.mark.parametrize("kind", sorted(set(OptionKind) - IN_MENUS_ONLY))
def test_whatever_can_be_chosen_reads_as_a_sentence(kind: OptionKind) -> None:
    facts = {"state": "confirmed", "window": window_fact(a_window(), "Europe/London")}

    said = Happenings(is_strict=True).say(Entry(NOW, "choice", kind.value, "recipient", facts))

    assert said.endswith("(confirmed).")


def test_an_offer_tells_what_was_on_it_and_what_was_chosen() -> None:
    facts = {"options": ["window", "safe_place"], "held": 1, "chosen": "safe_place"}

    said = Happenings(is_strict=True).say(Entry(NOW, "offered", "options_offered", "system", facts))

    assert said == "Offered window and safe place; chose safe place."


def test_what_has_no_words_yet_is_still_readable() -> None:
    assert Happenings().say(Entry(NOW, "history", "van_painted", "driver")) == "Van painted."
