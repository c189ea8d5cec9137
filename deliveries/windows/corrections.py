"""Puts right what the writer puts right: "friday, no wait, thursday" means Thursday."""

from collections.abc import Sequence

from deliveries.windows.lexemes import Kind
from deliveries.windows.pieces import Day, Delay, Mark, Piece, Time

_NEGATIONS = frozenset({Kind.NOT, Kind.AWAY, Kind.EXCEPT, Kind.BAD})
_CLOSINGS = frozenset({Kind.BEFORE, Kind.BY})
_PAUSES = frozenset({Mark(Kind.COMMA), Mark(Kind.STOP)})
_TURNS = frozenset({Kind.STOP, Kind.BUT, Kind.ELSE, Kind.OR, Kind.AND}) | _NEGATIONS


class _Corrector:
    """Keeps where the last day and the last time stand, so that each piece is looked at once.

    ``replaced`` are the sorts of piece that may be replaced by what comes next; what is concluded
    ("so 11 tomorrow") stands where it is said, ``concluded_at``.
    """

    def __init__(self) -> None:
        self.kept: list[Piece] = []
        self.last: dict[type, int] = {}
        self.replaced: set[type] = set()
        self.is_negated = False
        self.concluded_at = 0

    def take(self, piece: Piece) -> None:
        if isinstance(piece, Mark):
            self.mark(piece)
            return
        sort = Time if isinstance(piece, Delay) else type(piece)
        if isinstance(piece, Day) and piece.bound in _CLOSINGS and self.concluded_at:
            self.replaced.add(Day)
        if sort in self.replaced:
            self.replaced.discard(sort)
            at = self.last.get(sort)
            if at is not None and at < self.concluded_at:
                self.kept[at] = Mark(Kind.SO)
            elif at is not None:
                self.kept[at] = piece
                return
        if sort is Day and self.concluded_at and self.is_from_return():
            self.kept[self.last[Day]] = Mark(Kind.SO)
        self.last[sort] = len(self.kept)
        self.kept.append(piece)

    def is_from_return(self) -> bool:
        """Return whether the last day is that of "back thursday, so thursday or friday"."""
        at = self.last.get(Day, -1)
        return 0 < at < self.concluded_at and self.kept[at - 1] == Mark(Kind.RETURN)

    def mark(self, mark: Mark) -> None:
        if mark.kind is Kind.NO:
            self.deny()
            return
        if mark.kind in {Kind.CORRECTION, Kind.SO}:
            self.open(mark)
            return
        if mark.kind is Kind.COMMA and self.replaced:
            return
        if mark.kind in _TURNS:
            self.replaced = set()
            self.is_negated = mark.kind in _NEGATIONS
        if mark.kind in {Kind.BUT, Kind.ELSE} | _NEGATIONS:
            self.last = {}
        self.kept.append(mark)

    def deny(self) -> None:
        """Let the "no" of "at 5. no, 6" put right a piece of the same sort just before it."""
        at = len(self.kept)
        while at and isinstance(self.kept[at - 1], Mark) and self.kept[at - 1] in _PAUSES:
            at -= 1
        if at and not self.is_negated and not isinstance(self.kept[at - 1], Mark):
            before = self.kept[at - 1]
            self.replaced = {Time if isinstance(before, Delay) else type(before)}

    def open(self, mark: Mark) -> None:
        """Let what follows replace what stands before; what was excluded stays excluded."""
        if self.is_negated:
            self.kept.append(Mark(Kind.ELSE))
            self.is_negated = False
            return
        self.concluded_at = 0
        self.replaced = {Day, Time} if mark.kind is Kind.CORRECTION else {Time}
        if mark.kind is Kind.SO:
            self.kept.append(mark)
            self.concluded_at = len(self.kept)


def corrected(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces as the writer would have them after "I mean" and "so"."""
    corrector = _Corrector()
    for piece in pieces:
        corrector.take(piece)
    return corrector.kept
