"""Keeps what is told in confidence, encrypted under the installation's key."""

from integrations.vault.fernet import FernetVault

__all__ = ["FernetVault"]
