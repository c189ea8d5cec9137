"""Starts the worker: ``python -m scheduling``."""

import os

from deliveries.environment import Environment
from integrations.logs import set_up_logs
from scheduling.settings import Settings
from scheduling.worker import run


def main() -> None:
    """Work until told to stop."""
    settings = Settings.read(Environment(os.environ))
    set_up_logs(key=settings.secret_key)
    run(settings)


if __name__ == "__main__":
    main()
