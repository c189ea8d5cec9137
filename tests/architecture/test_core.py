"""What holds the house together, checked from outside."""

import ast
import sys
from pathlib import Path

import pytest

from bot.wording.catalogue import Catalogue, read_sources
from deliveries import errors

ROOT = Path(__file__).parents[2]
ALLOWED = {"deliveries", "phonenumbers", "opening_hours"}


def imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize(
    "file", sorted((ROOT / "deliveries").rglob("*.py")), ids=lambda file: file.name
)
def test_the_core_is_plain_python(file: Path) -> None:
    allowed = ALLOWED | ({"numpy"} if "insertion" in file.parts else set())
    assert imported(file) - allowed - sys.stdlib_module_names == set()


@pytest.mark.parametrize(
    "file", sorted((ROOT / "sandbox").rglob("*.py")), ids=lambda file: file.name
)
def test_the_sandbox_imports_nothing_of_ours(file: Path) -> None:
    ours = {"bot", "actions", "scheduling", "integrations", "deliveries", "cli", "benchmarks"}
    assert imported(file) & ours == set()


def tree(kind: type, indent: str = "") -> list[str]:
    """Draw the classes below one as the docstring of ``errors`` draws them."""
    lines: list[str] = []
    children = [each for each in kind.__subclasses__() if each.__module__ == errors.__name__]
    for child in children:
        is_last = child is children[-1]
        lines.append(f"{indent}{'└── ' if is_last else '├── '}{child.__name__}")
        lines += tree(child, indent + ("    " if is_last else "│   "))
    return lines


def test_the_docstring_of_errors_is_their_tree() -> None:
    assert errors.__doc__ is not None
    drawn = errors.__doc__.strip().splitlines()[2:]
    assert drawn == ["AssistantError", *tree(errors.AssistantError)]


def every_error() -> list[type[errors.AssistantError]]:
    found: list[type[errors.AssistantError]] = []
    queue: list[type[errors.AssistantError]] = [errors.AssistantError]
    while queue:
        kind = queue.pop()
        found.append(kind)
        queue += kind.__subclasses__()
    return [kind for kind in found if kind.__module__ == errors.__name__]


def test_every_error_has_a_code_of_its_own_and_words_for_people() -> None:
    codes = [kind.code for kind in every_error()]
    assert len(codes) == len(set(codes))
    catalogue = Catalogue(read_sources())
    assert [code for code in codes if not catalogue.has(f"error_{code}")] == []
