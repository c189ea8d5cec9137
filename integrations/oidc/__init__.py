"""OpenID Connect: authorization code with PKCE, state and nonce (OpenID Connect Core 1.0, 3.1)."""

import secrets
import time
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from deliveries.errors import RejectedError, UnavailableError, UnreadableError
from deliveries.services.staff.company_accounts import Identity, IdentityProvider, Journey

# None of them can be made by who knows the public keys alone.
_ALGORITHMS = ["RS256", "ES256", "PS256"]
_LEEWAY_S = 60
_PATIENCE_S = 10.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class OidcProvider(IdentityProvider):
    """One provider, found by its issuer.

    Attributes:
        issuer: As it stands in its tokens.
        redirect_url: Where it sends browsers back to.
        name_claim: Which claim an account is named after.
        groups_claim: Which claim lists the groups.
    """

    issuer: str
    client_id: str
    client_secret: str
    redirect_url: str
    name_claim: str = "preferred_username"
    groups_claim: str = "groups"

    def begin(self) -> Journey:
        """Return the way to the provider.

        Raises:
            UnavailableError: If it cannot be reached.
            UnreadableError: If it is not the provider that was set up.
        """
        told = self._discover()
        nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        with self._client() as client:
            url, state = client.create_authorization_url(
                told["authorization_endpoint"],
                state=secrets.token_urlsafe(32),
                nonce=nonce,
                code_verifier=verifier,
            )
        return Journey(str(url), str(state), nonce, verifier)

    def finish(self, *, code: str, nonce: str, verifier: str) -> Identity:
        """Return who came back with a code.

        Raises:
            RejectedError: If the provider refuses the code.
            UnavailableError: If it cannot be reached.
            UnreadableError: If its token is not good for this journey.
        """
        told = self._discover()
        try:
            with self._client() as client:
                token = client.fetch_token(
                    told["token_endpoint"], code=code, code_verifier=verifier
                )
        except OAuthError as error:
            raise RejectedError("the provider refused the code") from error
        except httpx.HTTPError as error:
            raise UnavailableError("the provider cannot be reached") from error
        return self._identity(self._claims(str(token.get("id_token", "")), told, nonce))

    def _claims(self, id_token: str, told: dict[str, Any], nonce: str) -> dict[str, Any]:
        try:
            keys = KeySet.import_key_set(cast("KeySetSerialization", _get(told["jwks_uri"])))
            claims = dict(jwt.decode(id_token, keys, algorithms=_ALGORITHMS).claims)
            jwt.JWTClaimsRegistry(
                now=int(time.time()),
                leeway=_LEEWAY_S,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self.client_id},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(claims)
        except (JoseError, ValueError, KeyError) as error:
            raise UnreadableError("the provider's token is not good") from error
        audiences = claims["aud"]
        is_for_several = isinstance(audiences, list) and len(audiences) > 1
        # Core 1.0, 3.1.3.7: with several audiences it must have been made for us.
        if is_for_several and claims.get("azp") != self.client_id:
            raise UnreadableError("the provider's token is for somebody else")
        return claims

    def _identity(self, claims: dict[str, Any]) -> Identity:
        name = claims.get(self.name_claim)
        groups = claims.get(self.groups_claim, [])
        if not isinstance(name, str) or not isinstance(groups, list):
            raise UnreadableError("the provider's token lacks the name or the groups")
        subject = f"{self.issuer}|{claims['sub']}"
        return Identity(subject, name, tuple(str(group) for group in groups))

    def _discover(self) -> dict[str, Any]:
        told = _get(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        addresses = [str(told.get(name, "")) for name in _ENDPOINTS]
        if told.get("issuer") != self.issuer or not all(map(is_safe_address, addresses)):
            raise UnreadableError("the provider is not the one that was set up")
        return told

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self.client_id,
            self.client_secret,
            redirect_uri=self.redirect_url,
            scope="openid profile groups",
            code_challenge_method="S256",
            timeout=_PATIENCE_S,
            trust_env=False,
        )


def is_safe_address(url: str) -> bool:
    """Say whether nobody in between can read or change what goes to an address."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _get(url: str) -> dict[str, Any]:
    try:
        with httpx.Client(timeout=_PATIENCE_S, trust_env=False) as client:
            answer = client.get(url)
            answer.raise_for_status()
            told = answer.json()
    except httpx.HTTPError as error:
        raise UnavailableError("the provider cannot be reached") from error
    except ValueError as error:
        raise UnreadableError("the provider's answer is no JSON") from error
    if not isinstance(told, dict):
        raise UnreadableError("the provider's answer is no object")
    return told
