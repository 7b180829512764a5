"""Every error of python-telegram-bot in our own words, in one place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
from telegram import error as tg

from domain.errors import (
    AddressChanged,
    BadCredential,
    ChannelError,
    RateLimited,
    RecipientGone,
    Rejected,
    Unavailable,
    Uncertain,
    UnparsableUpdate,
)

# The library warns each time a RetryAfter is built unless one opts in to its future type. This is the
# documented opt-in, read when the error is built; an operator's own choice stands.
os.environ.setdefault("PTB_TIMEDELTA", "1")

_LONGEST_TEXT = 200  # The library quotes whole pages of proxies.
# Telegram answers 400 for these, and 403 for most other ways in which a chat can be closed to us.
_GONE = re.compile(
    r"chat not found|user not found|PEER_ID_INVALID|chat was de(activat|let)ed|have no rights to send"
    r"|not enough rights to send|bot was kicked|USER_IS_BLOCKED|INPUT_USER_DEACTIVATED|CHAT_WRITE_FORBIDDEN",
    re.IGNORECASE,
)
_TOO_LARGE = re.compile(r"too large", re.IGNORECASE)
# A gateway between us and Telegram passed the request on and then lost the answer.
_ANSWER_LOST = re.compile(r"\((504|520|524)\)")

# The request had not left when one of these was raised (RuntimeError: the client is closed).
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    RuntimeError,
)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what python-telegram-bot raises inside into our errors."""
    try:
        yield
    except tg.InvalidToken as error:
        raise translate(error) from None  # Its text may carry the token.
    except tg.TelegramError as error:
        raise translate(error) from error


def translate(error: tg.TelegramError) -> ChannelError:
    """Return our error for one of the library's.

    BadRequest and TimedOut are NetworkErrors, so the order of the branches matters.
    """
    if _is_not_from_telegram(error):
        return _network_error(error)
    match error:
        case tg.ChatMigrated():
            return AddressChanged(str(error.new_chat_id))
        case tg.RetryAfter():
            return RateLimited(_seconds(error.retry_after))
        case tg.Forbidden():
            return RecipientGone(_text(error))
        case tg.InvalidToken() | tg.EndPointNotFound():
            return BadCredential("Telegram does not know the token")
        case tg.BadRequest():
            return RecipientGone(_text(error)) if _GONE.search(str(error)) else Rejected(_text(error))
        case tg.Conflict():
            return Unavailable(_text(error))
        case tg.NetworkError():
            return _network_error(error)
        case tg.PassportDecryptionError():
            return UnparsableUpdate(_text(error))
    # Only an answer of 200 that is no JSON is left: something was accepted by somebody.
    return Uncertain(_text(error))


def _is_not_from_telegram(error: tg.TelegramError) -> bool:
    """Whether a refusal came from a proxy or filter on the way: Telegram itself always speaks JSON.

    A company firewall's 403 page must not make us forget a person, nor its 404 page an account.
    """
    return type(error) is not tg.TelegramError and type(error.__cause__) is tg.TelegramError


def _network_error(error: tg.TelegramError) -> ChannelError:
    cause, text = error.__cause__, _text(error)
    answered = cause is None or isinstance(cause, tg.TelegramError)
    if isinstance(cause, _NOT_SENT):
        return Unavailable(text)
    if isinstance(error, tg.TimedOut) or not answered or _ANSWER_LOST.search(text):
        return Uncertain(text)
    return Rejected(text) if _TOO_LARGE.search(text) else Unavailable(text)


def _text(error: tg.TelegramError) -> str:
    """Return what the library says, and for "Timed out" also where."""
    where = (
        f" ({type(error.__cause__).__name__})" if isinstance(error, tg.TimedOut) and error.__cause__ else ""
    )
    return f"{error}{where}"[:_LONGEST_TEXT]


def _seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
