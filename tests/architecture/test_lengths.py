"""What can be read at once: no function of the product is longer than forty lines."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ["actions", "benchmarks", "bot", "cli", "deliveries"]
ROOMS += ["integrations", "sandbox", "scheduling"]
LONGEST = 40


def too_long() -> Iterator[str]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            if "versions" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text())):
                if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    continue
                if (node.end_lineno or 0) - node.lineno + 1 > LONGEST:
                    yield f"{file.relative_to(ROOT)}:{node.name}"


def test_no_function_is_longer_than_forty_lines() -> None:
    assert set(too_long()) == set()
