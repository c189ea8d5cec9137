"""What people send by picture is fetched from the stand-ins as from the networks."""

import httpx
import pytest

from bot.channels.telegram.client import close_bot, open_bot
from bot.channels.telegram.pictures import TelegramPictures
from bot.channels.twilio.pictures import TwilioPictures
from bot.channels.twilio.routes import read_arrival
from bot.channels.twilio.send import TwilioAccount
from bot.channels.twilio.verify import Form
from bot.pictures import kind_of
from deliveries.errors import InvalidInputError, NotFoundError, UnavailableError
from sandbox.pictures import draw_proof
from sandbox.telegram.chats import Person
from sandbox.telegram.people import photo_content, write
from tests.contract.sandbox.playing import BOT_TOKEN, PERSON, SID, TOKEN, Play

# python-telegram-bot announces another type for its own seconds
pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")

MESSAGES = "/channels/twilio/messages"


def at_twilio(play: Play, token: str = TOKEN) -> TwilioPictures:
    account = TwilioAccount(SID, token, None, None, play.twilio, None)
    return TwilioPictures(play.client, account)


async def test_a_picture_that_came_by_mms_is_fetched_with_the_accounts_credentials(
    play: Play,
) -> None:
    play.stage.twilio.receive(PERSON, "it arrived crushed", ["box"])
    await play.settle()
    [body] = play.gateway.bodies(MESSAGES)
    arrival = read_arrival(Form.parse(body))
    assert arrival is not None

    content = await at_twilio(play).fetch(arrival.pictures[0])

    assert (arrival.media_count, kind_of(content)) == (1, "image/png")
    with pytest.raises(UnavailableError):
        await at_twilio(play, "wrong").fetch(arrival.pictures[0])
    with pytest.raises(NotFoundError):
        await at_twilio(play).fetch("MM" + "0" * 32 + "/ME" + "0" * 32)


async def test_a_picture_larger_than_is_shown_is_not_read_to_its_end() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"x" * (9 * 1024 * 1024))

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        account = TwilioAccount(SID, TOKEN, None, None, None, None)
        with pytest.raises(InvalidInputError):
            await TwilioPictures(client, account).fetch("MM1/ME1")


async def test_credentials_stay_with_twilio_when_it_leads_on() -> None:
    seen: dict[str, bool] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        seen[request.url.host] = "authorization" in request.headers
        if request.url.host == "api.twilio.com":
            return httpx.Response(307, headers={"location": "https://mms.example.org/a"})
        return httpx.Response(200, content=b"x")

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        account = TwilioAccount(SID, TOKEN, None, None, None, None)
        assert await TwilioPictures(client, account).fetch("MM1/ME1") == b"x"

    assert seen == {"api.twilio.com": True, "mms.example.org": False}


async def test_a_photo_that_came_by_telegram_is_fetched_by_its_files_id(play: Play) -> None:
    sender = play.stage.bot.chats.meet(Person(1111111, "Test", "Person"))
    drawn = draw_proof("crushed")
    message = write(play.stage.bot, sender, photo_content(play.stage.bot, drawn))
    bot = open_bot(BOT_TOKEN, api_url=play.telegram)

    assert await TelegramPictures(bot).fetch(message["photo"][-1]["file_id"]) == drawn
    with pytest.raises(NotFoundError):
        await TelegramPictures(bot).fetch("gone")

    await close_bot(bot)
