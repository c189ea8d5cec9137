import pytest

from deliveries.errors import UnreadableError
from deliveries.model.personal import Secret
from integrations.vault import FernetVault

KEY = "a key of the tests, long enough"


def test_a_secret_comes_out_as_it_went_in() -> None:
    vault = FernetVault(KEY)

    assert vault.open(vault.seal(Secret("gate 4711 é"))) == Secret("gate 4711 é")


def test_sealing_shows_nothing_and_never_the_same_twice() -> None:
    vault = FernetVault(KEY)
    sealed = [vault.seal(Secret("4711")) for _ in range(2)]

    assert all(b"4711" not in each for each in sealed)
    assert sealed[0] != sealed[1]


def test_a_vault_made_later_with_the_same_key_opens_it() -> None:
    assert FernetVault(KEY).open(FernetVault(KEY).seal(Secret("x"))) == Secret("x")


def test_what_was_sealed_under_a_former_key_still_opens() -> None:
    sealed = FernetVault(KEY).seal(Secret("x"))

    rotated = FernetVault("the next key of the tests", previous=[KEY])

    assert rotated.open(sealed) == Secret("x")
    with pytest.raises(UnreadableError):
        FernetVault(KEY).open(rotated.seal(Secret("y")))


@pytest.mark.parametrize("sealed", [b"", b"not sealed", b"gAAAAA", b"\xff\x00"])
def test_what_was_tampered_with_does_not_open(sealed: bytes) -> None:
    with pytest.raises(UnreadableError):
        FernetVault(KEY).open(sealed)


@pytest.mark.parametrize("keys", [("", []), ("short", []), (KEY, ["short"])])
def test_a_short_key_is_refused(keys: tuple[str, list[str]]) -> None:
    with pytest.raises(ValueError, match="16 characters"):
        FernetVault(keys[0], previous=keys[1])
