"""An agent's phone: codes for signing in, each used once."""

import time
from dataclasses import dataclass, field

import pyotp

STEP_S = 30
# On a busy machine a form takes its time; its code must still be good when it arrives.
UNDERWAY_S = 10


@dataclass
class Phone:
    """An authenticator app that never shows a code twice.

    Three codes are good at any instant, so that three browsers sign in at once; more wait.
    """

    secret: str
    _last: int = field(default=0)

    def code(self) -> str:
        """Return a code that was not used yet."""
        step = max(self._last + 1, self._step(time.time() + UNDERWAY_S) - 1)
        while step > self._step(time.time()) + 1:
            time.sleep(0.2)
        self._last = step
        return pyotp.TOTP(self.secret).at(step * STEP_S)

    @staticmethod
    def _step(instant: float) -> int:
        return int(instant) // STEP_S
