"""X-Twilio-Signature, as in Twilio's documentation (usage/security, "Validating requests")."""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from urllib.parse import urldefrag, urlsplit, urlunsplit


def url_to_sign(url: str) -> str:
    """Return the form of a webhook's URL that Twilio signs.

    The fragment (connection overrides) is never signed; with https a port is left out.
    """
    without_fragment = urldefrag(url).url
    parts = urlsplit(without_fragment)
    if parts.scheme != "https" or parts.port is None:
        return without_fragment
    return urlunsplit(parts._replace(netloc=parts.netloc.removesuffix(f":{parts.port}")))


def sign(token: str, url: str, params: Mapping[str, str | Sequence[str]]) -> str:
    """Sign a form request: base64 of HMAC-SHA1 over the URL and the sorted fields.

    Args:
        token: The account's auth token.
        url: Exactly as signed, see ``url_to_sign``.
        params: The form; the values of a repeated field are sorted and told once each.
    """
    signed = url
    for name in sorted(params):
        value = params[name]
        values = [value] if isinstance(value, str) else sorted(set(value))
        signed += "".join(name + each for each in values)
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
