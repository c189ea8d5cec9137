"""Logs of every process: one JSON object a line, and nothing personal in any of them."""

from integrations.logs.redaction import redact
from integrations.logs.setup import set_up_logs

__all__ = ["redact", "set_up_logs"]
