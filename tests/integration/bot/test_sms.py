from tests.integration.bot.stage import World, until


async def test_a_signed_message_is_answered_by_sms(world: World) -> None:
    world.text("where is my parcel?")
    await until(lambda: world.sent())
    assert world.sent() == ["You: where is my parcel?"]
