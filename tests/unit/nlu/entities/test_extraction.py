import time

import pytest

from nlu.entities.extraction import entities_in

SAID = [
    # Doors and neighbours
    ("leave it with Mrs Patel at no. 14", [("neighbour_name", "Mrs Patel"), ("house_number", "14")]),
    (
        "can you give it to my neighbour Dave, number 12",
        [("neighbour_name", "Dave"), ("house_number", "12")],
    ),
    ("Tom next door will take it", [("neighbour_name", "Tom")]),
    ("leave with the lady at 12", [("house_number", "12")]),
    ("leave it at 14", [("house_number", "14")]),
    ("flat 3b", [("house_number", "3B")]),
    ("12 Oak Street", [("house_number", "12")]),
    ("Mrs Patel at 14", [("neighbour_name", "Mrs Patel"), ("house_number", "14")]),
    ("Dave at 14", [("person_name", "Dave"), ("house_number", "14")]),
    ("dave, 12", [("person_name", "dave"), ("house_number", "12")]),
    ("leave it with dave at 12", [("neighbour_name", "dave"), ("house_number", "12")]),
    ("Frau Schmidt in Nr. 5", [("neighbour_name", "Frau Schmidt"), ("house_number", "5")]),
    ("bitte bei Familie Müller nebenan abgeben", [("neighbour_name", "Familie Müller")]),
    (
        "laissez le chez Mme Leroy au 12",
        [("neighbour_name", "Mme Leroy"), ("house_number", "12")],
    ),
    ("chez la voisine du 12", [("house_number", "12")]),
    (
        "déjelo con la señora García del 3",
        [("neighbour_name", "la señora García"), ("house_number", "3")],
    ),
    ("con mi vecina Carmen, piso 3B", [("neighbour_name", "Carmen"), ("house_number", "3B")]),
    ("ask for Pat at number 6", [("neighbour_name", "Pat"), ("house_number", "6")]),
    ("leave with Mr and Mrs Lowe", [("neighbour_name", "Mr and Mrs Lowe")]),
    ("Priya Shah will fetch it", [("person_name", "Priya Shah")]),
    ("my husband Mark will collect", [("person_name", "Mark")]),
    # Places
    ("leave it behind the bins", [("place", "behind the bins")]),
    ("in the shed behind the garage", [("place", "in the shed behind the garage")]),
    ("round the back", [("place", "round the back")]),
    ("hinter der Mülltonne bitte", [("place", "hinter der Mülltonne")]),
    ("in die Garage stellen", [("place", "in die Garage")]),
    ("derrière les poubelles", [("place", "derrière les poubelles")]),
    ("dans l'abri de jardin", [("place", "dans l'abri de jardin")]),
    ("detrás de los cubos de basura", [("place", "detrás de los cubos de basura")]),
    ("with the concierge", [("place", "with the concierge")]),
    ("beim Hausmeister abgeben", [("place", "beim Hausmeister")]),
    ("chez la gardienne", [("place", "chez la gardienne")]),
    # Pickup points and what they are near to
    ("any locker near my office", [("near_place", "my office")]),
    ("the petrol station", [("pickup_point", "the petrol station")]),
    ("the one by the station", [("pickup_point", "the one by the station")]),
    ("tesco express please", [("pickup_point", "tesco express")]),
    (
        "is there something near my work at 10 Bond Street?",
        [("near_place", "my work at 10 Bond Street")],
    ),
    ("close to the station", [("near_place", "the station")]),
    ("any pickup point near SE1 9SG?", [("near_place", "SE1 9SG")]),
    ("in der Nähe vom Bahnhof", [("near_place", "Bahnhof")]),
    ("cerca de mi trabajo en Calle Mayor 10", [("near_place", "mi trabajo en Calle Mayor 10")]),
    # Numbers and codes
    ("call me on 07700 900123", [("phone_number", "07700900123")]),
    ("+44 (0)7700 900123", [("phone_number", "+4407700900123")]),
    ("tracking number 1Z999AA10123456784", [("tracking_number", "1Z999AA10123456784")]),
    ("612 345 678", [("phone_number", "612345678")]),
    ("my tracking number is JJ 123 456 789 GB", [("tracking_number", "JJ123456789GB")]),
    ("der Code fürs Tor ist 3355", [("access_code", "3355")]),
    ("both please", [("which_parcel", "both")]),
    ("das von Amazon", [("which_parcel", "das von Amazon")]),
    ("parcel LM-48213", [("tracking_number", "LM-48213")]),
    ("the code is 1234", [("access_code", "1234")]),
    ("gate code: 4567#", [("access_code", "4567#")]),
    ("buzzer 12", [("access_code", "12")]),
    ("Digicode 12A45", [("access_code", "12A45")]),
    ("der Code ist 4711", [("access_code", "4711")]),
    ("el código es 1234", [("access_code", "1234")]),
    # Which parcel
    ("both", [("which_parcel", "both")]),
    ("all of them please", [("which_parcel", "all of them")]),
    ("the second one", [("which_parcel", "the second one")]),
    ("just the shoes", [("which_parcel", "the shoes")]),
    ("das zweite Paket", [("which_parcel", "das zweite Paket")]),
]

NOTHING_SAID = [
    "deliver at 5 please",
    "come at 5pm",
    "can you come at 12",
    "Friday at 5",
    "no, 14 is fine",
    "between 2 and 4",
    "tomorrow after 12",
    "der 12. Mai",
    "du 10 au 12",
    "à 5h",
    "a las 5",
    "um 5 Uhr",
    "i'm not at home on the 12th",
    "postcode is SW1A 1AA",
    "option 2",
    "leave with neighbour",
    "next door",
    "both days work",
    "",
    "👍👍👍",
    "\u200b\u200b",
    "أين طردي",
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_finds_what_is_named(text, expected):
    assert [(found.entity, found.value) for found in entities_in(text)] == expected


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_finds_nothing_in_times_dates_and_empty_talk(text):
    assert entities_in(text) == []


def test_offsets_are_those_of_the_message_as_it_arrived():
    text = "Bitte bei Frau Müßig in Nr. 5 abgeben"
    found = entities_in(text)
    assert [text[each.start : each.end] for each in found] == ["Frau Müßig", "5"]


def test_a_bare_name_counts_only_where_an_answer_is_expected():
    assert entities_in("dave") == []
    assert [found.value for found in entities_in("dave", intent="inform")] == ["dave"]


def test_a_small_name_counts_only_where_a_neighbour_is_meant():
    assert entities_in("give it to sarah please") == []
    found = entities_in("give it to sarah please", intent="leave_with_neighbour")
    assert [(each.entity, each.value) for each in found] == [("neighbour_name", "sarah")]


@pytest.mark.parametrize("text", ["a" * 5000, "12 " * 1700, "behind the " * 450, "near the " * 550])
def test_the_longest_message_is_read_in_bounded_time(text):
    # The time of this thread alone: how busy the machine is says nothing about the text.
    started = time.thread_time()
    entities_in(text)
    assert time.thread_time() - started < 0.5
