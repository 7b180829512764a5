from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.channels.telegram_secrets import hide, quieten_libraries, redact

WORD = "fake-secret-of-this-test-0001"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    hide(WORD)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logger = logging.getLogger("tests.secrets")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield logger, written
    logger.removeHandler(handler)


Log = tuple[logging.Logger, io.StringIO]


def test_it_hides_a_secret_in_the_text_and_in_the_arguments(log: Log) -> None:
    logger, written = log
    logger.info(f"GET /bot1:{WORD}/getMe")
    logger.info("%s %d", f"https://api.telegram.org/bot1:{WORD}", 200)
    assert written.getvalue() == "GET /bot1:<hidden>/getMe\nhttps://api.telegram.org/bot1:<hidden> 200\n"


def test_it_hides_a_secret_in_a_traceback(log: Log) -> None:
    logger, written = log
    try:
        raise ValueError(f"bad address: {WORD}")
    except ValueError:
        logger.exception("it failed")
    assert "it failed\nTraceback" in written.getvalue()
    assert "ValueError: bad address: <hidden>" in written.getvalue()
    assert WORD not in written.getvalue()


def test_it_hides_a_secret_when_arguments_do_not_fit(log: Log) -> None:
    logger, written = log
    logger.info("%d", WORD)
    assert written.getvalue() == "%d ('<hidden>',)\n"


def test_it_reaches_handlers_that_are_added_later(log: Log) -> None:
    logger, _ = log
    late = io.StringIO()
    handler = logging.StreamHandler(late)
    logger.addHandler(handler)
    logger.info("it is %s", WORD)
    logger.removeHandler(handler)
    assert late.getvalue() == "it is <hidden>\n"


def test_it_leaves_other_records_as_they_are(log: Log) -> None:
    logger, written = log
    logger.info("%s of %s", 1, 2)
    assert written.getvalue() == "1 of 2\n"


def test_a_short_word_is_not_blotted_out_of_everything() -> None:
    hide("an")
    assert redact("Lan") == "Lan"


def test_it_keeps_the_libraries_talk_of_requests_out() -> None:
    logging.getLogger("httpx").setLevel(logging.NOTSET)
    quieten_libraries()
    for name in ("httpx", "httpcore.http11", "telegram.Bot"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
        assert logging.getLogger(name).isEnabledFor(logging.WARNING)


def test_it_leaves_a_library_silent_that_is_so_already() -> None:
    logging.getLogger("httpx").setLevel(logging.CRITICAL)
    quieten_libraries()
    assert logging.getLogger("httpx").level == logging.CRITICAL
    logging.getLogger("httpx").setLevel(logging.WARNING)
