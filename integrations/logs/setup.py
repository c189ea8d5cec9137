"""Sets up structlog and the standard library's logging alike, once per process."""

import hashlib
import hmac
import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO, override

import structlog
from structlog.typing import Processor

from integrations.logs.redaction import redact

# These write addresses, tokens and bodies into what they log; see house-style.md section 7.
_TALKATIVE = (
    "aiohttp",
    "asyncio",
    "apscheduler",
    "hpack",
    "httpcore",
    "httpx",
    "telegram",
    "twilio",
    "sanic.access",
    "sqlalchemy",
    "uvicorn.access",
)
_REF_LENGTH = 12


def set_up_logs(*, key: str = "", level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Log JSON lines to a stream, standard error by default; safe to call again.

    Args:
        key: With it, ``contact_id`` is logged as ``contact_ref``, a keyed hash: lines about one
            contact can be joined, and say nothing once the key is gone.
        level: The lowest level that is logged.
        stream: Where to.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _Referrer(key),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        _RedactingFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False, default=_type_name),
            ],
        )
    )
    root = logging.getLogger()
    for former in root.handlers[:]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Works on the finished line, so that no library's record and no traceback passes it by."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class _Referrer:
    """Turns ids of contacts into keyed hashes."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def __call__(
        self,
        logger: object,
        method: str,
        event: MutableMapping[str, Any],
    ) -> MutableMapping[str, Any]:
        del logger, method
        contact_id = event.pop("contact_id", None)
        if contact_id is not None:
            digest = hmac.new(self._key, str(contact_id).encode(), hashlib.sha256)
            event["contact_ref"] = digest.hexdigest()[:_REF_LENGTH]
        return event


def _type_name(value: object) -> str:
    """Log an object that has no business in a line as the name of its type."""
    return f"<{type(value).__name__}>"
