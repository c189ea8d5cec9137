"""Reading settings from named values, so that everything missing or wrong is told at once."""

from collections.abc import Mapping
from urllib.parse import urlsplit

LARGEST_PORT = 65535


class SettingsError(Exception):
    """Some settings are missing or wrong; the text names every one, and no value."""


class Environment:
    """Named values, such as the process's environment, and what was found wrong with them.

    Read every setting, then call ``check``.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        """Read from the values."""
        self._values = values
        self._problems: list[str] = []

    def required(self, name: str) -> str:
        """Return a value that must be there."""
        value = self._values.get(name, "").strip()
        if not value:
            self._problems.append(f"{name} is missing")
        return value

    def optional(self, name: str) -> str | None:
        """Return a value, or none."""
        return self._values.get(name, "").strip() or None

    def text(self, name: str, default: str) -> str:
        """Return a value, or the default."""
        return self.optional(name) or default

    def number(self, name: str, default: int, *, or_zero: bool = False) -> int:
        """Return a whole number above zero, or zero where that means something, or the default."""
        value = self.optional(name)
        if value is None:
            return default
        if not value.isdecimal() or (int(value) == 0 and not or_zero):
            self._problems.append(f"{name} is not a whole number above zero")
            return default
        return int(value)

    def url(self, name: str, default: str | None = None) -> str:
        """Return an http or https address without a slash at its end."""
        value = self.optional(name) or default or self.required(name)
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.netloc):
            self._problems.append(f"{name} is not an http address")
        return value.rstrip("/")

    def address(self, name: str, default: str) -> tuple[str, int]:
        """Return a host and port to listen on, written ``host:port``."""
        host, _, port = self.text(name, default).rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) <= LARGEST_PORT:
            self._problems.append(f"{name} is not host:port")
            return "127.0.0.1", 0
        return host, int(port)

    def complain(self, problem: str) -> None:
        """Note what a process itself finds wrong."""
        self._problems.append(problem)

    def check(self) -> None:
        """Refuse to start with anything missing or wrong.

        Raises:
            SettingsError: Naming all of it.
        """
        if self._problems:
            raise SettingsError("; ".join(self._problems))
