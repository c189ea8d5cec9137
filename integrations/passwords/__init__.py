"""Passwords of staff, hashed by Argon2id."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# The library's defaults are RFC 9106's second choice: 64 MiB, three passes; OWASP asks for 19 MiB
# and two: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
_hasher = PasswordHasher()
# Each takes its memory: a crowd of guesses waits here instead of taking all there is.
_at_once = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """Return the hash that is kept."""
    with _at_once:
        return _hasher.hash(password)


def is_password(password: str, kept: str) -> bool:
    """Say whether a password is the one that was hashed; takes as long when it is not."""
    try:
        with _at_once:
            return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
