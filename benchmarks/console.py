"""How fast agents see what people write: 200 open chats, 20 agents who listen, one writes.

A message is posted to the gateway's webhook as the network posts it; the clock stops when an
agent's connection has heard of it and the chat's part, fetched then as a browser does, holds it.
Then eight agents claim the same chat at the same moment, fifty times.
"""

import asyncio
import re
import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import httpx

from benchmarks.conversation import answers, free_ports, started
from cli.import_ import import_files
from cli.machine import OUR_NUMBER, Machine, Ports, one_machine
from cli.user import enrolled_agent
from deliveries.model.ids import new_id
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact, Person
from deliveries.model.staff import SessionStage
from deliveries.services import handoffs
from deliveries.services.messages.consent import conversation_of
from deliveries.services.staff import sessions
from integrations.storage import Storage, storage
from integrations.storage.migrations import migrate

DAY = date(2026, 3, 11)
EVENING = datetime(2026, 3, 10, 17, tzinfo=UTC)

CHATS = 200
AGENTS = 20
MESSAGES = 60
ROUNDS = 50
AT_ONCE = 8
PATIENCE_S = 20
SETTLED_S = 3
PAUSE_S = 0.3


def run() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        ports = Ports(*free_ports(6))
        machine = one_machine(Path(folder), ports, start=EVENING.isoformat(), rate=1)
        url = machine.environment["DOORSTEP_DATABASE_URL"]
        migrate(url)
        import_files(url, [Path("sandbox/day")], service_day=DAY)
        store = storage(url)
        chats = _open_chats(store)
        tokens = _sign_in(machine, store)
        commands = {name: machine.commands[name] for name in ("sandbox", "gateway")}
        with started(commands, machine.environment):
            asyncio.run(_measure(machine, chats, tokens))
        store.close()


def _open_chats(store: Storage) -> list[tuple[str, str]]:
    """Let people wait: those of the shipped day, and as many more as are needed."""
    found = []
    with store.unit_of_work() as work:
        for number in range(1000):
            phone = f"+447700900{number:03d}"
            contact = work.contacts.by_address(Channel.SMS, phone)
            if contact is None:
                person = Person(new_id("p"))
                work.people.add(person)
                work.flush()
                contact = Contact(new_id("c"), person.id, Channel.SMS, ContactAddress(phone))
                work.contacts.add(contact)
                work.flush()
            conversation = conversation_of(work, contact.person_id)
            if phone == OUR_NUMBER or not conversation.is_with_bot:
                continue
            conversation.last_contact_id = contact.id
            handoffs.request(work, conversation, "asked", EVENING)
            found.append((conversation.id, phone))
            if len(found) == CHATS:
                break
        work.commit()
    return found


async def _measure(machine: Machine, chats: list[tuple[str, str]], tokens: list[str]) -> None:
    home = f"http://127.0.0.1:{machine.ports.gateway}/console/"
    page = f"http://127.0.0.1:{machine.ports.page}"
    async with httpx.AsyncClient(trust_env=False, timeout=60) as network:
        await answers(f"{home}sign-in")
        agents = [_browser(home, token) for token in tokens]
        screens = [Screen(home, agent) for agent in agents]
        readers = [asyncio.create_task(screen.listen()) for screen in screens]
        await asyncio.sleep(SETTLED_S)
        in_chat: list[float] = []
        in_lists: list[float] = []
        for number in range(MESSAGES):
            chat, phone = chats[number]
            for place, screen in enumerate(screens):
                screen.await_(chat, f"measured {number}", has_it_open=place == number % AGENTS)
            began = time.perf_counter()
            path = f"{page}/api/phones/{phone.replace('+', '%2B')}/sms"
            (await network.post(path, json={"text": f"measured {number}"})).raise_for_status()
            for screen in screens:
                shown = await asyncio.wait_for(screen.shown, PATIENCE_S)
                (in_chat if screen.has_it_open else in_lists).append(shown - began)
            await asyncio.sleep(PAUSE_S)
        for reader in readers:
            reader.cancel()
        _print("message to the chat on its agent's screen", in_chat)
        _print("message to the lists of all the others", in_lists)
        await _race(home, agents, chats)
        for agent in agents:
            await agent.aclose()


class Screen:
    """A browser: hears of a chat, then fetches its part if it is open, else its row."""

    def __init__(self, home: str, agent: httpx.AsyncClient) -> None:
        self._home = home
        self._agent = agent
        self._chat = self._words = ""
        self.has_it_open = False
        self.shown: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def await_(self, chat: str, words: str, *, has_it_open: bool) -> None:
        """Wait for these words in that chat."""
        self._chat, self._words, self.has_it_open = chat, words, has_it_open
        self.shown = asyncio.get_running_loop().create_future()

    async def listen(self) -> None:
        """Follow the stream of events."""
        async with self._agent.stream("GET", f"{self._home}live", timeout=None) as stream:
            async for line in stream.aiter_lines():
                chat = self._chat
                if not chat or not line.startswith("data:") or chat not in line:
                    continue
                path = f"chats/{chat}/part" if self.has_it_open else f"rows?ids={chat}"
                part = await self._agent.get(f"{self._home}{path}")
                if self._words in part.text and not self.shown.done():
                    self.shown.set_result(time.perf_counter())


async def _race(home: str, agents: list[httpx.AsyncClient], chats: list[tuple[str, str]]) -> None:
    """Let eight agents claim one chat at once, again and again."""
    winners, taken = [], []
    for chat, _ in chats[-ROUNDS:]:
        # Together: a connection that waits five seconds is closed by the gateway.
        pages = await asyncio.gather(
            *(agent.get(f"{home}chats/{chat}") for agent in agents[:AT_ONCE])
        )
        forms = [
            {name: _value(page.text, name) for name in ("csrf_token", "version")} for page in pages
        ]
        began = time.perf_counter()
        answers = await asyncio.gather(
            *(
                agent.post(f"{home}chats/{chat}/take", data=form)
                for agent, form in zip(agents, forms, strict=False)
            )
        )
        taken.append(time.perf_counter() - began)
        winners.append(sum(each.status_code in (200, 303) for each in answers))
    print(f"claims: {ROUNDS} x {AT_ONCE} at once, rounds with one winner: {winners.count(1)}")
    _print("all eight answered", taken)


def _browser(home: str, token: str) -> httpx.AsyncClient:
    cookies = {"console": token}
    return httpx.AsyncClient(trust_env=False, timeout=60, cookies=cookies, base_url=home)


def _sign_in(machine: Machine, store: Storage) -> list[str]:
    """Return the tokens of as many agents' sessions as are needed."""
    settings, tokens = machine.environment, []
    for number in range(AGENTS):
        url, key = settings["DOORSTEP_DATABASE_URL"], settings["DOORSTEP_SECRET_KEY"]
        name = enrolled_agent(url, key, f"agent{number}").name
        with store.unit_of_work() as work:
            agent = work.agents.by_name(name)
            if agent is None:
                raise RuntimeError(name)
            full, now = SessionStage.FULL, datetime.now(UTC)
            tokens.append(sessions.begin(work, agent, full, device="a bench", now=now))
            work.commit()
    return tokens


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    return found[1] if found else ""


def _print(what: str, taken: list[float]) -> None:
    cuts = statistics.quantiles(taken, n=20)
    print(
        f"{what}: {len(taken)} samples, p50 {cuts[9] * 1000:.0f} ms, p95 {cuts[18] * 1000:.0f} ms"
    )


if __name__ == "__main__":
    run()
