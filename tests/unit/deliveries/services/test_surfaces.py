"""What is done on another surface: by whom, and what only looks as if it was done there."""

import pytest

from deliveries.model.conversation import ConversationState
from deliveries.model.staff import Role
from deliveries.model.surface import SurfaceCase, SurfaceMember
from deliveries.services import handoffs
from deliveries.services.surfaces.hearing import command, hear, take_standing
from deliveries.staff_surfaces import Stand, Standing, Words
from integrations.storage import Storage
from tests.builders import NOW, a_stocked_storage, an_agent

DESK = "desk"


@pytest.fixture
def store() -> Storage:
    """Return a chat that waits, shown on a surface where one of two agents has an account."""
    store = a_stocked_storage(an_agent(id="ann", name="ann"), an_agent(id="bob", name="bob"))
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").last_contact_id = "c-1"
        handoffs.request(work, work.conversations.get("conv-1"), "asked", NOW)
        work.surfaces.add_case(SurfaceCase("case-1", DESK, "conv-1", NOW, place="7"))
        work.surfaces.link(SurfaceMember("desk:1", DESK, "1", "ann"))
        work.commit()
    return store


def owner(store: Storage) -> tuple[ConversationState, str | None]:
    with store.unit_of_work(read_only=True) as work:
        conversation = work.conversations.get("conv-1")
        return conversation.state, conversation.owner_id


def test_what_is_nobodys_there_stays_with_who_has_it_in_the_console_alone(store: Storage) -> None:
    with store.unit_of_work() as work:
        version = work.conversations.get("conv-1").version
        handoffs.take(work, "conv-1", agent_id="bob", version=version, now=NOW)
        case = work.surfaces.case_at(DESK, "7")
        assert case is not None
        take_standing(work, case, Standing(Stand.WAITING, None), now=NOW)
        work.commit()

    assert owner(store) == (ConversationState.HUMAN, "bob")


@pytest.mark.parametrize("change", ["left", "looks on", "answers for others"])
def test_who_may_not_work_here_does_nothing_there(store: Storage, change: str) -> None:
    with store.unit_of_work() as work:
        agent = work.agents.get("ann")
        if change == "left":
            agent.disabled_at = NOW
        elif change == "looks on":
            agent.role = Role.VIEWER
        else:
            agent.shippers = ("s-2",)
        work.commit()
    with store.unit_of_work() as work:
        command(work, DESK, "7", "1", "take", now=NOW)
        hear(work, Words(DESK, "7", "m-1", "1", "Hello"), now=NOW)
        case = work.surfaces.case_at(DESK, "7")
        assert case is not None
        take_standing(work, case, Standing(Stand.WITH_AGENT, "1"), now=NOW)
        work.commit()

    assert owner(store) == (ConversationState.QUEUED, None)
    with store.unit_of_work(read_only=True) as work:
        assert [each for each in work.outbox.of("conv-1") if each.author_id is not None] == []


def test_who_may_takes_it_there(store: Storage) -> None:
    with store.unit_of_work() as work:
        command(work, DESK, "7", "1", "take", now=NOW)
        work.commit()

    assert owner(store) == (ConversationState.HUMAN, "ann")
