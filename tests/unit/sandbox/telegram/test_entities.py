import pytest

from sandbox.telegram.entities import commands_in, read_text
from sandbox.telegram.errors import RefusedMethodError
from sandbox.telegram.params import Params


def read(text: str, mode: str = "") -> tuple[str, list[tuple[str, int, int]]]:
    plain, entities = read_text(Params({"text": text, "parse_mode": mode}))
    return plain, [(each["type"], each["offset"], each["length"]) for each in entities]


def test_plain_text_stays_as_it_is() -> None:
    assert read("1 < 2 & *3*") == ("1 < 2 & *3*", [])


def test_reads_html_with_offsets_in_utf16() -> None:
    assert read("😀 <b>a <i>b</i></b> &lt;c&gt;", "HTML") == (
        "😀 a b <c>",
        [("bold", 3, 3), ("italic", 5, 1)],
    )


def test_reads_links() -> None:
    _, entities = read_text(
        Params({"text": '<a href="https://example.org/?a=1&amp;b=2">x</a>', "parse_mode": "html"})
    )

    assert entities == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "https://example.org/?a=1&b=2"}
    ]


@pytest.mark.parametrize("text", ["<b>a", "</b>a", "<b>a</i>", "<h1>a</h1>", "1 < 2"])
def test_refuses_html_that_cannot_be_parsed(text: str) -> None:
    with pytest.raises(RefusedMethodError, match="can't parse entities"):
        read(text, "HTML")


def test_reads_markdown() -> None:
    assert read(r"*a _b_* `c.d` 1\.5", "MarkdownV2") == (
        "a b c.d 1.5",
        [("bold", 0, 3), ("italic", 2, 1), ("code", 4, 3)],
    )


@pytest.mark.parametrize("text", ["*a", "a.b", "1-2", "_a*b_", "`a"])
def test_refuses_markdown_that_cannot_be_parsed(text: str) -> None:
    with pytest.raises(RefusedMethodError, match="can't parse entities"):
        read(text, "MarkdownV2")


@pytest.mark.parametrize("text", ["", "   ", "<b></b>"])
def test_refuses_an_empty_text(text: str) -> None:
    with pytest.raises(RefusedMethodError, match="message text is empty"):
        read(text, "HTML")


def test_counts_4096_after_parsing() -> None:
    assert len(read("<b>" + "x" * 4096 + "</b>", "HTML")[0]) == 4096
    with pytest.raises(RefusedMethodError, match="message is too long"):
        read("x" * 4097)


def test_marks_commands_in_what_people_write() -> None:
    assert commands_in("/start abc, see a/b") == [{"type": "bot_command", "offset": 0, "length": 6}]
