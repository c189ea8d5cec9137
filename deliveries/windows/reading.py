"""The package's one entrance: a message becomes windows."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from deliveries.windows.clauses import cut
from deliveries.windows.conventions import MONTH_FIRST_LOCALES, MONTH_FIRST_ZONES
from deliveries.windows.corrections import corrected
from deliveries.windows.languages import language_of
from deliveries.windows.lexicon import lexicon_for
from deliveries.windows.pieces import Reader
from deliveries.windows.resolve import Moment, resolve
from deliveries.windows.scan import scan
from deliveries.windows.wishes import gather


@dataclass(frozen=True)
class WishedWindow:
    """A stretch ``[start, end)`` in which somebody wishes the delivery.

    ``None`` is open on that side. Instants carry the offset of the zone that was asked for.
    """

    start: datetime | None
    end: datetime | None

    def __post_init__(self) -> None:
        """Refuse instants without a zone, and windows of no length.

        Raises:
            ValueError: If so.
        """
        for instant in (self.start, self.end):
            if instant is not None and instant.tzinfo is None:
                raise ValueError("a wished window needs aware instants")
        if self.start is None or self.end is None:
            return
        if self.start.astimezone(UTC) >= self.end.astimezone(UTC):
            raise ValueError("a wished window must start before it ends")


@dataclass(frozen=True)
class ReadWindows:
    """What a message says about time.

    ``windows`` are in the order of preference, exclusions applied. ``excluded_only`` says that
    the message named no time that suits, only times that do not: ``windows`` are then what is
    left, not a wish.
    """

    windows: tuple[WishedWindow, ...]
    excluded_only: bool = False


def read_windows(
    text: str, *, now: datetime, zone: ZoneInfo, language: str, locale: str | None = None
) -> ReadWindows:
    """Return the delivery windows that a message asks for.

    Args:
        text: The message as it came.
        now: The instant it was written; aware.
        zone: The zone of the delivery address; days and hours are its.
        language: ``en``, ``es``, ``de`` or ``fr``, with or without a region.
        locale: Decides 11/5 (November in the United States); guessed from language and zone
            when missing.

    Raises:
        ValueError: If ``now`` is naive or the language is not one of these.
    """
    if now.tzinfo is None:
        raise ValueError("the instant needs an offset")
    tables = language_of(language)
    local = now.astimezone(zone)
    reader = Reader(
        lexemes=lexicon_for(tables).read(text),
        language=tables,
        today=local.date(),
        is_month_first=_is_month_first(tables.code, locale or language, zone),
    )
    wishes = gather(cut(corrected(scan(reader))))
    moment = Moment(local, zone, tables.afternoon_below)
    windows = tuple(
        WishedWindow(
            span.start and span.start.astimezone(zone), span.end and span.end.astimezone(zone)
        )
        for span in resolve(wishes, moment)
    )
    return ReadWindows(windows, excluded_only=bool(wishes.barred and not wishes.wished))


def _is_month_first(language: str, locale: str, zone: ZoneInfo) -> bool:
    folded = locale.lower().replace("_", "-")
    if "-" in folded:
        return folded in MONTH_FIRST_LOCALES
    return language == "en" and zone.key in MONTH_FIRST_ZONES
