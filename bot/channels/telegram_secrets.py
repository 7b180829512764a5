"""Keeps the token out of the log, whoever writes it there."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Any

_HIDDEN = "<hidden>"
_SHORTEST = 8  # A shorter word would be blotted out of innocent text too.
_secrets: set[str] = set()
# What the libraries write below these levels is each address with the token in it, and what people wrote;
# the last one puts a whole answer that is no JSON into the log, which we report in short ourselves.
_LEVELS = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.WARNING,
    "telegram.request.BaseRequest": logging.CRITICAL,
}


def quieten_libraries() -> None:
    """Keep the libraries' talk about single requests out of the log; who silenced them more is heard."""
    for name, level in _LEVELS.items():
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, level))


def hide(secret: str) -> None:
    """Blot `secret` out of every log record made from now on, tracebacks included.

    This stands where records are made and not at one handler: a filter on a logger does not see the records
    of its children, and a filter on a handler is missing from every handler added later.
    """
    if len(secret) >= _SHORTEST:
        _secrets.add(secret)
    make = logging.getLogRecordFactory()
    if not isinstance(make, _RedactingFactory):
        logging.setLogRecordFactory(_RedactingFactory(make))


def redact(text: str) -> str:
    """Return `text` without the secrets given to `hide`."""
    for secret in _secrets:
        text = text.replace(secret, _HIDDEN)
    return text


class _RedactingFactory:
    def __init__(self, make: Callable[..., logging.LogRecord]) -> None:
        self._make = make

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record = self._make(*args, **kwargs)
        _redact_message(record)
        _redact_traceback(record)
        return record


def _redact_message(record: logging.LogRecord) -> None:
    try:
        message = record.getMessage()
    except (
        TypeError,
        ValueError,
    ):  # Placeholders and arguments that do not fit; show both rather than lose them.
        record.msg, record.args = redact(f"{record.msg} {record.args}"), ()
        return
    if (clean := redact(message)) != message:
        record.msg, record.args = clean, ()


def _redact_traceback(record: logging.LogRecord) -> None:
    if not record.exc_info or record.exc_info[0] is None:
        return
    text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
    if (clean := redact(text)) != text:
        record.exc_text, record.exc_info = clean, None
