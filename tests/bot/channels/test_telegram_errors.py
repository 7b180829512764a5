from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from telegram import error as tg

from bot.channels.telegram_errors import translate, translated
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

# One error of each class the library knows, as its network layer raises it without a cause.
ONE_OF_EACH: dict[type[tg.TelegramError], tuple[tg.TelegramError, type[ChannelError]]] = {
    tg.TelegramError: (tg.TelegramError("Invalid server response"), Uncertain),
    tg.Forbidden: (tg.Forbidden("Forbidden: bot was blocked by the user"), RecipientGone),
    tg.InvalidToken: (tg.InvalidToken("Unauthorized"), BadCredential),
    tg.EndPointNotFound: (tg.EndPointNotFound("Endpoint 'x' not found"), BadCredential),
    tg.NetworkError: (tg.NetworkError("Bad Gateway (502)"), Unavailable),
    tg.BadRequest: (tg.BadRequest("Bad Request: message is too long"), Rejected),
    tg.TimedOut: (tg.TimedOut(), Uncertain),
    tg.ChatMigrated: (tg.ChatMigrated(-1001), AddressChanged),
    tg.RetryAfter: (tg.RetryAfter(7), RateLimited),
    tg.Conflict: (tg.Conflict("Conflict: terminated by other getUpdates request"), Unavailable),
    tg.PassportDecryptionError: (tg.PassportDecryptionError("no key"), UnparsableUpdate),
}


def every_class(base: type[tg.TelegramError]) -> Iterator[type[tg.TelegramError]]:
    yield base
    for derived in base.__subclasses__():
        yield from every_class(derived)


@pytest.mark.parametrize("kind", sorted(every_class(tg.TelegramError), key=str))
def test_every_error_of_the_library_is_translated(kind: type[tg.TelegramError]) -> None:
    assert kind in ONE_OF_EACH, f"{kind.__name__} is new in the library: decide what it means to us"
    error, expected = ONE_OF_EACH[kind]
    assert type(translate(error)) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Bad Request: chat not found",
        "Bad Request: PEER_ID_INVALID",
        "Bad Request: user not found",
        "Bad Request: group chat was deactivated",
        "Bad Request: not enough rights to send text messages to the chat",
    ],
)
def test_a_chat_that_is_not_there_is_gone(text: str) -> None:
    assert isinstance(translate(tg.BadRequest(text)), RecipientGone)


def caused(error: tg.TelegramError, cause: Exception) -> tg.TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "cause", "expected"),
    [
        (tg.TimedOut(), httpx.ConnectTimeout(""), Unavailable),
        (tg.TimedOut(), httpx.PoolTimeout(""), Unavailable),
        (tg.TimedOut(), httpx.ReadTimeout(""), Uncertain),
        (tg.TimedOut(), httpx.WriteTimeout(""), Uncertain),
        (tg.NetworkError("x"), httpx.ConnectError("refused"), Unavailable),
        (tg.NetworkError("x"), httpx.ProxyError("403"), Unavailable),
        (tg.NetworkError("x"), httpx.UnsupportedProtocol("ftp"), Unavailable),
        (tg.NetworkError("x"), RuntimeError("This HTTPXRequest is not initialized!"), Unavailable),
        (tg.NetworkError("x"), httpx.ReadError("reset"), Uncertain),
        (tg.NetworkError("x"), httpx.WriteError("reset"), Uncertain),
        (tg.NetworkError("x"), httpx.RemoteProtocolError("closed"), Uncertain),
        (tg.NetworkError("x"), KeyError("x"), Uncertain),
    ],
)
def test_what_may_have_been_sent_is_uncertain_and_the_rest_is_not(
    error: tg.TelegramError, cause: Exception, expected: type[ChannelError]
) -> None:
    assert type(translate(caused(error, cause))) is expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (tg.Forbidden("Forbidden (403). Parsing the server response b'<html>' failed"), Unavailable),
        (tg.InvalidToken("Not Found (404). Parsing the server response b'<html>' failed"), Unavailable),
        (tg.BadRequest("Bad Request (400). Parsing the server response b'<html>' failed"), Unavailable),
        (tg.NetworkError("Bad Gateway (502). Parsing the server response b'' failed"), Unavailable),
        (tg.NetworkError("Gateway Timeout (504). Parsing the server response b'' failed"), Uncertain),
        (tg.NetworkError("Unknown HTTPError (524). Parsing the server response b'' failed"), Uncertain),
        (tg.NetworkError("Request Entity Too Large (413). Parsing the server response failed"), Rejected),
    ],
)
def test_the_page_of_a_firewall_is_no_word_of_telegram(
    error: tg.TelegramError, expected: type[ChannelError]
) -> None:
    assert type(translate(caused(error, tg.TelegramError("Invalid server response")))) is expected


def test_it_carries_the_new_address() -> None:
    changed = translate(tg.ChatMigrated(-1001234567890))
    assert isinstance(changed, AddressChanged)
    assert changed.new_address == "-1001234567890"


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(("opted_in", "kind"), [("0", int), ("1", timedelta)])
def test_it_carries_the_wait_in_whichever_type_the_library_gives(
    monkeypatch: pytest.MonkeyPatch, opted_in: str, kind: type
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", opted_in)
    error = tg.RetryAfter(7)
    assert isinstance(error.retry_after, kind)
    limited = translate(error)
    assert isinstance(limited, RateLimited)
    assert limited.retry_after_secs == 7.0


def test_the_error_for_a_bad_token_does_not_carry_it() -> None:
    with pytest.raises(BadCredential) as caught, translated():
        raise tg.InvalidToken("The token `1:SECRET` was rejected by the server.")
    assert "SECRET" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_what_is_no_error_of_the_library_passes() -> None:
    with pytest.raises(ZeroDivisionError), translated():
        raise ZeroDivisionError


def test_it_does_not_quote_a_whole_page() -> None:
    error = tg.NetworkError(f"Bad Gateway (502). Parsing the server response {'x' * 100_000} failed")
    assert len(str(translate(error))) == 200
