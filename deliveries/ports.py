"""What the core needs from outside, as protocols; adapters live in ``integrations`` and ``bot``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from deliveries.journals import (
    DriverEventRepository,
    HistoryRepository,
    InboundRepository,
    LiveViewRepository,
    OutboxRepository,
    OwnWordingRepository,
    RateRepository,
    RatingRepository,
    StaffTaskRepository,
    TurnRepository,
)
from deliveries.model.address import AddressWords
from deliveries.model.network import Coordinates
from deliveries.model.outside import PlannerEvent
from deliveries.model.personal import Secret
from deliveries.model.preference import RejectionReason, VerdictKind
from deliveries.model.route import Plan, Route, Stop, Unassigned
from deliveries.model.window import TimeWindow
from deliveries.repositories.choices import (
    HoldRepository,
    OfferRepository,
    PlannerChangeRepository,
    PreferenceRepository,
)
from deliveries.repositories.console import (
    CannedReplyRepository,
    ChatEventRepository,
    ChatListRepository,
    ChatViewRepository,
    ReplyDraftRepository,
)
from deliveries.repositories.conversations import (
    ConversationRepository,
    HandoffRepository,
    NoteRepository,
)
from deliveries.repositories.etas import EtaRepository
from deliveries.repositories.lookouts import LookoutRepository
from deliveries.repositories.network import (
    DepotRepository,
    PickupPointRepository,
    ShipperRepository,
    VehicleRepository,
)
from deliveries.repositories.outside import (
    OutsideTaskRepository,
    PlannerEventRepository,
    SpendingRepository,
)
from deliveries.repositories.parcels import (
    CollectionRepository,
    DeliveryRepository,
    HandoverCodeRepository,
    NeighbourRequestRepository,
)
from deliveries.repositories.people import (
    ChallengeRepository,
    ContactRepository,
    CoRecipientRepository,
    LinkTokenRepository,
    PersonRepository,
    StandingWishRepository,
)
from deliveries.repositories.plans import PlanRepository
from deliveries.repositories.privacy import PersonalDataRepository
from deliveries.repositories.reports import ReportRepository
from deliveries.repositories.staff import (
    AgentRepository,
    AgentSessionRepository,
    AttendanceRepository,
    AuditRepository,
    RecoveryCodeRepository,
    SignInAttemptsRepository,
)
from deliveries.repositories.surfaces import SurfaceRepository


class Clock(Protocol):
    """Tells the day's time: the real one, or the sandbox's."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        ...


class Vault(Protocol):
    """Keeps what is told in confidence."""

    def seal(self, secret: Secret) -> bytes:
        """Return the secret encrypted."""
        ...

    def open(self, sealed: bytes) -> Secret:
        """Return the secret.

        Raises:
            UnreadableError: If it was sealed under another key, or tampered with.
        """
        ...


class Authenticator(Protocol):
    """Codes by time from an app on an agent's phone."""

    def new_secret(self) -> Secret:
        """Return a secret for a new app, in base 32."""
        ...

    def find_step(self, secret: Secret, code: str, *, now: datetime) -> int | None:
        """Return the time step that a code belongs to; nothing if it is wrong, or of another time.

        Args:
            secret: The app's.
            code: As typed; spaces do not count.
            now: The machine's time.
        """
        ...

    def code(self, secret: Secret, *, now: datetime) -> str:
        """Return the code of now."""
        ...

    def picture(self, secret: Secret, name: str) -> str:
        """Return the secret as a picture for the app's camera: an SVG element."""
        ...


class UnitOfWork(Protocol):
    """One transaction over all repositories; nothing is kept unless ``commit`` is called.

    Entering twice, one after the other, is fine; nesting is not. Leaving without a commit rolls
    back. Entities are used inside it only: no lazy loading outside.
    """

    agents: AgentRepository
    attendances: AttendanceRepository
    agent_sessions: AgentSessionRepository
    audit: AuditRepository
    challenges: ChallengeRepository
    canned_replies: CannedReplyRepository
    changes: PlannerChangeRepository
    chat_events: ChatEventRepository
    chat_lists: ChatListRepository
    chat_views: ChatViewRepository
    collections: CollectionRepository
    contacts: ContactRepository
    conversations: ConversationRepository
    co_recipients: CoRecipientRepository
    deliveries: DeliveryRepository
    depots: DepotRepository
    driver_events: DriverEventRepository
    etas: EtaRepository
    handoffs: HandoffRepository
    handover_codes: HandoverCodeRepository
    history: HistoryRepository
    holds: HoldRepository
    inbound: InboundRepository
    link_tokens: LinkTokenRepository
    live_views: LiveViewRepository
    lookouts: LookoutRepository
    neighbour_requests: NeighbourRequestRepository
    notes: NoteRepository
    offers: OfferRepository
    outbox: OutboxRepository
    own_wordings: OwnWordingRepository
    outside_tasks: OutsideTaskRepository
    people: PersonRepository
    pickup_points: PickupPointRepository
    planner_events: PlannerEventRepository
    plans: PlanRepository
    preferences: PreferenceRepository
    privacy: PersonalDataRepository
    ratings: RatingRepository
    reply_drafts: ReplyDraftRepository
    reports: ReportRepository
    recovery_codes: RecoveryCodeRepository
    rates: RateRepository
    shippers: ShipperRepository
    sign_in_attempts: SignInAttemptsRepository
    spending: SpendingRepository
    standing: StandingWishRepository
    surfaces: SurfaceRepository
    tasks: StaffTaskRepository
    turns: TurnRepository
    vehicles: VehicleRepository

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed."""
        ...

    def commit(self) -> None:
        """Keep everything.

        Raises:
            ConflictError: If an entity was changed by somebody else meanwhile.
        """
        ...

    def flush(self) -> None:
        """Write what was added so far without ending the transaction.

        Raises:
            ConflictError: If a unique key is taken.
        """
        ...


class UnitOfWorkFactory(Protocol):
    """Makes a unit of work for one use case."""

    def __call__(self, *, read_only: bool = False) -> UnitOfWork:
        """Return a fresh one.

        Args:
            read_only: It waits for no writer and refuses to commit.
        """
        ...


@dataclass(frozen=True)
class Visit:
    """A delivery as a planner sees it.

    Attributes:
        window: When service may start; none: any time of a shift.
        setup_s: Once per place (parking, opening a locker), on top of the service of each delivery.
        pickup_point_id: Deliveries with the same one share a stop.
        aboard: The route whose van is out with it although no stop of it is left there: nobody
            else can hand it over.
    """

    delivery_id: str
    lat: float
    lon: float
    service_duration_s: int
    load: int
    window: TimeWindow | None = None
    pickup_point_id: str | None = None
    setup_s: int = 0
    aboard: str | None = None


@dataclass(frozen=True)
class WantedWindow:
    """A window to be quoted, with the place the parcel would go to."""

    key: str
    visit: Visit
    window: TimeWindow


@dataclass(frozen=True)
class WindowQuote:
    """What serving a window would add to the running plan.

    Attributes:
        key: The wanted window's.
        added_s: Marginal travel seconds.
        service_at: When service would start.
    """

    key: str
    added_s: int
    added_m: int
    route_id: str
    service_at: datetime


@dataclass(frozen=True)
class Verdict:
    """A planner's answer to a change.

    Attributes:
        eta_at: When the delivery is now expected, when accepted and still on a route.
        removed_stops: Stops that left the plan with it, for the store to forget.
        ask_again_s: When pending: how soon the same change may be asked about again.
    """

    kind: VerdictKind
    reason: RejectionReason | None = None
    eta_at: datetime | None = None
    removed_stops: tuple[Stop, ...] = field(default=())
    ask_again_s: float | None = None


@dataclass(frozen=True)
class PlannerCapabilities:
    """How a planner differs from the one that comes along.

    Attributes:
        answers_later: A verdict may be pending first.
        is_outside: The drivers' list is kept by another system: it can change a plan by itself,
            knows ETAs better than we do, and reports what drivers do.
    """

    answers_later: bool = False
    is_outside: bool = False


# A recipient served so much earlier or later than planned before would notice it.
MOVED_BY = timedelta(minutes=15)


@dataclass(frozen=True)
class Improvement:
    """What a search for better routes came to.

    Attributes:
        saved_s: Seconds on the road that it saves.
        moved: Stops of people who were promised a time, served more than ``MOVED_BY`` earlier or
            later than before.
        changed_van: Stops that another van serves now.
    """

    saved_s: int
    moved: int
    changed_van: int


@runtime_checkable
class PlanImprover(Protocol):
    """What a planner that keeps the plan with us can do besides."""

    def improve(
        self, plan: Plan, promises: Mapping[str, TimeWindow], *, now: datetime
    ) -> Improvement | None:
        """Look for better routes of the vans that have not left; change the plan if there are any.

        Every window and promise that the plan keeps is kept, and one that it breaks is broken no
        further. Takes seconds: never in a transaction.

        Args:
            plan: The running plan; changed in place.
            promises: What recipients were told, by delivery.
            now: The day's time.

        Returns:
            What it came to; nothing if the plan was left alone.

        Raises:
            UnavailableError: If the solver cannot be reached.
            UnreadableError: If it names a stop we did not ask about.
        """
        ...

    def search_windows(
        self, plan: Plan, wanted: Sequence[WantedWindow], *, now: datetime
    ) -> Sequence[WindowQuote]:
        """Return which windows can be served if vans that have not left change their orders.

        For windows that ``quote`` refuses. Nothing changes. Takes seconds for each window: never
        in a transaction.

        Raises:
            UnavailableError: If the solver cannot be reached.
            UnreadableError: If it names a stop we did not ask about.
        """
        ...

    def make_room(self, plan: Plan, visit: Visit, delivery_id: str, *, now: datetime) -> Verdict:
        """Put a changed visit into the plan where ``apply`` refuses it, by changing other orders.

        Every window that others chose is kept, and what they were told (``plan.told``) is broken no
        further than it is. Changes the plan in place when it accepts; leaves it alone otherwise.
        Takes seconds: never in a transaction.

        Args:
            plan: The plan of the day the delivery should be on.
            visit: What is wanted of it now.
            delivery_id: Whose old stop on this plan, if any, goes.
            now: The day's time.

        Raises:
            UnavailableError: If the solver cannot be reached.
            UnreadableError: If it names a stop we did not ask about.
        """
        ...


class RoutePlanner(Protocol):
    """Orders stops into routes, quotes windows and applies recipients' choices."""

    @property
    def capabilities(self) -> PlannerCapabilities:
        """What may be expected of it."""
        ...

    def plan_day(self, plan: Plan, visits: Sequence[Visit]) -> tuple[Unassigned, ...]:
        """Fill the plan's routes with the visits, all stops free to move; ETAs included.

        ``plan.routes`` holds one empty route per vehicle. Takes seconds: never in a transaction.

        Raises:
            UnavailableError: If the solver cannot be reached, or found nothing in time.
            UnreadableError: If its answer names a visit we did not send.
        """
        ...

    def quote(
        self, plan: Plan, wanted: Sequence[WantedWindow], *, now: datetime
    ) -> Sequence[WindowQuote]:
        """Return what the running plan can serve of the wanted windows, cheapest first.

        A delivery that is on the plan already is taken out first; one that is loaded stays on its
        van. Windows that break what others were told (``plan.told``) are for a delivery that has
        no others. Nothing changes.

        Raises:
            UnavailableError: If the planner cannot be reached.
        """
        ...

    def apply(
        self, plan: Plan, visit: Visit | None, delivery_id: str, *, now: datetime, key: str
    ) -> Verdict:
        """Put a changed visit into the plan, or take the delivery out (``visit`` is none).

        Changes the plan's routes and stops in place when it accepts; leaves them alone otherwise.
        What others chose holds; what they were told (``plan.told``) holds unless it would have to
        be refused.
        A pending change is asked about by the same call with the same key: that sends nothing
        again, and tells what has become of it.

        Args:
            plan: The plan of the day the delivery should be on.
            visit: What is wanted of it now.
            delivery_id: Whose old stop on this plan, if any, goes.
            now: The day's time.
            key: Idempotency key: applying it twice has one effect.

        Raises:
            UnavailableError: If the planner cannot be reached: try again.
            RejectedError: If it refuses us, not the change: staff have to look.
            UnreadableError: If it answers what we cannot map.
        """
        ...

    def retime(self, route: Route, *, now: datetime) -> None:
        """Compute the ETAs of a route's open stops again from where the van is; keep the order."""
        ...

    def follow(self, plan: Plan, *, now: datetime) -> Sequence[Stop] | None:
        """Make the plan what an outside planner's drivers see.

        Returns:
            The stops that left the plan, for the store to forget; none if nothing changed.

        Raises:
            UnavailableError: If the planner cannot be reached.
            UnreadableError: If it answers what we cannot map.
        """
        ...


class PlannerWebhook(Protocol):
    """Reads what an outside planner reports by itself."""

    def greet(self, query: Mapping[str, str]) -> str | None:
        """Return what is to be answered to a greeting; nothing if it is none."""
        ...

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Say whether the planner sent this; never, where there is no secret to tell by."""
        ...

    def read(self, body: bytes, *, received_at: datetime) -> Sequence[PlannerEvent]:
        """Return what is reported; nothing, if it is nothing to us.

        Raises:
            UnreadableError: If it cannot be read.
        """
        ...


class Geography(Protocol):
    """Distances on the ground."""

    def distance_m(self, here: tuple[float, float], there: tuple[float, float]) -> float:
        """Return metres between two (lat, lon) points, by road as far as is known."""
        ...


@dataclass(frozen=True)
class Located:
    """An address with its place.

    Attributes:
        line: Street and number; empty if only the postcode is known.
    """

    line: str
    postcode: str
    city: str
    at: Coordinates


class Geocoder(Protocol):
    """Finds the place of an address."""

    def locate(self, words: AddressWords, *, near: Coordinates) -> Located | None:
        """Return the place, of several the one nearest by; nothing if it is not known.

        Raises:
            UnavailableError: If it cannot be asked right now.
        """
        ...
