"""Starts the sandbox: ``python -m sandbox``."""

import asyncio
import signal
import sys

from sandbox.control import create_control_app
from sandbox.serving import PortTakenError, open_port, serve
from sandbox.settings import Settings, SettingsError, read_settings
from sandbox.stage import build_stage
from sandbox.telegram.app import create_telegram_app
from sandbox.twilio.app import create_twilio_app


async def _run(settings: Settings) -> None:
    stage = build_stage(settings)
    apps = {
        open_port(settings.page_port): create_control_app(stage),
        open_port(settings.twilio_port): create_twilio_app(stage.twilio, stage.twilio_faults),
        open_port(settings.telegram_port): create_telegram_app(stage.bot, stage.telegram_faults),
    }
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        async with asyncio.TaskGroup() as group:
            work = group.create_task(stage.work())
            await serve(apps, stop)
            work.cancel()
    finally:
        await stage.close()


def main() -> int:
    """Run until told to stop; return the exit code."""
    try:
        asyncio.run(_run(read_settings()))
    except (SettingsError, PortTakenError) as error:
        sys.stderr.write(f"sandbox: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
