"""Twilio's default handling of STOP, START and HELP (docs: tutorials/advanced-opt-out)."""

from dataclasses import dataclass, field

_STOP = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"})
_START = frozenset({"START", "YES", "UNSTOP"})
_HELP = frozenset({"HELP", "INFO"})

_STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this "
    "number. Reply START to resubscribe."
)
_STARTED = (
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
)
_HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."


@dataclass
class OptOuts:
    """Who blocked which of the account's numbers by a keyword."""

    _blocked: set[tuple[str, str]] = field(default_factory=set)

    def is_blocked(self, person: str, number: str) -> bool:
        """Whether messages from ``number`` to ``person`` are refused with 21610."""
        return (person, number) in self._blocked

    def hear(self, person: str, number: str, body: str) -> str | None:
        """Apply a message that is a keyword, whole and in any case.

        Returns:
            Twilio's own reply, or None when it says nothing. The webhook is called either way.
        """
        word = body.strip().upper()
        pair = (person, number)
        if word in _STOP:
            is_new = pair not in self._blocked
            self._blocked.add(pair)
            return _STOPPED if is_new else None
        if word in _START and pair in self._blocked:
            self._blocked.discard(pair)
            return _STARTED
        return _HELPED if word in _HELP and pair not in self._blocked else None
