"""Two gateways on one database."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.responses import Response
from twilio.request_validator import RequestValidator

from bot.app import create_app
from tests.integration.bot.stage import NUMBER, TOKEN, World, answering, served, until

PEOPLE = 8
MESSAGES = 6


def signed_post(client: httpx.AsyncClient, world: World, address: str, **fields: str) -> Any:
    path = "/channels/twilio/messages"
    form = {"To": NUMBER, "NumMedia": "0", **fields}
    signature = RequestValidator(TOKEN).compute_signature(world.settings.public_url + path, form)
    headers = {"X-Twilio-Signature": signature}
    return client.post(address + path, data=form, headers=headers, timeout=30)


async def test_every_message_is_answered_once_and_in_order_on_one_file(world: World) -> None:
    await race(world)


@pytest.mark.services
async def test_every_message_is_answered_once_and_in_order_on_a_server(
    postgresql_world: World,
) -> None:
    await race(postgresql_world)


async def race(world: World) -> None:
    at_work: dict[str, int] = {}
    overlaps: list[str] = []

    async def watch(question: dict[str, Any]) -> Response:
        sender = question["sender"]
        at_work[sender] = at_work.get(sender, 0) + 1
        if at_work[sender] > 1:
            overlaps.append(sender)
        await asyncio.sleep(0.005)
        at_work[sender] -= 1
        return answering({"name": "agent_text", "facts": {"text": question["message"]}})

    world.rasa.reply = watch
    async with served(create_app(world.settings)) as second, httpx.AsyncClient() as client:
        gateways = [world.settings.public_url, second]

        async def chat(person: int) -> None:
            for number in range(MESSAGES):
                fields = {
                    "MessageSid": f"SM{person}-{number}",
                    "From": f"+4477009000{person:02d}",
                    "Body": f"message {number}",
                }
                # Twilio may deliver a webhook twice, to either gateway.
                answers = await asyncio.gather(
                    *(signed_post(client, world, gateway, **fields) for gateway in gateways)
                )
                assert [answer.status_code for answer in answers] == [200, 200]

        await asyncio.gather(*(chat(person) for person in range(PEOPLE)))

        def answered(person: int) -> list[str]:
            return "\n".join(world.sent(f"+4477009000{person:02d}")).splitlines()

        await until(
            lambda: all(len(answered(person)) >= MESSAGES for person in range(PEOPLE)),
            within_s=60,
        )
        await asyncio.sleep(0.7)
        expected = [f"message {number}" for number in range(MESSAGES)]
        assert {person: answered(person) for person in range(PEOPLE)} == dict.fromkeys(
            range(PEOPLE), expected
        )
    assert overlaps == []
    turns = [question["metadata"]["turn"] for question in world.rasa.asked]
    assert len(turns) == len(set(turns))
