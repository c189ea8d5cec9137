"""The vault: Fernet (AES-128-CBC with HMAC-SHA256) under keys derived from the secret key."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from deliveries.errors import UnreadableError
from deliveries.model.personal import Secret
from deliveries.ports import Vault

_MIN_KEY_LENGTH = 16


class FernetVault:
    """Seals with the newest key, opens with any."""

    def __init__(self, key: str, *, previous: Sequence[str] = ()) -> None:
        """Derive the keys.

        Args:
            key: ``DOORSTEP_SECRET_KEY``: at least 16 characters, as random as can be.
            previous: Former keys; what was sealed under them can still be opened.

        Raises:
            ValueError: If a key is too short.
        """
        self._fernets = MultiFernet([_fernet(secret) for secret in (key, *previous)])

    def seal(self, secret: Secret) -> bytes:
        """Return the secret encrypted."""
        return self._fernets.encrypt(secret.reveal().encode())

    def open(self, sealed: bytes) -> Secret:
        """Return the secret.

        Raises:
            UnreadableError: If it was sealed under another key, or tampered with.
        """
        try:
            return Secret(self._fernets.decrypt(sealed).decode())
        except InvalidToken as error:
            raise UnreadableError("sealed under another key, or tampered with") from error


def _fernet(secret: str) -> Fernet:
    if len(secret) < _MIN_KEY_LENGTH:
        raise ValueError(f"a secret key has at least {_MIN_KEY_LENGTH} characters")
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"doorstep vault")
    return Fernet(base64.urlsafe_b64encode(derivation.derive(secret.encode())))


_: type[Vault] = FernetVault
