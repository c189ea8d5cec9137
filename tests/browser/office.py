"""Agents at work: a gateway with the stand-in networks and nothing else, and their browsers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from cli.machine import one_machine
from cli.user import Enrolled, enrolled_agent
from deliveries.model.conversation import ConversationState
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxMessage, Purpose
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying
from deliveries.services import handoffs
from deliveries.services.messages.consent import conversation_of
from tests.authenticator import Phone
from tests.e2e.processes import PATIENCE_S, wait_until
from tests.e2e.recipients import Recipient, shipped_recipients
from tests.e2e.town import DAY, EVENING, SHIPPED_DAY, Town, free_ports, opened, prepare

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# What a browser says when the connection that a test cuts is cut.
CUT = (
    "ERR_CONNECTION",
    "ERR_INTERNET",
    "ERR_NETWORK",
    "ERR_INCOMPLETE",
    "ERR_EMPTY",
    "Failed to fetch",
    "status of 4",
)


@dataclass(eq=False)
class Office:
    """The gateway, the people who write to it, and the agents who answer them."""

    town: Town
    browser: Browser
    people: list[tuple[str, str]]
    problems: list[str] = field(default_factory=list)
    _agents: dict[str, tuple[Enrolled, Phone]] = field(default_factory=dict)
    _sessions: dict[str, StorageState] = field(default_factory=dict)
    _open: list[BrowserContext] = field(default_factory=list)

    @property
    def console(self) -> str:
        """Where the console is."""
        return f"{self.town.gateway}/console/"

    def close_browsers(self) -> None:
        """End every agent's browser."""
        while self._open:
            self._open.pop().close()

    def newcomer(self) -> Recipient:
        """Return a person who never wrote before."""
        return Recipient(self.town, *self.people.pop(0))

    def waiting(self, words: str = "can I speak to a person?", reason: str = "asked") -> "Case":
        """Return a person who asked for an agent and waits."""
        someone = self.newcomer()
        with self.town.store.unit_of_work() as work:
            contact = work.contacts.by_address(Channel.SMS, someone.phone)
            assert contact is not None
            conversation = conversation_of(work, contact.person_id)
            handoffs.request(work, conversation, reason, self.town.now())
            id_ = conversation.id
            work.commit()
        case = Case(self, someone, id_)
        case.write(words)
        return case

    def context(self, name: str, *, role: str = "agent", phone: bool = False) -> BrowserContext:
        """Return an agent's browser, signed in.

        Who signed in before goes on with that session: no code is taken twice, and the next one
        takes half a minute to come.
        """
        if name not in self._agents:
            values = self.town.machine.environment
            url, key = values["DOORSTEP_DATABASE_URL"], values["DOORSTEP_SECRET_KEY"]
            agent = enrolled_agent(url, key, name, role=role)
            self._agents[name] = agent, Phone(agent.secret)
        context = self.browser.new_context(
            viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
            has_touch=phone,
            storage_state=self._sessions.get(name),
        )
        context.set_default_timeout(PATIENCE_S * 1000)
        self._open.append(context)
        if name not in self._sessions:
            page = self.page(context)
            page.goto(self.console)
            self.sign_in(page, name)
            page.close()
        return context

    def sign_in(self, page: Page, name: str) -> None:
        """Fill the sign-in page in."""
        page.get_by_label("Name").fill(name)
        agent, phone = self._agents[name]
        page.get_by_label("Password").fill(agent.password)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_label("Code").fill(phone.code())
        page.get_by_role("button", name="Go on").click()
        page.wait_for_selector("#rows", state="attached")
        self._sessions[name] = page.context.storage_state()

    def page(self, context: BrowserContext) -> Page:
        """Return a tab whose problems fail the test."""
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: self._hear(said.type, said.text))
        return page

    def agent(
        self,
        name: str,
        case: "Case | None" = None,
        *,
        role: str = "agent",
        phone: bool = False,
    ) -> Page:
        """Return an agent's tab, with a chat open if one is given."""
        page = self.page(self.context(name, role=role, phone=phone))
        page.goto(self.console + (f"chats/{case.id}" if case else ""))
        expect(page.locator("#link")).to_have_attribute("data-state", "live")
        return page

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" and not any(each in text for each in CUT):
            self.problems.append(text)


@dataclass(eq=False)
class Case:
    """One person's chat."""

    office: Office
    someone: Recipient
    id: str

    def write(self, words: str) -> None:
        """Text as the person, and wait until it is kept."""
        before = self._heard()
        self.someone.write(words)
        wait_until(lambda: self._heard() > before, "the text")

    def send_picture(self) -> None:
        """Send a picture without words, and wait until it is kept."""
        before = self._heard()
        told = {"text": "", "media": ["a photo"]}
        self.office.town.sandbox(f"{self.someone.path}/sms", json=told)
        wait_until(lambda: self._heard() > before, "the picture")

    def tell(self, words: str) -> None:
        """Write a notice for the person, as the plan would."""
        now = self.office.town.now()
        with self.office.town.store.unit_of_work() as work:
            contact_id = work.conversations.get(self.id).last_contact_id
            assert contact_id is not None
            work.outbox.add(
                OutboxMessage(
                    id=new_id("m"),
                    conversation_id=self.id,
                    contact_id=contact_id,
                    purpose=Purpose.NOTICE,
                    sayings=(Saying("agent_text", {"text": words}),),
                    created_at=now,
                    not_before=now,
                )
            )
            work.commit()

    def sent_by_agents(self) -> list[str]:
        """Return what agents have sent, as the person's phone shows it."""
        with self.office.town.store.unit_of_work(read_only=True) as work:
            texts = {
                str(each.sayings[0].facts["text"])
                for each in work.outbox.of(self.id)
                if each.purpose is Purpose.AGENT
            }
        return [each.text for each in self.someone.received() if each.text in texts]

    def state(self) -> ConversationState:
        """Return who may speak."""
        with self.office.town.store.unit_of_work(read_only=True) as work:
            return work.conversations.get(self.id).state

    def _heard(self) -> int:
        return len(self.office.town.inbound(Channel.SMS, self.someone.phone))


@contextmanager
def an_office(folder: Path, browser: Browser) -> Iterator[Office]:
    """Start what agents need; end it after the block."""

    folder.mkdir(parents=True, exist_ok=True)
    machine = one_machine(folder / "data", free_ports(), start=EVENING.isoformat(), rate=1)
    agent = prepare(machine, SHIPPED_DAY, DAY)
    with opened(machine, folder, agent) as town:
        town.start("sandbox")
        town.wait_for(f"{town.page}/clock")
        town.start("gateway")
        town.wait_for(f"{town.gateway}/console/sign-in")
        people = list(shipped_recipients())
        office = Office(town, browser, people)
        yield office
        office.close_browsers()
