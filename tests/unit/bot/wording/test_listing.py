"""The page of messages is what the catalogues say."""

from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.listing import PAGE, write_page
from bot.wording.previewing import preview
from bot.wording.render import Wording
from deliveries.model.recipient import Channel


def test_the_page_of_messages_is_written_from_the_catalogues_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_page(Catalogue(read_sources()))


def test_every_notice_is_one_sms_in_every_language() -> None:
    house = Wording(Catalogue(read_sources()))

    longer = [
        (each.language, each.name, each.encoding, each.segments)
        for each in preview(house, [], house.catalogue.languages, [Channel.SMS], {})
        if (each.encoding, each.segments) != ("GSM-7", 1)
    ]

    assert longer == []
