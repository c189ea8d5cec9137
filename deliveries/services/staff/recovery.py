"""Recovery codes: ten for the days without the authenticator, each good once."""

import hashlib
import secrets

from deliveries.model.staff import RecoveryCode
from deliveries.ports import UnitOfWork

COUNT = 10
# Without letters and digits that look alike; twelve of them are 59 bits, behind the rate limit.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUP, _GROUPS = 4, 3


def renew(work: UnitOfWork, agent_id: str) -> tuple[str, ...]:
    """Make new codes, void all former ones, and return the new for showing once."""
    codes = tuple(_make() for _ in range(COUNT))
    kept = [RecoveryCode(_hash(agent_id, code), agent_id) for code in codes]
    work.recovery_codes.replace(agent_id, kept)
    return codes


def use(work: UnitOfWork, agent_id: str, code: str) -> bool:
    """Use a code up; say whether it was one."""
    return work.recovery_codes.use(agent_id, _hash(agent_id, code))


def _make() -> str:
    letters = [secrets.choice(_LETTERS) for _ in range(_GROUP * _GROUPS)]
    groups = [letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP)]
    return "-".join("".join(group) for group in groups)


def _hash(agent_id: str, code: str) -> str:
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    return hashlib.sha256(f"{agent_id}:{plain}".encode()).hexdigest()
