"""What Twilio says when it refuses (docs: api/errors, and the answers of the live API)."""

from typing import Any

_STATUS = {20003: 401, 20404: 404, 20409: 409, 20429: 429, 20500: 500, 20503: 503, 20009: 409}

FAULT_CODES = {429: 20429, 500: 20500, 503: 20503}
FAULT_TEXTS = {429: "Too Many Requests", 500: "Internal Server Error", 503: "Service unavailable"}


class RefusedCallError(Exception):
    """Twilio refuses a call, with its code and sentence."""

    def __init__(self, code: int, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = _STATUS.get(code, 400) if status is None else status

    def represent(self) -> dict[str, Any]:
        """Return the answer's JSON."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


def not_found(path: str) -> RefusedCallError:
    """Return the refusal for a resource that does not exist."""
    return RefusedCallError(20404, f"The requested resource {path} was not found")
