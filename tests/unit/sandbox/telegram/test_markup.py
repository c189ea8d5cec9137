import json
from typing import Any

import pytest

from sandbox.telegram.errors import RefusedMethodError
from sandbox.telegram.markup import read_markup
from sandbox.telegram.params import Params


def inline(*rows: list[dict[str, Any]]) -> Params:
    return Params({"reply_markup": json.dumps({"inline_keyboard": list(rows)})})


@pytest.mark.parametrize("data", ["x", "x" * 64, "é" * 32])
def test_takes_callback_data_of_1_to_64_bytes(data: str) -> None:
    markup = read_markup(inline([{"text": "Yes", "callback_data": data}]))

    assert markup == {"inline_keyboard": [[{"text": "Yes", "callback_data": data}]]}


@pytest.mark.parametrize("data", ["", "x" * 65, "é" * 33])
def test_refuses_callback_data_of_other_sizes(data: str) -> None:
    with pytest.raises(RefusedMethodError, match="BUTTON_DATA_INVALID"):
        read_markup(inline([{"text": "Yes", "callback_data": data}]))


@pytest.mark.parametrize(
    "row",
    [
        [{"text": "No action"}],
        [{"text": "", "callback_data": "x"}],
        [{"callback_data": "x"}],
        [{"text": "x", "url": "javascript:alert(1)"}],
        [{"text": "x", "callback_data": "x"}] * 9,
    ],
)
def test_refuses_buttons_that_telegram_refuses(row: list[dict[str, Any]]) -> None:
    with pytest.raises(RefusedMethodError):
        read_markup(inline(row))


def test_refuses_more_than_a_hundred_buttons() -> None:
    row = [{"text": "x", "callback_data": "x"}] * 8

    with pytest.raises(RefusedMethodError):
        read_markup(inline(*[row] * 13))
