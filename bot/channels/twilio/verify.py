"""Whether a request comes from Twilio: its signature over our public address and the form.

See https://www.twilio.com/docs/usage/webhooks/webhooks-security.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs, parse_qsl, urlsplit

from twilio.request_validator import RequestValidator

_FORM = "application/x-www-form-urlencoded"


class Form:
    """Form fields in the order sent, repeated ones kept: all of them are signed."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Keep the pairs."""
        self._pairs = tuple(pairs)

    @classmethod
    def parse(cls, body: bytes) -> "Form":
        """Read a form; what is no UTF-8 becomes question marks, and its signature is wrong."""
        return cls(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))

    def __iter__(self) -> Iterator[str]:
        return iter(dict(self._pairs))

    def __len__(self) -> int:
        return len(self._pairs)

    def getlist(self, name: str) -> list[str]:
        """Return every value of a field."""
        return [value for key, value in self._pairs if key == name]

    def get(self, name: str) -> str:
        """Return the first value of a field, or nothing."""
        return next(iter(self.getlist(name)), "")


def is_from_twilio(token: str, *, url: str, content_type: str, body: bytes, signature: str) -> bool:
    """Say whether Twilio has signed a request with our token.

    Args:
        token: The account's; without one nothing is believed.
        url: Our public address with path and query exactly as sent.
        content_type: The request's; a form's fields are signed, of other bodies a hash.
        body: As received.
        signature: The header ``X-Twilio-Signature``.
    """
    if not token or not signature:
        return False
    params: Form | str
    if content_type.partition(";")[0].strip().lower() == _FORM:
        params = Form.parse(body)
    elif body and "bodySHA256" not in parse_qs(urlsplit(url).query):
        return False
    else:
        params = body.decode("utf-8", "replace") if body else Form(())
    validator = RequestValidator(token)
    # Twilio signs a quote in the query as %27, whatever was configured.
    return any(
        validator.validate(candidate, params, signature)
        for candidate in dict.fromkeys((url, url.replace("'", "%27")))
    )
