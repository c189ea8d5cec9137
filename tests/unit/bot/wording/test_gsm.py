import pytest

from bot.wording.gsm import Segments, outside_gsm, segments, to_gsm, to_sms


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\u201cIt\u2019s here\u201d \u2013 soon\u2026", '"It\'s here" - soon...'),
        ("2:00\u202fPM\u2009\u2013\u20094:00\u00a0PM", "2:00 PM - 4:00 PM"),
        ("caf\u00e9 Jos\u00e9\u200b", "caf\u00e9 Jos\u00e9"),
        ("1\ufe0f", "1"),
    ],
)
def test_typography_is_written_plainly(text: str, plain: str) -> None:
    assert to_gsm(text) == plain
    assert not outside_gsm(plain)


def test_letters_of_names_stay_what_they_are() -> None:
    assert to_gsm("Łukasz Đorđe ç") == "Łukasz Đorđe ç"
    assert outside_gsm("Łukasz ç") == frozenset("Łç")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Segments("GSM-7", 1)),
        ("a" * 160, Segments("GSM-7", 1)),
        ("a" * 161, Segments("GSM-7", 2)),
        ("a" * 306, Segments("GSM-7", 2)),
        ("a" * 307, Segments("GSM-7", 3)),
        ("€" * 80, Segments("GSM-7", 1)),
        ("€" * 81, Segments("GSM-7", 2)),
        # The escape and its character stay together: 76 of them fill 152 of 153.
        ("€" * 152, Segments("GSM-7", 2)),
        ("€" * 153, Segments("GSM-7", 3)),
        ("ł" * 70, Segments("UCS-2", 1)),
        ("ł" * 71, Segments("UCS-2", 2)),
        ("😀" * 35, Segments("UCS-2", 1)),
        # 33 pairs fill 66 of 67: a pair is never cut.
        ("😀" * 66, Segments("UCS-2", 2)),
        ("😀" * 67, Segments("UCS-2", 3)),
    ],
)
def test_segments_are_counted_as_networks_bill_them(text: str, expected: Segments) -> None:
    assert segments(text) == expected


LONG = (
    "Puede recogerlo mañana en la dirección de María Núñez, ¿sí? Código AB-1203, después de las 10."
)


def test_letters_lose_their_marks_where_that_saves_segments() -> None:
    assert segments(LONG) == Segments("UCS-2", 2)
    assert to_sms(LONG) == (
        "Puede recogerlo mañana en la direccion de Maria Nuñez, ¿si? Codigo AB-1203, después de "
        "las 10."
    )
    assert segments(to_sms(LONG)) == Segments("GSM-7", 1)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "año niño pingüino él è ù ì ò Ç Ñ ß ä ö ¿ ¡",
            "año niño pingüino él è ù ì ò Ç Ñ ß ä ö ¿ ¡",
        ),
        ("á í ó ú Á Í Ó Ú", "a i o u A I O U"),
        ("garçon fête où Noël naïf cœur Œuvre À Ê", "garcon fete où Noel naif coeur OEuvre A E"),
        ("Łukasz Đorđe Şahin Dvořák", "Lukasz Dorde Sahin Dvorak"),
        ("an\u0303o a\u0301rbol", "año arbol"),
        ("« Dvořák » \u2013 n\u2019a pas", '" Dvorak " - n\'a pas'),
    ],
)
def test_only_letters_that_the_alphabet_lacks_lose_their_marks(text: str, plain: str) -> None:
    filling = "ó" * 71

    assert to_sms(f"{text} {filling}") == f"{plain} {'o' * 71}"


@pytest.mark.parametrize(
    "text",
    [
        # One segment either way: nothing is saved.
        "¿Dónde está?",
        # Another letter keeps the whole in UCS-2 anyway.
        f"\N{GRINNING FACE} {LONG}",
        f"Київ {LONG}",
    ],
)
def test_letters_keep_their_marks_where_nothing_is_saved(text: str) -> None:
    assert to_sms(text) == text
