"""One-time codes as such: made, found in what people type, hidden, compared."""

import hmac
import re
import secrets
import unicodedata

from deliveries.model.personal import Secret
from deliveries.ports import Vault

DIGITS = 6
MASK = "\u2022" * DIGITS

# Six digits as people group them; not the end of a phone number, nor a date with its dots.
_CODE = re.compile(
    r"(?<!\d)(?<!\d[ .,:/-])(\d{6}|\d{3}[ -]\d{3}|\d{2} \d{2} \d{2}|\d(?: \d){5})(?![ .:/-]?\d)"
)
_NUMBER_ALONE = re.compile(r"\W*(\d(?:[ .-]?\d){2,8})\W*")


def new_code(digits: int = DIGITS) -> Secret:
    """Return a new code of so many digits."""
    return Secret(f"{secrets.randbelow(10**digits):0{digits}d}")


def is_right(vault: Vault, sealed: bytes | None, given: str) -> bool:
    """Compare in constant time; a code that was wiped fits nothing."""
    if sealed is None:
        return False
    return hmac.compare_digest(vault.open(sealed).reveal().encode(), given.encode())


def find_code(text: str, *, alone: bool) -> tuple[str, str] | None:
    """Return the digits of a code in a text and the text without them.

    A number that stands alone is taken for a code with a slip in it.

    Args:
        text: What somebody typed.
        alone: Only where the text is nothing else.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = _NUMBER_ALONE.fullmatch(plain) or (None if alone else _CODE.search(plain))
    if found is None:
        return None
    digits = "".join(letter for letter in found[1] if letter.isdecimal())
    return digits, plain[: found.start(1)] + MASK + plain[found.end(1) :]
