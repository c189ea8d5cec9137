"""What is kept of how wrong expected arrivals were: never of whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from deliveries.model.window import TimeWindow


@dataclass(eq=False)
class EtaPromise:
    """The first narrow window told about a delivery on its day; forgotten once it was learned from.

    Attributes:
        is_learned: Its width came from measured errors, not from the width used before there are
            any.
        eta_at: What it was made from.
    """

    delivery_id: str
    depot_id: str
    day: date
    made_at: datetime
    eta_at: datetime
    window_start: datetime
    window_end: datetime
    is_learned: bool

    @property
    def window(self) -> TimeWindow:
        """What was told."""
        return TimeWindow(self.window_start, self.window_end)


@dataclass(eq=False)
class EtaError:
    """By how much one expected arrival was wrong.

    Attributes:
        hour: Of the expected arrival, on the depot's clocks.
        stops_ahead: Stops the van had before this one when it was expected so; -1: the van had not
            left the depot.
        error_s: Came so much later than expected; negative: earlier.
    """

    depot_id: str
    day: date
    weekday: int
    hour: int
    stops_ahead: int
    error_s: int
    id: int | None = None


@dataclass(eq=False)
class EtaDay:
    """What one depot's finished day came to.

    Attributes:
        stops: Stops that a van came to.
        promised: Windows told and not changed by the recipient afterwards.
        kept: Arrivals inside them.
        width_s: Of all those windows together.
        learned_promised: Of ``promised``, those whose width was learned; likewise ``learned_kept``
            and ``learned_width_s``.
        fixed_kept: Arrivals within 30 minutes of what the windows were made from.
        p50_s: Half of those expectations were wrong by no more; likewise ``p90_s``.
        paces: By hour, planned and driven seconds of the legs begun in it, and how many.
        stop_paces: By kind of stop, planned and real seconds at them, and how many.
    """

    depot_id: str
    day: date
    learned_at: datetime
    stops: int = 0
    promised: int = 0
    kept: int = 0
    width_s: int = 0
    learned_promised: int = 0
    learned_kept: int = 0
    learned_width_s: int = 0
    fixed_kept: int = 0
    p50_s: int = 0
    p90_s: int = 0
    paces: Mapping[str, Sequence[int]] = field(default_factory=dict)
    stop_paces: Mapping[str, Sequence[int]] | None = None


@dataclass(eq=False)
class EtaCalibration:
    """What a depot's finished days taught.

    Attributes:
        shift: Logarithm of how much wider windows are than errors say: days that kept less than
            they said raise it.
        groups: By group, the count of errors and their quantiles in equal steps.
        paces: By hour, how much longer legs take than planned.
        stop_paces: By kind of stop, how much longer stops take than planned.
    """

    depot_id: str
    calibrated_at: datetime
    shift: float = 0.0
    groups: Mapping[str, Sequence[int]] = field(default_factory=dict)
    paces: Mapping[str, float] = field(default_factory=dict)
    stop_paces: Mapping[str, float] | None = None


@dataclass(frozen=True)
class EtaReport:
    """Windows told and kept over some days; shares are none where nothing was promised.

    Attributes:
        promised: Windows told and not changed by the recipient afterwards.
        coverage: Share of arrivals inside them.
        width_minutes: Their mean width.
        learned_coverage: Likewise of those whose width was learned, with their width.
        fixed_coverage: Share within 30 minutes of the same expectations: an hour for everybody.
        p50_minutes: Median over days of each day's median error; likewise ``p90_minutes``.
    """

    days: int
    stops: int
    promised: int
    coverage: float | None
    width_minutes: float | None
    learned_coverage: float | None
    learned_width_minutes: float | None
    fixed_coverage: float | None
    p50_minutes: float | None
    p90_minutes: float | None
