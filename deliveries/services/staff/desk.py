"""What signing in works with."""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from deliveries.errors import InvalidInputError
from deliveries.ports import Authenticator, Clock, UnitOfWorkFactory, Vault

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
LONGEST_NAME = 64


@dataclass(frozen=True)
class StaffDesk:
    """The means of signing in, the same in every gateway.

    Attributes:
        machine: The machine's time: sessions and codes do not follow the sandbox's clock.
        vault: Seals the authenticators' secrets.
        key: The installation's; names and addresses are counted under a hash keyed with it.
        hash_password: Argon2id.
        is_password: Compares in constant time.
        nobodys_hash: Compared with where there is no account, so that it takes as long.
    """

    unit_of_work: UnitOfWorkFactory
    machine: Clock
    vault: Vault
    authenticator: Authenticator
    key: bytes
    hash_password: Callable[[str], str]
    is_password: Callable[[str, str], bool]
    nobodys_hash: str

    def now(self) -> datetime:
        """Return the machine's time."""
        return self.machine.now()

    def keyed(self, purpose: str, value: str) -> str:
        """Return a hash that nobody without the key can try values against."""
        return hmac.new(self.key, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


def read_name(name: str) -> str:
    """Return a name as accounts keep it.

    Raises:
        InvalidInputError: If it is empty, too long, or no plain line.
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise InvalidInputError("name")
    return plain


def check_password(password: str, *, name: str) -> None:
    """Refuse what is guessed first; the length is what counts.

    Raises:
        InvalidInputError: If it is too short or too long, all one character, or built on the name.
    """
    is_long_enough = SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD
    is_the_name = len(password.casefold().replace(name.casefold(), "")) < SHORTEST_PASSWORD // 2
    if not is_long_enough or len(set(password)) < SHORTEST_PASSWORD // 3 or is_the_name:
        raise InvalidInputError("password")
