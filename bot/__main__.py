"""Starts the gateway: ``python -m bot``."""

import os

import uvicorn

from bot.app import create_app
from bot.settings import Settings
from deliveries.environment import Environment
from integrations.logs import set_up_logs

_GRACE_S = 10


def main() -> None:
    """Serve until told to stop."""
    settings = Settings.read(Environment(os.environ))
    set_up_logs(key=settings.secret_key)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )


if __name__ == "__main__":
    main()
