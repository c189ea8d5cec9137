import pytest

from sandbox.twilio.segments import Segments, count_segments


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
        ("àéùìòÇØøÅåÄÖÑÜ§¿äöñü\n", Segments("GSM-7", 1)),
        ("it\u2019s", Segments("UCS-2", 1)),
        ("ł" * 70, Segments("UCS-2", 1)),
        ("ł" * 71, Segments("UCS-2", 2)),
        ("ł" * 134, Segments("UCS-2", 2)),
        ("ł" * 135, Segments("UCS-2", 3)),
        ("😀" * 35, Segments("UCS-2", 1)),
        ("😀" * 36, Segments("UCS-2", 2)),
    ],
)
def test_counts_segments(text: str, expected: Segments) -> None:
    assert count_segments(text) == expected


def test_an_escaped_character_is_not_split_over_two_segments() -> None:
    # 152 septets leave one free, too little for the two of the euro sign
    text = "a" * 152 + "€" + "a" * 152

    assert count_segments(text).count == 3


def test_a_surrogate_pair_is_not_split_over_two_segments() -> None:
    text = "ł" * 66 + "😀" + "ł" * 66

    assert count_segments(text).count == 3
