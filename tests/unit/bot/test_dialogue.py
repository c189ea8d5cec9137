import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.dialogue import BOT_DOWN, Answer, Dialogue, Question
from deliveries.model.saying import Saying

QUESTION = Question("conv-1", "hello", {"turn": "conv-1:1"})
DOWN = Answer((Saying(BOT_DOWN),), handoff=BOT_DOWN, trace={"failed": BOT_DOWN})


async def asked(*answers: Callable[[httpx.Request], httpx.Response] | object) -> tuple[Answer, int]:
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        given: Any = answers[min(len(requests), len(answers)) - 1]
        return given(request) if callable(given) else httpx.Response(200, json=given)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        answered = await Dialogue(client, "http://rasa:5005/", "a-token").ask(QUESTION)
    assert str(requests[0].url) == "http://rasa:5005/webhooks/rest/webhook?token=a-token"
    assert json.loads(requests[0].content) == {
        "sender": "conv-1",
        "message": "hello",
        "metadata": {"turn": "conv-1:1"},
    }
    return answered, len(requests)


def custom(**payload: Any) -> dict[str, Any]:
    return {"recipient_id": "conv-1", "custom": {"sayings": [], "handoff": None, **payload}}


def fail(status: int) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: httpx.Response(status)


def hang(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("too slow", request=request)


async def test_sayings_of_all_actions_are_taken_in_order() -> None:
    first = custom(sayings=[{"name": "one", "facts": {"n": 1}}], trace={"intent": "greet"})
    second = custom(sayings=[{"name": "two", "offer_id": "o-1"}], handoff={"reason": "asked"})
    answered, tries = await asked([first, {"recipient_id": "conv-1", "text": "ignored"}, second])
    assert answered == Answer(
        (Saying("one", {"n": 1}), Saying("two", {}, "o-1")), "asked", {"intent": "greet"}
    )
    assert tries == 1


async def test_an_action_may_say_nothing() -> None:
    assert await asked([custom()]) == (Answer(()), 1)


async def test_a_failure_is_tried_once_more() -> None:
    answered, tries = await asked(fail(500), [custom(sayings=[{"name": "one"}])])
    assert (answered.sayings, tries) == ((Saying("one"),), 2)


@pytest.mark.behaviour(8)
@pytest.mark.parametrize(
    "broken",
    [
        fail(500),
        fail(401),
        hang,
        [],
        {"status": "failure"},
        lambda _: httpx.Response(200, text="<html>"),
        [{"recipient_id": "conv-1", "text": "hello"}],
        [custom(sayings=None)],
        [custom(sayings=[{"facts": {}}])],
        [custom(sayings=["one"])],
    ],
)
async def test_without_an_answer_the_person_is_told_and_passed_on(broken: object) -> None:
    assert await asked(broken) == (DOWN, 2)
