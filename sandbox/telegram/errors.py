"""What the Bot API says when it refuses (core.telegram.org/bots/api#making-requests)."""

from typing import Any


class RefusedMethodError(Exception):
    """The Bot API refuses a call, with its code and sentence."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def represent(self) -> dict[str, Any]:
        """Return the answer's JSON."""
        shown: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            shown["parameters"] = {"retry_after": self.retry_after}
        return shown


def bad_request(text: str) -> RefusedMethodError:
    """Return a 400 with Telegram's usual beginning."""
    return RefusedMethodError(400, f"Bad Request: {text}")


def too_many_requests(retry_after: int) -> RefusedMethodError:
    """Return a 429 that says when to try again."""
    return RefusedMethodError(
        429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after
    )
