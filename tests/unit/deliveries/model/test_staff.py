"""What each role may."""

from itertools import pairwise

import pytest

from deliveries.model.staff import Permission, Role, may, permissions_of


def test_each_role_may_more_than_the_one_before_it() -> None:
    sets = [permissions_of(role) for role in Role]

    assert [len(each) for each in sets] == [1, 6, 10, 12]
    assert all(fewer < more for fewer, more in pairwise(sets))
    assert sets[-1] == frozenset(Permission)


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        ("viewer", "chats:read", True),
        ("viewer", "chats:work", False),
        ("viewer", "personal_data:reveal", False),
        ("agent", "personal_data:reveal", True),
        ("agent", "accounts:reset", False),
        ("lead", "accounts:reset", True),
        ("lead", "accounts:manage", False),
        ("admin", "accounts:manage", True),
        ("admin", "made:up", False),
        ("made-up", "chats:read", False),
        ("", "chats:read", False),
    ],
)
def test_a_role_may_what_its_table_says(role: str, permission: str, *, allowed: bool) -> None:
    assert may(role, permission) is allowed
