"""``doorstep user``: agents who may sign in to the console."""

import argparse
import os
import secrets

from deliveries.environment import Environment
from deliveries.errors import ConflictError
from deliveries.model.ids import new_id
from deliveries.model.staff import Agent
from integrations.passwords import hash_password
from integrations.storage import storage

HELP = "add an agent, or give one a new password"
ROLES = ("viewer", "agent", "lead", "admin")


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the agent's name and role."""
    parser.add_argument("name")
    parser.add_argument("--role", choices=ROLES, default="agent")
    parser.add_argument("--reset", action="store_true", help="give an agent a new password")


def run(arguments: argparse.Namespace) -> int:
    """Add the agent and print the password, once."""
    environment = Environment(os.environ)
    url = environment.required("DOORSTEP_DATABASE_URL")
    environment.check()
    print(make_agent(url, arguments.name, role=arguments.role, resets=arguments.reset))
    return 0


def make_agent(url: str, name: str, *, role: str = "agent", resets: bool = False) -> str:
    """Add an agent with a password made up here, and return the password; only its hash is kept.

    Raises:
        ConflictError: If there is an agent of that name, and the password shall not be reset.
    """
    password = secrets.token_urlsafe(12)
    store = storage(url)
    try:
        with store.unit_of_work() as work:
            known = work.agents.by_name(name)
            if known is None:
                work.agents.add(Agent(new_id("s"), name, hash_password(password), role))
            elif resets:
                known.password_hash = hash_password(password)
            else:
                raise ConflictError("there is an agent of that name; --reset for a new password")
            work.commit()
    finally:
        store.close()
    return password
