"""One transaction over all repositories."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import TimeoutError as NoConnectionError

from deliveries.errors import UnavailableError
from deliveries.ports import UnitOfWork
from integrations.storage.console_tables import chat_events
from integrations.storage.engines import READ_ONLY, make_engine
from integrations.storage.mapping import map_entities
from integrations.storage.repositories import (
    challenges,
    chat_lists,
    console,
    conversations,
    deliveries,
    etas,
    handovers,
    holds,
    journal,
    lookouts,
    messages,
    network,
    outbox,
    outside,
    plans,
    preferences,
    privacy,
    rates,
    recipients,
    reports,
    staff,
    surfaces,
)
from integrations.storage.repositories.entities import WAKEUPS, wake
from integrations.storage.sessions import MOVED, WorkSession
from integrations.storage.snapshots import PlanSnapshots
from integrations.storage.wakeups import channel_of

type OnCommit = Callable[[frozenset[str]], None]

_INSERT_EVENTS = insert(chat_events)


class SqlUnitOfWork(UnitOfWork):
    """One transaction in a database.

    On SQLite a unit of work that may write waits on entering until it is the only one.
    """

    def __init__(
        self,
        engine: Engine,
        snapshots: PlanSnapshots,
        *,
        on_commit: OnCommit | None = None,
        read_only: bool = False,
    ) -> None:
        self._engine = engine
        self._snapshots = snapshots
        self._on_commit = on_commit
        self._is_read_only = read_only
        self._connection: Connection | None = None
        self._session: WorkSession | None = None

    def __enter__(self) -> Self:
        """Begin.

        Raises:
            UnavailableError: If the database cannot be reached, or is too busy.
        """
        if self._session is not None:
            raise RuntimeError("units of work do not nest")
        try:
            self._connection = self._engine.connect()
        except NoConnectionError:
            raise UnavailableError("no database connection became free") from None
        try:
            self._session = self._begin(self._connection)
        except BaseException:
            self._connection.close()
            raise
        self._open_repositories(self._session)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed."""
        session, self._session = self._session, None
        connection, self._connection = self._connection, None
        if session is not None:
            session.close()
        if connection is not None:
            connection.close()

    def commit(self) -> None:
        """Keep everything, then wake who waits for it.

        Raises:
            ConflictError: If an entity was changed by somebody else meanwhile, a unique key is
                taken or what an entity refers to does not exist.
        """
        if self._is_read_only:
            raise RuntimeError("a unit of work for reading keeps nothing")
        session = self._entered
        session.flush()
        self._tell_screens(session)
        self.audit.write()
        kinds = frozenset(session.info.pop(WAKEUPS, ()))
        if self._engine.dialect.name == "postgresql":
            for kind in sorted(kinds):
                session.execute(select(func.pg_notify(channel_of(kind), "")))
        session.commit()
        if kinds and self._on_commit is not None:
            self._on_commit(kinds)

    def flush(self) -> None:
        """Write what was added so far without ending the transaction.

        Raises:
            ConflictError: If a unique key is taken.
        """
        self._entered.flush()

    def _begin(self, connection: Connection) -> WorkSession:
        if self._is_read_only:
            connection.execution_options(**{READ_ONLY: True, "postgresql_readonly": True})
        session = WorkSession(connection, read_only=self._is_read_only)
        session.connection()
        return session

    def _tell_screens(self, session: WorkSession) -> None:
        """Write down which chats this commit changes, for agents' screens."""
        moved = sorted(session.info.pop(MOVED, ()))
        if moved:
            at = datetime.now(UTC)
            session.execute(
                _INSERT_EVENTS,
                [{"conversation_id": id_, "kind": kind, "at": at} for id_, kind in moved],
            )
            wake(session, "chats")

    @property
    def _entered(self) -> WorkSession:
        if self._session is None:
            raise RuntimeError("enter the unit of work first")
        return self._session

    def _open_repositories(self, session: WorkSession) -> None:
        self._open_chats(session)
        self._open_journals(session)
        self.agents = staff.SqlAgentRepository(session)
        self.attendances = staff.SqlAttendanceRepository(session)
        self.agent_sessions = staff.SqlAgentSessionRepository(session)
        self.audit = staff.SqlAuditRepository(session)
        self.challenges = challenges.SqlChallengeRepository(session)
        self.changes = preferences.SqlPlannerChangeRepository(session)
        self.collections = handovers.SqlCollectionRepository(session)
        self.contacts = recipients.SqlContactRepository(session)
        self.co_recipients = recipients.SqlCoRecipientRepository(session)
        self.deliveries = deliveries.SqlDeliveryRepository(session)
        self.depots = network.SqlDepotRepository(session)
        self.driver_events = journal.SqlDriverEventRepository(session)
        self.etas = etas.SqlEtaRepository(session)
        self.handoffs = conversations.SqlHandoffRepository(session)
        self.handover_codes = handovers.SqlHandoverCodeRepository(session)
        self.holds = holds.SqlHoldRepository(session)
        self.lookouts = lookouts.SqlLookoutRepository(session)
        self.live_views = messages.SqlLiveViewRepository(session)
        self.link_tokens = recipients.SqlLinkTokenRepository(session)
        self.neighbour_requests = handovers.SqlNeighbourRequestRepository(session)
        self.offers = holds.SqlOfferRepository(session)
        self.outbox = outbox.SqlOutboxRepository(session)
        self.outside_tasks = outside.SqlOutsideTaskRepository(session)
        self.people = recipients.SqlPersonRepository(session)
        self.pickup_points = network.SqlPickupPointRepository(session)
        self.planner_events = outside.SqlPlannerEventRepository(session)
        self.plans = plans.SqlPlanRepository(session, self._snapshots)
        self.preferences = preferences.SqlPreferenceRepository(session)
        self.privacy = privacy.SqlPersonalDataRepository(session)
        self.reports = reports.SqlReportRepository(session)
        self.shippers = network.SqlShipperRepository(session)
        self.sign_in_attempts = staff.SqlSignInAttemptsRepository(session)
        self.spending = outside.SqlSpendingRepository(session)
        self.standing = recipients.SqlStandingWishRepository(session)
        self.tasks = journal.SqlStaffTaskRepository(session)
        self.vehicles = network.SqlVehicleRepository(session)

    def _open_chats(self, session: WorkSession) -> None:
        self.agents = staff.SqlAgentRepository(session)
        self.attendances = staff.SqlAttendanceRepository(session)
        self.agent_sessions = staff.SqlAgentSessionRepository(session)
        self.audit = staff.SqlAuditRepository(session)
        self.canned_replies = console.SqlCannedReplyRepository(session)
        self.chat_events = console.SqlChatEventRepository(session)
        self.chat_lists = chat_lists.SqlChatListRepository(session)
        self.chat_views = console.SqlChatViewRepository(session)
        self.conversations = conversations.SqlConversationRepository(session)
        self.handoffs = conversations.SqlHandoffRepository(session)
        self.inbound = messages.SqlInboundRepository(session)
        self.notes = conversations.SqlNoteRepository(session)
        self.outbox = outbox.SqlOutboxRepository(session)
        self.reply_drafts = console.SqlReplyDraftRepository(session)
        self.recovery_codes = staff.SqlRecoveryCodeRepository(session)
        self.rates = rates.SqlRateRepository(session)
        self.shippers = network.SqlShipperRepository(session)
        self.sign_in_attempts = staff.SqlSignInAttemptsRepository(session)
        self.surfaces = surfaces.SqlSurfaceRepository(session)
        self.standing = recipients.SqlStandingWishRepository(session)
        self.vehicles = network.SqlVehicleRepository(session)

    def _open_journals(self, session: WorkSession) -> None:
        self.driver_events = journal.SqlDriverEventRepository(session)
        self.history = journal.SqlHistoryRepository(session)
        self.inbound = messages.SqlInboundRepository(session)
        self.live_views = messages.SqlLiveViewRepository(session)
        self.outbox = outbox.SqlOutboxRepository(session)
        self.own_wordings = messages.SqlOwnWordingRepository(session)
        self.ratings = messages.SqlRatingRepository(session)
        self.tasks = journal.SqlStaffTaskRepository(session)
        self.turns = messages.SqlTurnRepository(session)


class Storage:
    """A database and the units of work on it."""

    def __init__(self, engine: Engine, on_commit: OnCommit | None = None) -> None:
        self.engine = engine
        self._on_commit = on_commit
        self._snapshots = PlanSnapshots()

    def unit_of_work(self, *, read_only: bool = False) -> SqlUnitOfWork:
        """Return a fresh unit of work.

        Args:
            read_only: It waits for no writer and refuses to commit.
        """
        return SqlUnitOfWork(
            self.engine, self._snapshots, on_commit=self._on_commit, read_only=read_only
        )

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def storage(url: str, on_commit: OnCommit | None = None) -> Storage:
    """Open a database; the tables are made by ``migrations.migrate``.

    Args:
        url: ``sqlite:///path``, ``sqlite://`` (in memory) or ``postgresql://…``.
        on_commit: Called after each commit that has work for others, with what it added:
            ``inbound``, ``changes``, ``chats``, ``outbox``. Runs in the thread that committed.

    Raises:
        ValueError: If the address is neither SQLite's nor PostgreSQL's.
    """
    map_entities()
    return Storage(make_engine(url), on_commit)


_: type[UnitOfWork] = SqlUnitOfWork
