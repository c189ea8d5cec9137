"""The console in which agents answer people: its own application, handed its services."""

from bot.console.app import Console, console_app

__all__ = ["Console", "console_app"]
