"""Cuts a message into runs: stretches of days and times that are all wishes, or all exclusions.

A negation reaches to the next full stop, "but", or comma that starts a wish; where nothing follows
it, it reaches back ("friday doesn't work").
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from deliveries.windows.conventions import PARTS
from deliveries.windows.lexemes import Kind
from deliveries.windows.pieces import Clock, Day, Delay, Mark, Piece, Shape, Time

_LOOKAHEAD = 14
_NEGATIONS = frozenset({Kind.NOT, Kind.AWAY, Kind.EXCEPT, Kind.BAD})
_JOINTS = frozenset({Kind.OR, Kind.AND, Kind.COMMA, Kind.GOOD})
_ENDS = frozenset({Kind.STOP, Kind.BUT, Kind.ELSE}) | _NEGATIONS
_OPENINGS = frozenset({Kind.AFTER, Kind.FROM})
_CLOSINGS = frozenset({Kind.BEFORE, Kind.BY, Kind.UNTIL})
_PAUSES = frozenset({Kind.STOP, Kind.COMMA, Kind.AND, Kind.BUT})
_WELCOMES = frozenset({Kind.GOOD, Kind.HOME, Kind.REQUEST})


@dataclass
class Run:
    """Pieces under one polarity.

    ``negation`` is the word that excludes them, or None for wishes. ``continues`` says that the
    run before is part of the same sentence. ``opposes``: it starts with "but"; ``is_preferred``:
    with "but I'd rather".
    """

    negation: Kind | None = None
    pieces: list[Piece] = field(default_factory=list)
    continues: bool = False
    opposes: bool = False
    is_preferred: bool = False

    @property
    def has_times(self) -> bool:
        """Whether any day or time stands in the run."""
        return any(not isinstance(piece, Mark) for piece in self.pieces)


class _Cutter:
    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.runs = [Run()]
        self.is_past = False
        self.is_conditional = False
        self.turn: Kind | None = None
        self.left_at: int | None = None

    @property
    def run(self) -> Run:
        return self.runs[-1]

    def cut(self) -> list[Run]:
        for at, piece in enumerate(self.pieces):
            if isinstance(piece, Mark):
                self.mark(piece.kind, at)
            elif not self.is_past:
                self.run.pieces.append(self.turned(piece, at))
        self.close()
        return [run for run in self.runs if run.has_times]

    def start(
        self, negation: Kind | None = None, *, fresh: bool = False, but: bool = False
    ) -> None:
        self.close()
        self.runs.append(Run(negation, continues=not fresh, opposes=but))

    def close(self) -> None:
        """Let a negation with nothing after it take what stands before it."""
        run = self.run
        is_open = run.negation and not run.has_times and run.continues
        if not is_open or len(self.runs) == 1:
            return
        if run.negation is not Kind.AWAY or not _is_reasoned(self.runs[-2].pieces):
            self.take_back(self.runs[-2], run)

    def take_back(self, source: Run, target: Run) -> None:
        if source.negation:
            return
        at = _tail_start(source.pieces)
        target.pieces = source.pieces[at:]
        source.pieces = source.pieces[:at]

    def mark(self, kind: Kind, at: int) -> None:
        if kind in _ENDS | {Kind.COMMA, Kind.SO}:
            self.turn = None
        if kind in {Kind.COMMA, Kind.STOP, Kind.BUT, Kind.ELSE, Kind.REQUEST, Kind.SO}:
            self.is_past = False
        if kind in {Kind.STOP, Kind.BUT, Kind.ELSE} or (kind is Kind.COMMA and self.run.has_times):
            self.is_conditional = False
        if kind in {Kind.RETURN, Kind.LEAVE}:
            self.turn = None if kind is Kind.RETURN and self.returns(at) else kind
        elif kind is Kind.PAST_TALK:
            self.is_past = True
        elif kind is Kind.PAST_END:
            self.run.pieces = self.run.pieces[: _tail_start(self.run.pieces)]
        elif kind is Kind.IF:
            self.is_conditional = True
        elif kind in _NEGATIONS | {Kind.NEITHER}:
            self.negate(kind, at)
        elif kind in _JOINTS:
            self.join(kind, at)
        else:
            self.divide(kind, at)

    def negate(self, kind: Kind, at: int) -> None:
        if self.is_conditional or self.is_past:
            return
        if kind is Kind.NEITHER:
            self.deny_both(at)
            return
        run = self.run
        if run.negation and not run.has_times and run.negation is not Kind.EXCEPT:
            if run.negation is Kind.NOT and kind in {Kind.AWAY, Kind.EXCEPT}:
                run.negation = None
            return
        if kind is Kind.BAD:
            self.start(Kind.BAD)
            is_followed = isinstance(self.peek(at), Time)
            source = self.runs[-2]
            if not source.negation and source.has_times and not is_followed:
                self.take_back(source, self.run)
                self.runs.append(Run(continues=True))
            return
        self.start(kind)

    def deny_both(self, at: int) -> None:
        """Read "tomorrow I can't and thursday neither": both are excluded."""
        run = self.run
        before = self.runs[-2] if len(self.runs) > 1 else None
        if run.negation and run.has_times and before and run.continues and not before.negation:
            run.pieces = [*before.pieces, Mark(Kind.OR), *run.pieces]
            before.pieces = []
        elif not run.negation:
            self.negate(Kind.BAD, at)

    def peek(self, at: int) -> Piece | None:
        return self.pieces[at + 1] if at + 1 < len(self.pieces) else None

    def join(self, kind: Kind, at: int) -> None:
        run = self.run
        if not run.negation:
            run.pieces.append(Mark(kind))
        elif not run.has_times and kind is Kind.COMMA and run.negation is not Kind.EXCEPT:
            self.start()
        elif run.has_times:
            if self.turns(kind, at):
                self.start()
            elif kind is Kind.GOOD:
                self.welcome()
            else:
                run.pieces.append(Mark(kind))

    def turns(self, kind: Kind, at: int) -> bool:
        """Return whether an exclusion ends at a joint."""
        if kind is Kind.COMMA:
            return not self.goes_on(at)
        return kind is Kind.AND and self.is_welcomed(at)

    def welcome(self) -> None:
        """Split "can't do friday monday is fine", where no comma shows the turn."""
        run = self.run
        days = [at for at, piece in enumerate(run.pieces) if isinstance(piece, Day)]
        if len(days) > 1:
            kept = run.pieces[days[-1] :]
            run.pieces = run.pieces[: days[-1]]
            self.runs.append(Run(pieces=kept, continues=True))

    def goes_on(self, at: int) -> bool:
        """Return whether an exclusion runs on over a comma, as in "not mon, tue or wed"."""
        joined = False
        if _is_bound(self.run.pieces[-1]):
            return False
        for piece in self.pieces[at + 1 : at + _LOOKAHEAD]:
            if isinstance(piece, Mark):
                if piece.kind in _WELCOMES:
                    return False
                if piece.kind in _ENDS:
                    break
                joined = joined or piece.kind in {Kind.OR, Kind.AND}
        return joined

    def is_welcomed(self, at: int) -> bool:
        for piece in self.pieces[at + 1 : at + _LOOKAHEAD]:
            if isinstance(piece, Mark):
                if piece.kind in _WELCOMES | {Kind.RETURN}:
                    return True
                if piece.kind in _ENDS | {Kind.COMMA}:
                    return False
        return False

    def divide(self, kind: Kind, at: int) -> None:
        run = self.run
        if kind is Kind.PREFER:
            run.is_preferred = run.opposes and not run.has_times
        elif kind in {Kind.STOP, Kind.ELSE, Kind.BECAUSE}:
            self.start(fresh=kind is not Kind.ELSE)
        elif kind is Kind.BUT:
            if self.excepts(at):
                self.start(Kind.EXCEPT)
            elif not self.narrows(at):
                self.start(but=True)
        elif kind in {Kind.HOME, Kind.REQUEST, Kind.SO} and run.negation and run.has_times:
            self.start(but=kind is Kind.HOME)

    def excepts(self, at: int) -> bool:
        """Return whether "but" means except: "any day but friday"."""
        before, after = self.run.pieces[-1] if self.run.pieces else None, self.peek(at)
        is_open = isinstance(before, Day) and (before.anything or before.plural)
        is_open = is_open or (isinstance(before, Time) and before.plural)
        is_part = isinstance(after, Time) and after.shape is Shape.PART
        return is_open and not self.run.negation and (isinstance(after, Day) or is_part)

    def narrows(self, at: int) -> bool:
        """Return whether "but" joins two bounds: "after 2 but before 5"."""
        before = self.run.pieces[-1] if self.run.pieces else None
        after = self.peek(at)
        if isinstance(before, Day) and isinstance(after, Day):
            return before.bound in _OPENINGS and after.bound in _CLOSINGS
        if not isinstance(before, Time) or not isinstance(after, Time):
            return False
        if before.shape is Shape.PART and after.shape in {Shape.FROM, Shape.UNTIL}:
            return not before.plural and not self.run.negation
        return {before.shape, after.shape} == {Shape.FROM, Shape.UNTIL}

    def returns(self, at: int) -> bool:
        """Read "in 14 days I am back", where the return stands last, as from that day."""
        pieces = self.run.pieces
        after = self.peek(at)
        is_last = after is None or (isinstance(after, Mark) and after.kind in _PAUSES)
        if not is_last or not pieces or self.run.negation or self.is_past:
            return False
        piece = pieces[-1]
        if isinstance(piece, Day) and _is_single(piece) and not piece.bound:
            pieces[-1] = _turned_day(piece, Kind.RETURN)
        elif isinstance(piece, Time) and piece.shape is Shape.POINT:
            pieces[-1] = _turned_time(piece, Kind.RETURN, is_wish=True)
        return True

    def turned(self, piece: Piece, at: int) -> Piece:
        """Read "back at 5" as from 5, and "leaving at 3" as until 3."""
        turn, self.turn = self.turn, None
        if turn is None or isinstance(piece, Mark):
            return piece
        if isinstance(piece, Delay):
            return piece._replace(end_min=None) if turn is Kind.RETURN else piece
        if isinstance(piece, Day):
            if piece.bound or not _is_single(piece):
                return piece
            self.turn = turn if isinstance(self.peek(at), Time) else None
            return piece if self.turn else _turned_day(piece, turn)
        if turn is Kind.RETURN and not self.run.negation:
            self.drop_leaving()
        if turn is Kind.LEAVE and self.run.negation is None:
            self.left_at = len(self.run.pieces)
        return _turned_time(piece, turn, is_wish=self.run.negation is None)

    def drop_leaving(self) -> None:
        """Drop the first hour of "I leave at 7:30 and get back at 4:30", when nobody is in yet."""
        pieces = self.run.pieces
        times = [at for at, piece in enumerate(pieces) if not isinstance(piece, Mark)]
        if self.left_at is not None and times[-1:] == [self.left_at]:
            del pieces[self.left_at :]
        self.left_at = None


def _is_reasoned(pieces: Sequence[Piece]) -> bool:
    """Return whether an absence gives a reason: "not before 5 tomorrow, I'm at the hospital"."""
    is_paused = pieces[-1:] == [Mark(Kind.COMMA)]
    return is_paused and any(isinstance(p, Time) and p.shape is Shape.FROM for p in pieces)


def _is_bound(piece: Piece) -> bool:
    """Return whether a piece says until or from when: no list goes on after it."""
    if isinstance(piece, Day):
        return piece.bound is not None
    return isinstance(piece, Time) and piece.shape in {Shape.UNTIL, Shape.FROM}


def _is_single(day: Day) -> bool:
    return len(day.spans) == 1 and not day.anything


def _turned_day(day: Day, turn: Kind) -> Day:
    span = day.spans[0]
    if turn is Kind.RETURN:
        return Day((span._replace(end=None),), bound=Kind.FROM, base=span)
    return Day((span._replace(first=None, end=span.first),), bound=Kind.BEFORE, base=span)


def _turned_time(time: Time, turn: Kind, *, is_wish: bool) -> Time:
    clock: Clock | None = time.start if time.shape is Shape.POINT else None
    if time.shape is Shape.PART:
        clock = Clock(PARTS[time.part][0], sure=True, marked=True)
    if turn is Kind.RETURN and time.shape is Shape.UNTIL and is_wish:
        clock = time.end
    if clock is None:
        return time
    if turn is Kind.RETURN:
        return Time(Shape.FROM, start=clock)
    return Time(Shape.UNTIL, end=clock)


def _tail_start(pieces: Sequence[Piece]) -> int:
    """Return where the part begins that a negation at the end takes back."""
    end = len(pieces)
    while end and isinstance(pieces[end - 1], Mark):
        end -= 1
    is_list = False
    for at in range(end - 1, -1, -1):
        piece = pieces[at]
        if not isinstance(piece, Mark):
            continue
        is_list = is_list or piece.kind in {Kind.OR, Kind.AND}
        goes_on = is_list and piece.kind is Kind.COMMA and _are_alike(pieces, at)
        if piece.kind in {Kind.COMMA, Kind.GOOD} and not goes_on:
            return at + 1
    return 0


def _are_alike(pieces: Sequence[Piece], comma: int) -> bool:
    """Return whether a comma stands in a list of days, or of times: "mon, tue or wed"."""
    return comma > 0 and type(pieces[comma - 1]) is type(pieces[comma + 1])


def cut(pieces: Sequence[Piece]) -> list[Run]:
    """Return the runs of a message in their order."""
    return _Cutter(pieces).cut()
