"""Everything Doorstep raises on purpose.

AssistantError
├── RefusedError
│   ├── CutoffPassedError
│   ├── WindowUnavailableError
│   ├── OptionForbiddenError
│   ├── OfferExpiredError
│   ├── AttemptsExhaustedError
│   └── InvalidInputError
├── NotFoundError
├── NotAllowedError
├── ConflictError
└── AdapterError
    ├── UnavailableError
    ├── RejectedError
    └── UnreadableError
"""

from typing import ClassVar


class AssistantError(Exception):
    """The root: every class has a stable code and says whether trying again can help."""

    code: ClassVar[str] = "error"
    retryable: ClassVar[bool] = False


class RefusedError(AssistantError):
    """Our own rule said no: tell the recipient, never retry."""

    code = "refused"


class CutoffPassedError(RefusedError):
    """The option closed before the choice arrived."""

    code = "cutoff_passed"


class WindowUnavailableError(RefusedError):
    """No capacity is left in the window, compartment or day that was asked for."""

    code = "window_unavailable"


class OptionForbiddenError(RefusedError):
    """The shipper forbids this option for this delivery."""

    code = "option_forbidden"


class OfferExpiredError(RefusedError):
    """The button or digit belongs to an offer that is old, used or somebody else's."""

    code = "offer_expired"


class AttemptsExhaustedError(RefusedError):
    """The person has used up their tries, for example at a code."""

    code = "attempts_exhausted"


class InvalidInputError(RefusedError):
    """What we were given cannot be used; the message names the field, not the value."""

    code = "invalid_input"


class NotFoundError(AssistantError):
    """Nothing has that id."""

    code = "not_found"


class NotAllowedError(AssistantError):
    """Identity not verified, a missing right, or opted out."""

    code = "not_allowed"


class ConflictError(AssistantError):
    """Somebody else changed it first: read again, try once more."""

    code = "conflict"
    retryable = True


class AdapterError(AssistantError):
    """An outside system failed."""

    code = "adapter_failed"


class UnavailableError(AdapterError):
    """A time-out, 5xx or throttling: try later.

    Attributes:
        retry_after_s: What the other side asked us to wait, in seconds, when it said so.
    """

    code = "unavailable"
    retryable = True

    def __init__(self, message: str = "", *, retry_after_s: float | None = None) -> None:
        """Keep the wait the other side asked for."""
        super().__init__(message)
        self.retry_after_s = retry_after_s


class RejectedError(AdapterError):
    """The other side said no for good (a 4xx): do not retry."""

    code = "rejected"


class UnreadableError(AdapterError):
    """An answer we cannot map: do not guess."""

    code = "unreadable"
