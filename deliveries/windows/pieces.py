"""What the grammar finds in a message, before it is put together and set on the calendar."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, auto
from typing import NamedTuple

from deliveries.windows.calendar import DateSpan
from deliveries.windows.lexemes import END, Kind, Lexeme
from deliveries.windows.lexicon import Language


class Clock(NamedTuple):
    """A time of day as written.

    ``sure`` says that the half of the day is known (am, pm, 24-hour form). ``marked`` says that
    it cannot be anything but a time of day.
    """

    minutes: int
    sure: bool
    marked: bool


class Shape(IntEnum):
    """How a time of day is meant."""

    PART = auto()
    POINT = auto()
    RANGE = auto()
    FROM = auto()
    UNTIL = auto()
    ALL_DAY = auto()


class Time(NamedTuple):
    """A part of the day, a point, or a stretch between clock times."""

    shape: Shape
    part: str = ""
    start: Clock | None = None
    end: Clock | None = None
    around: bool = False
    plural: bool = False


class Day(NamedTuple):
    """Days on the calendar.

    ``weekday`` is set for a bare weekday, which a week or date beside it may narrow; ``within`` is
    the week that has. ``exact`` marks a date. ``bound`` is how the days bound a stretch (``AFTER``,
    ``FROM``, ``BEFORE``, ``BY``, ``UNTIL``), if they do, and ``base`` the days it is counted from.
    ``plural``: every such day. ``anything``: any day or time at all.
    """

    spans: tuple[DateSpan, ...]
    weekday: int = -1
    exact: bool = False
    bound: Kind | None = None
    base: DateSpan | None = None
    within: DateSpan | None = None
    plural: bool = False
    anything: bool = False


class Delay(NamedTuple):
    """A stretch counted in minutes from now; without an end it lasts until midnight."""

    start_min: int
    end_min: int | None


class Mark(NamedTuple):
    """A word that says how the pieces around it hang together."""

    kind: Kind


_LONGEST_SKIP = 5

type Piece = Day | Time | Delay | Mark


@dataclass(frozen=True)
class Reader:
    """A message's lexemes, and what the grammar must know to read them."""

    lexemes: list[Lexeme]
    language: Language
    today: date
    is_month_first: bool

    def at(self, position: int) -> Lexeme:
        """Return the lexeme at a position, ``END`` beyond either end."""
        return self.lexemes[position] if 0 <= position < len(self.lexemes) else END

    def kind(self, position: int) -> Kind:
        """Return the kind of the lexeme at a position."""
        return self.at(position).kind

    def skip(self, position: int, *kinds: Kind) -> int:
        """Return the first position from here on that is none of these kinds.

        It looks a few words ahead only, so that a text of nothing but such words stays cheap.
        """
        for ahead in range(position, position + _LONGEST_SKIP):
            if self.kind(ahead) not in kinds:
                return ahead
        return position + _LONGEST_SKIP
