"""Whose recipients an account may see: those of the shippers it is limited to.

A chat belongs to every shipper whose parcels its person gets, alone or with others; who gets none
(an unknown number, a neighbour) is seen by accounts without a limit only.
"""

from collections.abc import Collection

from deliveries.model.delivery import Delivery
from deliveries.model.staff import Agent
from deliveries.ports import UnitOfWork


def is_within(work: UnitOfWork, agent: Agent, conversation_id: str) -> bool:
    """Say whether an agent may know of a chat."""
    return bool(work.chat_lists.within([conversation_id], agent.scope))


def may_see_delivery(agent: Agent, delivery: Delivery) -> bool:
    """Say whether a delivery is of a shipper an agent may see."""
    return not agent.scope or delivery.shipper_id in agent.scope


def covers(scope: Collection[str], other: Collection[str]) -> bool:
    """Say whether one limit lets all through that another does; an empty one is none."""
    return not scope or (bool(other) and set(other) <= set(scope))
