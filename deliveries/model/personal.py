"""Personal values that hide themselves wherever they are printed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Personal:
    """A string that shows itself only to who asks: at the wire, or on an authorised screen."""

    _value: str

    def __repr__(self) -> str:
        """Hide the value in tracebacks and logs."""
        return f"{type(self).__name__}(•••)"

    __str__ = __repr__

    def reveal(self) -> str:
        """Return the bare value; call it at the wire only."""
        return self._value


class ContactAddress(Personal):
    """A phone number in E.164, or a Telegram chat id."""


class Secret(Personal):
    """A door code, gate code or other thing told in confidence."""
