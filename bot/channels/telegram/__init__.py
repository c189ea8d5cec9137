"""Chats of a Telegram bot."""
