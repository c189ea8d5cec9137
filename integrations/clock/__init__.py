"""The day's time: the machine's, or the sandbox's."""

from integrations.clock.followed import FollowedClock
from integrations.clock.system import SystemClock

__all__ = ["FollowedClock", "SystemClock"]
