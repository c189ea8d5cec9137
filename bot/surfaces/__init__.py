"""Keeps other places where agents work up to date with our chats."""
