"""The kinds of words the grammar knows, whatever the language."""

from enum import IntEnum, auto
from typing import NamedTuple


class Kind(IntEnum):
    """What a word or mark does in a sentence about time.

    Of ints because their hash is cheap, and kinds are looked up in sets for every word.
    """

    END = auto()
    OTHER = auto()
    NUMBER = auto()  # value: the number, -1 when too long to be one
    ORDINAL = auto()  # value: day of the month
    ORDINAL_MARK = auto()  # th, st, er, ª
    # Days
    DAY = auto()  # value: days from today
    WEEKDAY = auto()  # value: 0 = Monday; plural: every one
    WEEKDAYS = auto()  # Monday to Friday
    WEEKEND = auto()
    WEEK = auto()
    FORTNIGHT = auto()
    MONTH_UNIT = auto()
    MONTH = auto()  # value: 1 to 12
    HOLIDAY = auto()  # name: key of the calendar
    DAY_UNIT = auto()
    EVERY_DAY = auto()
    WEEK_OF = auto()
    START_OF = auto()  # name: early, if it may stand for a part of the day too
    MIDDLE_OF = auto()
    END_OF = auto()  # name: late, likewise
    THIS = auto()
    NEXT = auto()
    AFTER_NEXT = auto()
    LAST = auto()
    LATER = auto()  # the rest of (today, this week)
    COUPLE = auto()  # value: how many
    FROM_NOW = auto()  # time, from now: ends "two days' time"
    NEXT_FEW = auto()  # in the next, within: a stretch that starts now
    AGO = auto()
    # Clock
    PART = auto()  # name: key of the parts of the day; plural: every one
    HABIT_FROM = auto()  # name: after work, after school
    HABIT_UNTIL = auto()  # name: before work
    NOON = auto()
    MIDNIGHT = auto()
    MERIDIEM = auto()  # value: 0 = am, 12 = pm
    HOUR_MARK = auto()  # o'clock, h, Uhr
    HALF = auto()
    QUARTER = auto()
    PAST = auto()  # value: minutes after
    TO_HOUR = auto()
    MINUTE_SUFFIX = auto()  # value: minutes to add to the hour before it
    ISH = auto()
    HOUR_UNIT = auto()
    ALL_DAY = auto()
    ANY_TIME = auto()
    ASAP = auto()
    # Small words
    AT = auto()
    ON = auto()
    IN = auto()
    THE = auto()
    OF = auto()
    A = auto()
    AROUND = auto()
    AFTER = auto()
    BEFORE = auto()
    BY = auto()
    FROM = auto()
    UNTIL = auto()
    BETWEEN = auto()
    TO = auto()
    AND = auto()
    OR = auto()
    ELSE = auto()
    ONWARDS = auto()
    EARLIER = auto()
    # What is said about times
    NOT = auto()
    NO = auto()  # negates only what follows at once
    EXCEPT = auto()
    AWAY = auto()
    BAD = auto()
    GOOD = auto()
    HOME = auto()
    BUT = auto()
    IF = auto()
    REQUEST = auto()
    PREFER = auto()  # what follows comes before what was wished so far
    RETURN = auto()
    LEAVE = auto()
    PAST_TALK = auto()  # what follows is past: "you said friday"
    PAST_END = auto()  # what stands before is past: "am freitag bestellt"
    MOVE = auto()
    CORRECTION = auto()  # no wait, I mean: what follows replaces what stands before
    SO = auto()  # so, say: a time after it replaces the time before it
    THAN = auto()  # value: 1 if it needs a "rather" before it
    DAY_AFTER = auto()  # value: days after the one just named, 0 for one
    NAME = auto()  # a weekday or month after it is somebody's name; value: of how many words
    NTH = auto()  # value: which friday of the month
    SAME_TIME = auto()
    NEITHER = auto()  # what stands before is excluded as well: auch nicht, tampoco
    BECAUSE = auto()  # what follows is a reason: no exclusion in it reaches back
    # Numbers that are no times
    LABEL = auto()  # flat, code, order: the number after it is no time
    THINGS = auto()  # parcels, kg, years: the number before it is no time
    STREET = auto()
    SKIP = auto()  # good morning
    # Marks
    COMMA = auto()
    STOP = auto()
    DOT = auto()
    COLON = auto()
    DASH = auto()
    SLASH = auto()
    PLUS = auto()
    HASH = auto()
    MONEY = auto()
    BRACKET = auto()


class Lexeme(NamedTuple):
    """A word or phrase with its meaning.

    ``text`` is the digits of a number, so that ``09`` and ``9`` can be told apart. ``glued`` as
    in ``Token``. ``spelt`` marks a number written as a word.
    """

    kind: Kind
    value: int = 0
    name: str = ""
    plural: bool = False
    glued: bool = False
    text: str = ""
    spelt: bool = False


END = Lexeme(Kind.END)
OTHER = Lexeme(Kind.OTHER)


CLAUSE_ENDS = frozenset({Kind.END, Kind.COMMA, Kind.STOP, Kind.DOT, Kind.AND, Kind.BUT, Kind.OR})
"""What ends a clause, as far as one word shows it."""
