"""Chatwoot as a place where agents work: its API, its signatures, its webhooks."""

from integrations.chatwoot.client import Account, ChatwootClient
from integrations.chatwoot.surface import ChatwootSurface
from integrations.chatwoot.webhooks import NAME, ChatwootWebhook

__all__ = ["NAME", "Account", "ChatwootClient", "ChatwootSurface", "ChatwootWebhook"]
