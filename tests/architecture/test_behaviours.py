"""The forty behaviours of passing a chat to a person: each has at least one test that shows it."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
FORTY = set(range(1, 41))


def shown() -> Iterator[object]:
    for file in sorted(TESTS.rglob("test_*.py")):
        if "behaviour(" not in file.read_text():
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.behaviour":
                yield from (ast.literal_eval(each) for each in node.args)


def test_each_of_the_forty_behaviours_has_a_test() -> None:
    assert set(shown()) == FORTY
