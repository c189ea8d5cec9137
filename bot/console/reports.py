"""The page of figures for leads, and the same as a file."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bot.console.access import Access, signed_in
from bot.console.plain_words import OTHER_OUTCOMES, OUTCOMES, REASONS
from bot.console.spreadsheet import CSV, csv_lines, named
from deliveries.errors import InvalidInputError
from deliveries.model.report import Case, Report
from deliveries.model.saying import Fact
from deliveries.model.staff import Permission
from deliveries.ports import Clock, UnitOfWorkFactory
from deliveries.services.reports.days import LONGEST, report_days, zone_of_reports
from deliveries.services.staff.auditing import record

HEADINGS = (
    "requested_at",
    "reason",
    "priority",
    "state",
    "agent",
    "waited_s",
    "handled_s",
    "in_time",
    "outcome",
)
DAY_HEADINGS = (
    "day",
    "conversations",
    "finished_by_assistant",
    "passed_to_staff",
    "waited_median_s",
    "waited_p90_s",
    "handled_median_s",
    "in_time",
    "answered_with_target",
)


@dataclass(frozen=True)
class Days:
    """What was asked for, and the figures of it."""

    first: date
    last: date
    zone: str
    today: date
    report: Report
    names: Mapping[str, str]
    depots: Mapping[str, str]


@dataclass(frozen=True)
class ReportPages:
    """The day's figures, or those of some days."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    templates: Jinja2Templates

    def routes(self, access: Access) -> list[Route]:
        """Return the routes with their permission."""
        may = Permission.READ_REPORTS
        return [
            access.route("/reports", self.show, may, name="reports"),
            access.route("/reports.csv", self.download, may, name="reports_file"),
            access.route("/reports-days.csv", self.download_days, may, name="days_file"),
        ]

    async def show(self, request: Request) -> Response:
        """Show the figures; without days, those of today."""
        try:
            days, problem = await asyncio.to_thread(self._read, request), ""
        except InvalidInputError:
            today = dict[str, str]()
            days = await asyncio.to_thread(self._days, today, signed_in(request).scope)
            problem = f"Choose 1 to {LONGEST} days, the first one first. These are today's figures."
        context = {
            "agent": signed_in(request),
            "place": "reports",
            "days": days,
            "report": days.report,
            "problem": problem,
            "reasons": REASONS,
            "outcomes": {**OUTCOMES, **OTHER_OUTCOMES},
            "length": length,
            "spans": {f"Last {many} days": _back(days.today, many) for many in (7, 30)},
            "clock": _Clock(ZoneInfo(days.zone), self.clock.now()),
        }
        status = 422 if problem else 200
        return self.templates.TemplateResponse(request, "reports.html", context, status_code=status)

    async def download(self, request: Request) -> Response:
        """Give the cases as a file: one a row, no people in it."""
        return await self._download(request, "chats", HEADINGS, _rows)

    async def download_days(self, request: Request) -> Response:
        """Give the days as a file: one a row."""
        return await self._download(request, "days", DAY_HEADINGS, _day_rows)

    async def _download(
        self,
        request: Request,
        what: str,
        headings: Sequence[str],
        rows: Callable[[Days], Iterator[list[str]]],
    ) -> Response:
        try:
            days = await asyncio.to_thread(self._read, request)
            await asyncio.to_thread(self._note, days, what, signed_in(request).agent_id)
        except InvalidInputError as error:
            return PlainTextResponse(f"Not these days: {error}.", status_code=422)
        name = f"{what}-{days.first}-{days.last}.csv"
        content = "".join(csv_lines(headings, rows(days)))
        return Response(content, media_type=CSV, headers=named(name))

    def _read(self, request: Request) -> Days:
        return self._days(request.query_params, signed_in(request).scope)

    def _note(self, days: Days, what: str, agent_id: str) -> None:
        """Write down who takes figures along; they name colleagues."""
        after: dict[str, Fact] = {"first": f"{days.first}", "last": f"{days.last}"}
        now = self.clock.now()
        with self.unit_of_work() as work:
            record(work, agent_id, "report.exported", "report", what, after=after, now=now)
            work.commit()

    def _days(self, asked: Mapping[str, str], shippers: Sequence[str]) -> Days:
        now = self.clock.now()
        with self.unit_of_work(read_only=True) as work:
            zone = zone_of_reports(work)
            today = now.astimezone(ZoneInfo(zone)).date()
            first = _day(asked.get("from"), today)
            last = _day(asked.get("to"), max(first, today) if asked.get("from") else today)
            report = report_days(work, first, last, zone, now=now, shippers=shippers)
            names = {each.id: each.name for each in work.agents.all()}
            depots = {each.id: each.name for each in work.depots.all()}
        return Days(first, last, zone, today, report, names, depots)


def length(span: timedelta | None) -> str:
    """Return a span in words for a table: ``48 s``, ``12 min``, ``3 h 05 min``."""
    if span is None:
        return "-"
    seconds = round(span.total_seconds())
    if seconds < 2 * 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 2 * 60 else f"{minutes // 60} h {minutes % 60:02} min"


def _back(today: date, many: int) -> str:
    """Return the question for so many days up to today."""
    return urlencode({"from": today - timedelta(days=many - 1), "to": today})


def _day(text: str | None, usual: date) -> date:
    if not text:
        return usual
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInputError("a day is written as 2026-03-11") from None


@dataclass(frozen=True)
class _Clock:
    """Says when something was, with the day where it was not today."""

    zone: ZoneInfo
    now: datetime

    def __call__(self, instant: datetime) -> str:
        here, now = instant.astimezone(self.zone), self.now.astimezone(self.zone)
        return f"{here:%H:%M}" if here.date() == now.date() else f"{here:%-d %b, %H:%M}"


def _day_rows(days: Days) -> Iterator[list[str]]:
    for each in days.report.days:
        staff = each.staff
        yield [
            each.day.isoformat(),
            *(str(count) for count in (each.talks, each.finished_by_bot, staff.cases)),
            *(_seconds(span) for span in (staff.waited.median, staff.waited.p90)),
            _seconds(staff.handled.median),
            *(str(count) for count in (staff.in_time, staff.answered)),
        ]


def _rows(days: Days) -> Iterator[list[str]]:
    for case in days.report.cases:
        yield _values(case, days.names)


def _values(case: Case, names: Mapping[str, str]) -> list[str]:
    in_time = {None: "", True: "yes", False: "no"}[case.was_in_time]
    return [
        case.requested_at.isoformat(),
        case.reason,
        str(case.priority),
        case.state.value,
        names.get(case.agent_id or "", ""),
        _seconds(case.waited),
        _seconds(case.handled),
        in_time,
        case.outcome or "",
    ]


def _seconds(span: timedelta | None) -> str:
    return "" if span is None else str(round(span.total_seconds()))
