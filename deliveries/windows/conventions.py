"""The conventions behind the windows: every judgement about hours in one place.

All times of day are minutes after local midnight. The package's docstring shows them as a table.
"""

from typing import Final

DAY_MIN: Final = 24 * 60
NOON_MIN: Final = 12 * 60

PARTS: Final[dict[str, tuple[int, int]]] = {
    "first_thing": (8 * 60, 10 * 60),
    "early_morning": (8 * 60, 10 * 60),
    "morning": (8 * 60, 12 * 60),
    "mid_morning": (9 * 60 + 30, 11 * 60),
    "late_morning": (10 * 60, 12 * 60),
    "lunchtime": (12 * 60, 14 * 60),
    "early_afternoon": (12 * 60, 14 * 60),
    "mid_afternoon": (14 * 60, 16 * 60),
    "afternoon": (12 * 60, 17 * 60),
    "late_afternoon": (15 * 60, 17 * 60),
    "end_of_day": (16 * 60, 18 * 60),
    "early_evening": (17 * 60, 19 * 60),
    "evening": (17 * 60, 21 * 60),
    "late_evening": (19 * 60, 21 * 60),
    "early": (8 * 60, 10 * 60),
    "late": (15 * 60, 17 * 60),
    "night": (17 * 60, 21 * 60),
    "daytime": (8 * 60, 18 * 60),
    "working_hours": (9 * 60, 17 * 60),
    "school_hours": (9 * 60, 15 * 60 + 30),
}
"""Parts of the day as somebody waiting for a parcel means them."""

BARRED_PARTS: Final[dict[str, tuple[int, int]]] = {
    "morning": (0, 12 * 60),
    "evening": (17 * 60, DAY_MIN),
    "night": (17 * 60, DAY_MIN),
    "first_thing": (0, 10 * 60),
    "early_morning": (0, 10 * 60),
    "late_evening": (19 * 60, DAY_MIN),
}
"""Parts that reach further when they are excluded: nobody who bars mornings wants 6 am."""

LATE_PARTS: Final = frozenset({"evening", "night", "late_evening", "early_evening"})
"""Parts that, with a start of their own ("tonight after 7"), run to midnight."""

MORNING_PARTS: Final = frozenset(
    {"first_thing", "early_morning", "morning", "mid_morning", "late_morning", "early"}
)
ANY_HALF_PARTS: Final = frozenset({"daytime", "working_hours", "school_hours"})
"""Parts that do not say which half of the day an hour belongs to."""

HABITS: Final[dict[str, int]] = {
    "breakfast": 9 * 60,
    "school_start": 9 * 60,
    "work_start": 9 * 60,
    "lunch": 14 * 60,
    "lunch_start": 12 * 60,
    "school": 15 * 60 + 30,
    "work": 17 * 60,
    "dinner": 20 * 60,
    "dinner_start": 18 * 60,
}
"""When what people do every day ends (or starts): "after school", "before work"."""

FIRST_MORNING_HOUR: Final = 8
"""An hour without am or pm is morning from this one to eleven, and afternoon below it."""

FIRST_WORKING_MIN: Final = 7 * 60
LAST_WORKING_MIN: Final = 20 * 60
"""Drivers work between these; it decides ranges such as "7-9" (morning) and "6-8" (evening)."""

LAST_SHIFTED_MIN: Final = 21 * 60
"""Today, an hour that has passed means its twin twelve hours later, up to this one."""

LATEST_BARE_MIN: Final = 21 * 60
"""A bare "at 22" is a house from here on, not an hour: no driver comes then."""

POINT_MIN: Final = 60
"""How long a window is that starts at a single time: "at 3" is 15:00 to 16:00."""

AROUND_MIN: Final = 30
"""How far "around 3" reaches to either side."""

HORIZON_DAYS: Final = 7
"""How many days, today included, "weekdays", "mornings" or "any day after 5" look ahead."""

MAX_WISHES: Final = 24
MAX_PIECES: Final = 200
MAX_LEXEMES: Final = 500
"""More than a person writes: what lies beyond is not read, so that time stays linear."""

MONTH_FIRST_LOCALES: Final = frozenset({"en-us", "en-ph"})
MONTH_FIRST_ZONES: Final = frozenset(
    {
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Los_Angeles",
        "America/Phoenix",
        "America/Anchorage",
        "America/Detroit",
        "America/Boise",
        "Pacific/Honolulu",
        "Asia/Manila",
    }
)
"""Where 11/5 is the fifth of November, when English comes without a locale."""
