from sandbox.telegram.limits import RateLimits


class Seconds:
    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed


def test_a_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    real = Seconds()
    limits = RateLimits(real)

    assert [limits.wait_s(1) for _ in range(4)] == [0, 0, 0, 1]
    real.passed += 1
    assert [limits.wait_s(1), limits.wait_s(1)] == [0, 1]


def test_all_chats_together_take_thirty_a_second() -> None:
    real = Seconds()
    limits = RateLimits(real)

    assert [limits.wait_s(chat) for chat in range(1, 32)] == [0] * 30 + [1]
    real.passed += 0.1
    assert [limits.wait_s(chat) for chat in range(41, 45)] == [0, 0, 0, 1]


def test_a_group_takes_twenty_a_minute() -> None:
    real = Seconds()
    limits = RateLimits(real)

    assert [limits.wait_s(-100) for _ in range(21)] == [0] * 20 + [60]
    real.passed += 60
    assert limits.wait_s(-100) == 0


def test_can_be_switched_off() -> None:
    limits = RateLimits(Seconds())
    limits.is_on = False

    assert {limits.wait_s(1) for _ in range(100)} == {0}
