import pytest

from deliveries.model.personal import Secret
from deliveries.services.identity.codes import MASK, find_code, is_right, new_code
from tests.doubles import OpenVault


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("493817", "493817"),
        (" 493 817 ", "493817"),
        ("493-817.", "493817"),
        ("4 9 3 8 1 7", "493817"),
        ("49 38 17", "493817"),
        ("code: 493817 thanks", "493817"),
        ("493817!", "493817"),
        ("\uff14\uff19\uff13\uff18\uff11\uff17", "493817"),
        ("49381", "49381"),
        ("4938172", "4938172"),
    ],
)
def test_finds_a_code_as_people_type_it(text: str, digits: str) -> None:
    found = find_code(text, alone=False)

    assert found is not None
    assert found[0] == digits
    assert found[1].count(MASK) == 1
    assert not any(letter.isdecimal() for letter in found[1])


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "12",
        "call me on 07700 900123",
        "friday after 5, not 12.03.2026",
        "on 12.03.26 please",
        "12-14 tomorrow",
        "hello",
        "",
    ],
)
def test_leaves_what_is_no_code_alone(text: str) -> None:
    assert find_code(text, alone=False) is None


def test_late_a_code_must_stand_alone() -> None:
    assert find_code("order 493817 is late", alone=True) is None
    assert find_code("493817", alone=True) == ("493817", MASK)


def test_a_new_code_has_its_digits_and_fits_itself_only() -> None:
    code = new_code()
    vault = OpenVault()

    assert len(code.reveal()) == 6
    assert is_right(vault, vault.seal(code), code.reveal())
    assert not is_right(vault, vault.seal(Secret("111111")), "111112")
    assert not is_right(vault, None, "111111")
