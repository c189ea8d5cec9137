import pytest

from bot.wording.gsm import Segments, outside_gsm, segments, to_gsm


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
