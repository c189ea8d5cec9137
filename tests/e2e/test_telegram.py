"""What only Telegram has: one-time links, shared contacts, buttons that are old or forged."""

from collections.abc import Callable

import pytest

from deliveries.model.recipient import Channel
from tests.e2e.conftest import Newcomer
from tests.e2e.processes import wait_until
from tests.e2e.recipients import Recipient, TelegramRecipient, Understood
from tests.e2e.town import Town

type Chatter = Callable[[], TelegramRecipient]


@pytest.mark.conversation("D8", "A link to Telegram works once", "telegram")
def test_a_deep_link_works_once(town: Town, bystander: Newcomer) -> None:
    owner, thief = bystander(), bystander()
    link = town.api(f"/deliveries/{owner.delivery()['id']}/telegram-link", method="POST")["url"]
    first = TelegramRecipient(town, owner.phone)
    second = TelegramRecipient(town, thief.phone, role="somebody else")

    first.open_link(link)
    linked = first.hear()
    second.open_link(link)
    refused = second.hear()
    answer = first.ask("where is my parcel?")

    assert linked.text.startswith("This chat is linked now.")
    assert refused.text.startswith("This link has been used or is too old.")
    assert first.understood() == Understood("track_parcel", "action_track_parcel")
    assert owner.parcel.partition(" from ")[0] in answer.text


@pytest.mark.conversation("D8", "Only one's own number links a chat", "telegram")
def test_a_shared_contact_links_only_if_it_is_the_senders_own(town: Town, texter: Newcomer) -> None:
    owner, thief = texter(), texter()
    honest, other = (TelegramRecipient(town, each.phone) for each in (owner, thief))

    other.open_link("?start=")
    other.hear()
    other.do(contact=owner.phone)
    refused = other.hear()
    honest.open_link("?start=")
    honest.hear()
    honest.do(contact=True)
    linked = honest.hear()

    assert refused.text.startswith("This is somebody else's contact card.")
    assert linked.text.startswith("This chat is linked now.")


def test_one_person_has_one_thread_over_both_channels_and_is_answered_where_they_write(
    texter: Newcomer,
) -> None:
    texting = texter()
    chatting = TelegramRecipient(texting.town, texting.phone)
    chatting.start()

    offer = chatting.ask("can it come on friday?")
    texting.ask("where is my parcel?")
    understood = texting.understood()

    assert understood == Understood("track_parcel", "action_track_parcel")
    assert texting.menu is not None
    assert texting.menu.labels == offer.labels
    assert chatting.unread() == []
    with texting.town.store.unit_of_work(read_only=True) as work:
        contacts = [
            work.contacts.by_address(Channel.SMS, texting.phone),
            work.contacts.by_address(Channel.TELEGRAM, chatting.chat_id),
        ]
        assert len({each.person_id for each in contacts if each}) == 1


@pytest.mark.conversation("E10", "A button that is too old")
def test_a_button_of_an_old_menu_and_a_forged_one_are_refused_kindly(chatter: Chatter) -> None:
    someone = chatter()
    old = someone.ask("can it come on friday?")
    someone.choose(old.labels[0])
    someone.hear()

    someone.tap(old, old.options[0][1])
    after_old = someone.hear()
    someone.tap(old, "o-forged.1", forged=True)
    after_forged = someone.hear()

    assert after_old.text.startswith("That choice is no longer open.")
    assert after_forged.text.startswith("That choice is no longer open.")


def test_a_tap_that_comes_twice_is_worked_once(town: Town, chatter: Chatter) -> None:
    someone = chatter()
    offer = someone.ask("can it come on friday?")
    someone.choose(offer.labels[0])
    someone.hear()
    update_id = int(someone.last_inbound().provider_id.removeprefix("update:"))
    worked = len(town.inbound(Channel.TELEGRAM, someone.address))

    town.sandbox("/api/redeliver", json={"provider": "telegram", "id": update_id})
    follow_up(someone)

    assert len(town.inbound(Channel.TELEGRAM, someone.address)) == worked + 1


def test_a_shared_location_is_a_place_to_look_around(chatter: Chatter) -> None:
    someone = chatter()

    someone.do(location={"lat": 51.4539, "lon": -2.6191})
    offer = someone.hear()

    assert offer.text.startswith(f"You can collect {someone.parcel} here.")
    assert offer.labels[0].startswith("Clifton News, ")


def follow_up(someone: Recipient) -> None:
    """Let one more turn pass, so that whatever came before it has been worked."""
    someone.ask("thanks")
    wait_until(lambda: someone.unread() == [], "nothing else")
