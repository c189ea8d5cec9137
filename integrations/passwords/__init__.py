"""Passwords of staff, hashed by Argon2id."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# The library's defaults are RFC 9106's second choice: 64 MiB, three passes.
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return the hash that is kept."""
    return _hasher.hash(password)


def is_password(password: str, kept: str) -> bool:
    """Say whether a password is the one that was hashed; takes as long when it is not."""
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
