"""The page of messages is what the catalogues say."""

from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.checking import MOST_WITH_MENU, own_names
from bot.wording.gsm import segments
from bot.wording.listing import PAGE, write_page
from bot.wording.previewing import preview
from bot.wording.render import Wording
from bot.wording.samples import NOW, facts_in, has_menu
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying

# The nearest locker with room stands above the usual menu.
FULL = {"notice_failed_locker_full", "notice_locker_full_choices"}
# In German and French the second try and the menu take three together.
BY_A_NEAR_VAN = {
    "notice_failed_choices_near",
    *(
        f"notice_failed_{reason}"
        for reason in (
            "address_not_found",
            "neighbour_no_access",
            "neighbour_nobody_home",
            "no_access",
            "nobody_home",
            "other",
            "safe_place",
        )
    ),
}


def test_the_page_of_messages_is_written_from_the_catalogues_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_page(Catalogue(read_sources()))


def test_every_notice_is_one_sms_in_every_language_before_its_menu() -> None:
    house = Wording(Catalogue(read_sources()))

    longer = []
    for name in own_names(house.catalogue):
        for language in house.catalogue.languages:
            saying = Saying(name, facts_in(language))
            said = house.render([saying], None, language=language, channel=Channel.SMS, now=NOW)
            if (segments(said.text).encoding, said.segments) != ("GSM-7", 1):
                longer.append((language, name, said.text))

    assert longer == []


def test_a_menu_costs_one_more_sms_and_two_only_where_it_is_long() -> None:
    house = Wording(Catalogue(read_sources()))

    found = list(preview(house, [], house.catalogue.languages, [Channel.SMS], {}))
    longer = {(each.language, each.name) for each in found if (each.segments or 0) > 2}

    assert {each.encoding for each in found} == {"GSM-7"}
    assert max(each.segments or 0 for each in found) == MOST_WITH_MENU
    assert {name for language, name in longer if language in ("en", "es")} == FULL
    assert {name for _, name in longer} == FULL | BY_A_NEAR_VAN
    assert {(each.name, each.segments) for each in found if not has_menu(each.name)} == {
        (name, 1) for name in own_names(house.catalogue) if not has_menu(name)
    }


def test_a_preview_shows_and_prices_the_menu_beneath() -> None:
    house = Wording(Catalogue(read_sources()))

    [shown] = preview(house, ["notice_failed_nobody_home"], ["en"], [Channel.SMS], {"*": 0.05})

    assert shown.text.splitlines() == [
        (
            "Larkfield Books: we were at your door with your delivery (reading lamp), "
            "but nobody answered."
        ),
        "We are near until 13:00: reply BACK for a second try, or a number:",
        "1 Come back now",
        "2 Another day or time",
        "3 A neighbour",
        "4 A safe place",
        "5 A shop or locker nearby",
        "Choose by today, 19:00, or we keep it at our depot.",
    ]
    assert (shown.segments, shown.cost) == (2, 0.1)


def test_the_evening_before_is_previewed_as_it_is_read_then() -> None:
    house = Wording(Catalogue(read_sources()))

    [shown] = preview(house, ["notice_pre_advice"], ["en"], [Channel.SMS], {})

    assert "is planned for tomorrow, Wed 11 Mar, 11:30-12:30." in shown.text
    assert shown.text.endswith("Choose by tomorrow, Wed 11 Mar, 10:30, or we come as planned.")
