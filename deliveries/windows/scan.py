"""Walks over a message once and picks out days, times and the words that join them."""

from datetime import date, timedelta

from deliveries.windows.calendar import DateSpan
from deliveries.windows.conventions import MAX_PIECES
from deliveries.windows.grammar_dates import (
    DayAt,
    is_moved,
    read_date,
    read_day_range_number,
)
from deliveries.windows.grammar_days import read_plain_day
from deliveries.windows.grammar_labels import (
    CHAIN,
    GOES_ON,
    is_about_thing,
    is_not_time,
    is_proposed,
    is_share,
    is_then,
    skip_labelled,
    skip_name,
)
from deliveries.windows.grammar_named import (
    days_after,
    opened,
    read_day_after,
    read_week_after,
)
from deliveries.windows.grammar_spans import read_day
from deliveries.windows.grammar_times import read_delay, read_time
from deliveries.windows.lexemes import CLAUSE_ENDS, Kind
from deliveries.windows.openings import MARKS, STARTS
from deliveries.windows.pieces import Day, Mark, Piece, Reader, Shape, Time

_COMPARED = frozenset({Kind.DAY, Kind.WEEKDAY, Kind.WEEKEND, Kind.PART, Kind.NEXT, Kind.THIS})
_DAY_STARTS = frozenset({Kind.DAY, Kind.WEEKDAY, Kind.ORDINAL, Kind.MONTH, Kind.NUMBER})
_IDLE = frozenset(
    {Kind.OTHER, Kind.END, Kind.THINGS, Kind.LABEL, Kind.STREET, Kind.SKIP, Kind.REQUEST}
)
_LIKE = {
    Kind.DOT: Kind.STOP,
    Kind.PLUS: Kind.AND,
    Kind.SLASH: Kind.OR,
    Kind.DASH: Kind.COMMA,
    Kind.BRACKET: Kind.COMMA,
    Kind.COLON: Kind.COMMA,
}
_LABEL_REACH = 2
_NEAR = 6
_PHONE_DIGITS = 5


class _Scan:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.pieces: list[Piece] = []
        self.licensed_at = -1
        self.is_moving = False
        self.is_dropping = False
        self.compared_from: int | None = None
        self.not_before: Piece | None = None

    def run(self) -> list[Piece]:
        at = 0
        while at < len(self.reader.lexemes) and len(self.pieces) < MAX_PIECES:
            at = self.step(at)
        return self.pieces

    def step(self, at: int) -> int:
        kind = self.reader.kind(at)
        if kind is Kind.MOVE:
            return self.move(at)
        if kind is Kind.NAME:
            at = skip_name(self.reader, at)
            kind = self.reader.kind(at)
        if kind in {Kind.LABEL, Kind.HASH, Kind.MONEY, Kind.STREET, Kind.NO, Kind.PLUS}:
            end = self.skip_label(at)
            if end > at:
                return end
        if self.reader.at(at).name == "rather":
            self.compared_from = len(self.pieces)
        if kind in MARKS:
            return self.mark(kind, at)
        if kind in {Kind.THAN, Kind.DAY_AFTER, Kind.SAME_TIME}:
            return self.read_reference(kind, at)
        if kind in {Kind.BEFORE, Kind.AFTER} and is_then(self.reader, at + 1):
            shape = Shape.FROM if kind is Kind.AFTER else Shape.UNTIL
            return self.read_then(shape, at + 2)
        found = 0 if kind not in STARTS or self.is_idle(at) else self.read_piece(at)
        return found or self.read_small(kind, at)

    def move(self, at: int) -> int:
        """Let "the delivery for friday, please change to monday" replace the old day."""
        reader = self.reader
        self.is_moving = True
        if reader.kind(at + 1) is Kind.TO and any(isinstance(p, Day) for p in self.pieces[-_NEAR:]):
            self.pieces.append(Mark(Kind.CORRECTION))
        return at + 1

    def mark(self, kind: Kind, at: int) -> int:
        reader = self.reader
        if reader.at(at).name == "no" and reader.kind(at + 1) is Kind.COMMA:
            kind = Kind.NO if reader.kind(at - 1) in {Kind.STOP, Kind.DOT} else kind
        following = reader.kind(at + 1)
        if kind is Kind.NOT and following is Kind.THIS and reader.kind(at + 2) in CLAUSE_ENDS:
            return at + 2
        if kind is Kind.ELSE and reader.at(at).name == "then" and following in CLAUSE_ENDS:
            return at + 1
        if kind is Kind.ELSE and reader.at(at).name == "after" and following in CLAUSE_ENDS:
            return self.read_then(Shape.FROM, at + 1)
        last = self.pieces[-1] if self.pieces else None
        is_said_last = kind is Kind.LEAVE and reader.at(at).name == "said last"
        if is_said_last and isinstance(last, Time) and last.shape is Shape.POINT:
            self.pieces[-1] = Time(Shape.UNTIL, end=last.start)
            return at + 1
        if kind in {Kind.BAD, Kind.NOT} and is_about_thing(reader, at):
            return at + 1
        if kind is Kind.STOP:
            self.is_moving = self.is_dropping = False
            self.compared_from = None
        if kind is Kind.AWAY and last is self.not_before is not None:
            self.pieces.append(Mark(Kind.COMMA))
        self.pieces.append(Mark(kind))
        if reader.at(at).name == "rather" and self.pieces[-2:-1] == [Mark(Kind.BUT)]:
            self.pieces.append(Mark(Kind.PREFER))
        return at + 1

    def read_reference(self, kind: Kind, at: int) -> int:
        """Read what means something only by what was said before."""
        if kind is Kind.THAN:
            return self.read_than(at)
        if kind is Kind.SAME_TIME:
            return self.repeat_time(at)
        days = self.reader.at(at).value or 1
        stretch = read_week_after(self.reader, at, self.last_day()) if days > 1 else None
        if stretch:
            return self.keep(*stretch)
        return self.keep(days_after(self.reader, self.last_named(), days), at + 1)

    def read_than(self, at: int) -> int:
        """Read the "than" of "rather friday than saturday" as an exclusion."""
        is_led = not self.reader.at(at).value or (
            self.compared_from is not None and self.compared_from < len(self.pieces)
        )
        ahead = self.reader.skip(at + 1, Kind.ON, Kind.THE, Kind.AT, Kind.IN)
        if is_led and self.reader.kind(ahead) in _COMPARED:
            self.pieces.append(Mark(Kind.EXCEPT))
        return at + 1

    def repeat_time(self, at: int) -> int:
        """Read "same time" as the time just named."""
        named = next((piece for piece in reversed(self.pieces) if isinstance(piece, Time)), None)
        return self.keep(named, at + 1) if named else at + 1

    def read_then(self, shape: Shape, end: int) -> int:
        """Read "before then" and "after that" as before and after the time just named."""
        named = next((piece for piece in reversed(self.pieces) if isinstance(piece, Time)), None)
        clock = named and (named.start or named.end)
        if not clock:
            return end
        is_from = shape is Shape.FROM
        return self.keep(Time(shape, start=clock) if is_from else Time(shape, end=clock), end)

    def last_named(self) -> date | None:
        """Return the last day of the days just named."""
        named = self.last_day()
        end = named.spans[-1].end if named and named.spans else None
        return end - timedelta(days=1) if end else None

    def last_day(self) -> Day | None:
        """Return the days just named."""
        return next((piece for piece in reversed(self.pieces) if isinstance(piece, Day)), None)

    def read_small(self, kind: Kind, at: int) -> int:
        if kind in {Kind.TO, Kind.ELSE}:
            self.is_dropping = False
        if kind in {Kind.ANY_TIME, Kind.ASAP}:
            self.pieces.append(Day((DateSpan(self.reader.today, None),), anything=True))
        elif kind in {Kind.START_OF, Kind.END_OF}:
            self.read_early_or_late(at)
        elif kind is Kind.ONWARDS and self.licensed_at == at:
            self.open_part()
        elif kind is Kind.NO:
            self.read_no(at)
        elif kind in _LIKE:
            return self.mark(_LIKE[kind], at)
        elif kind is Kind.NUMBER:
            return self.skip_number(at)
        return at + 1

    def open_part(self) -> None:
        """Read "tonight at the earliest" and "friday afternoon onwards" as from its start."""
        self.pieces[-2:] = opened(self.pieces[-2:])

    def read_early_or_late(self, at: int) -> None:
        """Read the "early" of "early on friday" or "friday, early" as a part of the day."""
        name = self.reader.at(at).name
        ahead = self.reader.skip(at + 1, Kind.ON, Kind.THE)
        if name and (self.licensed_at == at or self.reader.kind(ahead) in _DAY_STARTS):
            self.pieces.append(Time(Shape.PART, part=name))

    def is_licensed(self, at: int) -> bool:
        """Return whether a bare number here is an hour: after a day, or in "at 2 or 3"."""
        if self.licensed_at == at or self.is_corrected(at) or is_proposed(self.reader, at):
            return True
        before = self.pieces[-2] if len(self.pieces) > 1 else None
        is_point = isinstance(before, Time) and before.shape is Shape.POINT
        return is_point and self.reader.kind(at - 1) in {Kind.OR, Kind.NOT}

    def is_corrected(self, at: int) -> bool:
        """Return whether a bare number puts a time right: "not 2 I mean 4"."""
        reader = self.reader
        mark_at = at - 1 - (reader.kind(at - 1) is Kind.COMMA)
        if reader.kind(mark_at) is Kind.NO and mark_at < at - 1:
            return bool(self.pieces[:1])
        if reader.kind(mark_at) not in {Kind.CORRECTION, Kind.SO}:
            return False
        is_opposed = reader.kind(at + 1) is Kind.NOT and reader.kind(at + 2) is Kind.NUMBER
        if is_opposed or any(isinstance(piece, Day | Time) for piece in self.pieces[-_NEAR:]):
            return True
        said = mark_at - 1 - (reader.kind(mark_at - 1) is Kind.COMMA)
        return reader.kind(said) is Kind.NUMBER and reader.kind(said - 1) is Kind.NOT

    def is_idle(self, at: int) -> bool:
        """Return whether a number has nothing beside it that could make it a day or an hour."""
        reader = self.reader
        if reader.kind(at) is not Kind.NUMBER or self.is_licensed(at):
            return False
        before = reader.at(at - 1)
        is_led = before.name == "date" or before.kind in {Kind.THE, Kind.ON, Kind.OR, Kind.AND}
        is_led = is_led or is_moved(reader, at)
        return not is_led and reader.kind(at + 1) in _IDLE and not reader.at(at + 1).glued

    def read_no(self, at: int) -> None:
        following = self.reader.at(at + 1)
        if following.kind in {Kind.COMMA, Kind.DASH, Kind.DAY, Kind.WEEKDAY, Kind.AT}:
            self.pieces.append(Mark(Kind.NO))
        if self.licensed_at == at and following.kind in CLAUSE_ENDS:
            self.pieces.append(Mark(Kind.BAD))
        if following.plural and following.kind in {Kind.PART, Kind.WEEKDAY, Kind.WEEKEND}:
            self.pieces.append(Mark(Kind.NOT))

    def read_piece(self, at: int) -> int:
        if self.is_moving and self.reader.kind(at) is Kind.FROM:
            self.is_dropping = True
            return at + 1
        if self.is_moving:
            moved = self.read_moved(at)
            if moved:
                return moved
        day = (
            self.read_next_date(at)
            or self.read_of(at)
            or read_day_after(self.reader, at, self.last_named())
            or read_day(self.reader, at)
        )
        if day and is_not_time(self.reader, at, day[1]):
            return self.keep(day[0], day[1])
        delay = read_delay(self.reader, at)
        if delay:
            return self.keep(delay[0], delay[1])
        time = read_time(self.reader, at, is_licensed=self.is_licensed(at))
        if time and self.reader.at(at).name == "not before":
            self.not_before = time[0]
        return self.keep(time[0], time[1]) if time else 0

    def read_of(self, at: int) -> DayAt:
        """Read the day of "le matin du 3" and "am Abend vom 3.", where du and vom are no "from"."""
        reader = self.reader
        last = self.pieces[-1] if self.pieces else None
        is_part = isinstance(last, Time) and last.shape is Shape.PART and self.licensed_at == at
        if not is_part or reader.kind(at) is not Kind.FROM or reader.at(at).name != "date":
            return None
        found = read_plain_day(reader, at + 1)
        return found if found and reader.kind(found[1]) not in GOES_ON else None

    def read_next_date(self, at: int) -> DayAt:
        """Read the 29 of "nov 28 or 29"."""
        if self.reader.kind(at - 1) not in {Kind.OR, Kind.AND} or len(self.pieces) < 2:  # noqa: PLR2004 - a date and its joint
            return None
        date = self.pieces[-2]
        if not isinstance(date, Day) or not date.exact or date.weekday >= 0:
            return None
        return read_day_range_number(self.reader, at, date)

    def read_moved(self, at: int) -> int:
        """Skip the old day of "move friday to monday"."""
        day = read_plain_day(self.reader, at)
        if day and self.reader.kind(day[1]) is Kind.TO and read_plain_day(self.reader, day[1] + 1):
            self.is_dropping = False
            return day[1] + 1
        return 0

    def keep(self, piece: Piece, end: int) -> int:
        if not self.is_dropping:
            self.pieces.append(piece)
        if isinstance(piece, Day | Time):
            self.licensed_at = self.reader.skip(end, Kind.COMMA)
        return end

    def skip_number(self, at: int) -> int:
        """Skip a number that is no time, with what hangs on it."""
        end = at + 1
        if self.reader.kind(end) in {Kind.OF, Kind.FROM} and is_share(self.reader, end + 1):
            return end + 2
        while self.reader.kind(end) in CHAIN and (
            self.reader.at(end).glued or len(self.reader.at(end).text) >= _PHONE_DIGITS
        ):
            end += 1
        return end

    def skip_label(self, at: int) -> int:
        """Return the position after "flat 2-4" or "code is 1630"; ``at`` if it is no label."""
        reader = self.reader
        if reader.kind(at) is Kind.STREET:
            named = read_date(reader, reader.skip(at + 1, Kind.OF, Kind.ON, Kind.THE, Kind.FROM))
            if named and named[0].exact:
                return named[1] + (reader.kind(named[1]) is Kind.NUMBER)
        number = reader.skip(at + 1, Kind.COLON, Kind.DOT, Kind.HASH, Kind.LABEL, Kind.NO)
        if reader.kind(at) in {Kind.LABEL, Kind.STREET}:
            for _ in range(_LABEL_REACH):
                if reader.kind(number) is not Kind.OTHER:
                    break
                number = reader.skip(number + 1, Kind.COLON, Kind.DOT, Kind.HASH)
        if reader.kind(number) is not Kind.NUMBER:
            return at
        if reader.kind(number + 1) in {Kind.OF, Kind.FROM} and is_share(reader, number + 2):
            return number + 3
        if reader.kind(at) is Kind.PLUS and not reader.at(number).glued:
            return at
        return skip_labelled(reader, number)


def scan(reader: Reader) -> list[Piece]:
    """Return the pieces of a message in their order."""
    return _Scan(reader).run()
