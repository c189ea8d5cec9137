"""Authenticator apps: codes by time (RFC 6238) and the picture by which an app takes a secret."""

import hmac
from datetime import datetime

import pyotp
import segno

from deliveries.model.personal import Secret
from deliveries.ports import Authenticator

_STEP_S = 30
_ISSUER = "Doorstep"
# Clocks differ, and people type slowly: RFC 6238, section 5.2 allows one step either way.
_DRIFT = (0, -1, 1)


class TotpAuthenticator(Authenticator):
    """What every authenticator app speaks: six digits, SHA-1, thirty seconds."""

    def new_secret(self) -> Secret:
        """Return 160 random bits in base 32."""
        return Secret(pyotp.random_base32())

    def find_step(self, secret: Secret, code: str, *, now: datetime) -> int | None:
        """Return the time step of a code, if it is one of now or of the steps beside it."""
        totp = pyotp.TOTP(secret.reveal())
        current = int(now.timestamp()) // _STEP_S
        given = "".join(code.split())
        found = None
        for drift in _DRIFT:
            expected = totp.at((current + drift) * _STEP_S)
            if hmac.compare_digest(given.encode(), expected.encode()):
                found = current + drift
        return found

    def code(self, secret: Secret, *, now: datetime) -> str:
        """Return the code of now."""
        return pyotp.TOTP(secret.reveal()).at(int(now.timestamp()))

    def picture(self, secret: Secret, name: str) -> str:
        """Return the secret as a QR code: SVG without a style, as our pages allow none."""
        uri = pyotp.TOTP(secret.reveal()).provisioning_uri(name=name, issuer_name=_ISSUER)
        return segno.make(uri, error="m").svg_inline(
            scale=5, border=4, dark="#000", light="#fff", svgclass="code", lineclass=None
        )
