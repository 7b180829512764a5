from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram import TelegramChannel
from domain.errors import BadCredential, ChannelError
from domain.messages import RawUpdate
from tests.bot.channels.telegram_house import Pauses, channel_of, until
from tests.contracts.channel_contract import NOW, Inbox
from tests.fakes.telegram import FakeTelegram

POLL = "getUpdates"


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


def texts(rows: list[RawUpdate], channel: TelegramChannel) -> list[str]:
    found = [channel.parse(row.body, NOW) for row in rows]
    return [incoming.text for incoming in found if incoming]


async def test_it_keeps_what_was_written_while_it_was_off(telegram: FakeTelegram) -> None:
    telegram.set_webhook("https://elsewhere.example/hook")
    lan = telegram.user(1, "Lan")
    await lan.sends("kết nạp 5")
    await lan.sends("đúng")
    inbox = Inbox()
    async with channel_of(telegram) as channel:
        await channel.start(inbox.receive)
        assert texts(await inbox.holds(2), channel) == ["kết nạp 5", "đúng"]


async def test_it_shows_its_commands_and_learns_its_own_name(telegram: FakeTelegram) -> None:
    async with channel_of(telegram, commands=[("baocao", "Báo cáo"), ("tiendo", "Tiến độ")]) as channel:
        await channel.start(Inbox().receive)
        await until(lambda: bool(telegram.requests_of(POLL)))
        assert telegram.commands == {"baocao": "Báo cáo", "tiendo": "Tiến độ"}
        assert channel.username == "tiendo_fake_bot"


async def test_a_bad_menu_does_not_keep_it_from_listening(telegram: FakeTelegram) -> None:
    inbox = Inbox()
    await telegram.user(1).sends("kết nạp 5")
    async with channel_of(telegram, commands=[("BÁO CÁO", "Báo cáo")]) as channel:
        await channel.start(inbox.receive)
        assert len(await inbox.holds(1)) == 1


async def test_it_asks_for_the_kinds_of_update_that_it_reads(telegram: FakeTelegram) -> None:
    async with channel_of(telegram) as channel:
        await channel.start(Inbox().receive)
        await until(lambda: bool(telegram.requests_of(POLL)))
    asked = json.loads(telegram.requests_of(POLL)[0].params["allowed_updates"])
    assert asked == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_one_update_that_cannot_be_read_does_not_stop_the_rest(telegram: FakeTelegram) -> None:
    lan = telegram.user(1, "Lan")
    await lan.sends("kết nạp 5")
    poison = await telegram.poison_update()
    await lan.sends("kết nạp 6")
    inbox = Inbox()
    async with channel_of(telegram) as channel:
        await channel.start(inbox.receive)
        rows = await inbox.holds(3)
        await until(lambda: telegram.unconfirmed == 0)
        good = [row for row in rows if row.provider_id != str(poison)]
        assert texts(good, channel) == ["kết nạp 5", "kết nạp 6"]


async def test_half_a_character_cannot_make_the_inbox_refuse(telegram: FakeTelegram) -> None:
    await telegram.user(1, "Lan").sends("kết nạp \ud83d")
    inbox = Inbox()
    async with channel_of(telegram) as channel:
        await channel.start(inbox.receive)
        [row] = await inbox.holds(1)
    assert row.body.isascii()


async def test_it_goes_on_from_a_lower_number_after_a_silence(telegram: FakeTelegram) -> None:
    inbox = Inbox()
    async with channel_of(telegram, poll_timeout_secs=1) as channel:
        await channel.start(inbox.receive)
        await telegram.user(1).sends("trước")
        await inbox.holds(1)
        await until(lambda: telegram.unconfirmed == 0)
        polls = len(telegram.requests_of(POLL))
        await until(lambda: len(telegram.requests_of(POLL)) > polls)
    assert "offset" in telegram.requests_of(POLL)[polls - 1].params
    assert "offset" not in telegram.requests_of(POLL)[polls].params


async def test_it_waits_longer_and_longer_while_telegram_is_away(telegram: FakeTelegram) -> None:
    pauses, inbox = Pauses(), Inbox()
    await telegram.goes_away()
    await telegram.user(1).sends("kết nạp 5")
    async with channel_of(telegram, sleep=pauses) as channel:
        await channel.start(inbox.receive)
        await until(lambda: len(pauses.secs) >= 9)
        await telegram.comes_back()
        await inbox.holds(1)
    assert 0.5 <= pauses.secs[0] <= 1
    assert 4 <= pauses.secs[3] <= 8
    assert all(30 <= secs <= 60 for secs in pauses.secs[6:9])


@pytest.mark.parametrize(
    "failure",
    [
        {"status": 500},
        {"status": 502, "html": True},
        {"status": 404, "html": True},
        {"status": 200, "html": True},
        {"drop": "before accept"},
        {"drop": "after accept"},
    ],
)
async def test_it_survives_a_bad_answer(telegram: FakeTelegram, failure: dict[str, object]) -> None:
    telegram.fail_next(POLL, times=2, **failure)  # type: ignore[arg-type]
    await telegram.user(1).sends("kết nạp 5")
    inbox = Inbox()
    async with channel_of(telegram) as channel:
        await channel.start(inbox.receive)
        assert len(await inbox.holds(1)) == 1
        await until(lambda: telegram.unconfirmed == 0)


async def test_it_waits_as_long_as_it_is_told(telegram: FakeTelegram) -> None:
    pauses, inbox = Pauses(), Inbox()
    telegram.fail_next(POLL, retry_after=17)
    await telegram.user(1).sends("kết nạp 5")
    async with channel_of(telegram, sleep=pauses) as channel:
        await channel.start(inbox.receive)
        await inbox.holds(1)
    assert pauses.secs == [17.0]


async def test_it_says_clearly_that_another_program_polls(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    pauses = Pauses()
    async with channel_of(telegram, sleep=pauses) as channel:
        await channel.start(Inbox().receive)
        await until(lambda: bool(telegram.requests_of(POLL)))
        telegram.set_webhook("https://elsewhere.example/hook")
        await telegram.user(1).sends("kết nạp 5")
        await until(lambda: bool(pauses.secs))
    assert pauses.secs[0] == 30
    assert "another program polls with this token, or a webhook was set" in caplog.text


async def test_of_two_pollers_the_newer_one_goes_on(telegram: FakeTelegram) -> None:
    old_pauses, inbox = Pauses(), Inbox()
    asleep = asyncio.Event()

    async def sleep_for_ever(secs: float) -> None:
        await old_pauses(secs)
        await asleep.wait()

    async with channel_of(telegram, sleep=sleep_for_ever) as old, channel_of(telegram) as new:
        await old.start(Inbox().receive)
        await until(lambda: bool(telegram.requests_of(POLL)))
        await new.start(inbox.receive)
        await until(lambda: bool(old_pauses.secs))
        await telegram.user(1).sends("kết nạp 5")
        assert len(await inbox.holds(1)) == 1


@pytest.mark.parametrize("credential", ["70000001:another-well-formed-credential-0", "not a token"])
async def test_a_wrong_token_ends_the_account_and_says_so(telegram: FakeTelegram, credential: str) -> None:
    told: list[ChannelError] = []
    async with channel_of(telegram, token=credential, on_stopped=told.append) as channel:
        await channel.start(Inbox().receive)
        await until(lambda: bool(told))
        assert isinstance(told[0], BadCredential)
        assert channel.stopped_by is told[0]


async def test_a_token_taken_back_later_ends_the_account(telegram: FakeTelegram) -> None:
    told: list[ChannelError] = []
    async with channel_of(telegram, on_stopped=told.append) as channel:
        await telegram.user(1).sends("kết nạp 5")
        telegram.fail_next(POLL, status=401, description="Unauthorized")
        await channel.start(Inbox().receive)
        await until(lambda: bool(told))
        assert isinstance(told[0], BadCredential)


async def test_stopping_confirms_what_is_stored(telegram: FakeTelegram) -> None:
    inbox = Inbox()
    async with channel_of(telegram) as channel:
        inbox.released.clear()
        await channel.start(inbox.receive)
        await telegram.user(1).sends("kết nạp 5")
        await inbox.is_asked()
        stopping = asyncio.create_task(channel.stop())
        await asyncio.sleep(0)
        assert telegram.unconfirmed == 1
        inbox.released.set()
        await stopping
    assert len(inbox.rows) == 1
    assert telegram.unconfirmed == 0


async def test_stopping_stores_what_comes_with_the_last_answer(telegram: FakeTelegram) -> None:
    inbox = Inbox()
    async with channel_of(telegram) as channel:
        inbox.released.clear()
        await channel.start(inbox.receive)
        await telegram.user(1).sends("một")
        await inbox.is_asked()
        stopping = asyncio.create_task(channel.stop())
        await telegram.user(1).sends("hai")
        inbox.released.set()
        await stopping
        assert texts(inbox.rows, channel) == ["một", "hai"]


async def test_it_stops_while_telegram_is_away(telegram: FakeTelegram) -> None:
    inbox = Inbox()
    async with channel_of(telegram) as channel:
        await channel.start(inbox.receive)
        await telegram.user(1).sends("kết nạp 5")
        await inbox.holds(1)
        await telegram.goes_away()
        async with asyncio.timeout(10):
            await channel.stop()
    await telegram.comes_back()
    assert len(inbox.rows) == 1


async def test_it_stops_in_the_middle_of_a_pause(telegram: FakeTelegram) -> None:
    pausing = asyncio.Event()

    async def sleep_for_ever(_: float) -> None:
        pausing.set()
        await asyncio.Event().wait()

    await telegram.goes_away()
    async with channel_of(telegram, sleep=sleep_for_ever) as channel:
        await channel.start(Inbox().receive)
        async with asyncio.timeout(10):
            await pausing.wait()
            await channel.stop()
    await telegram.comes_back()
    assert telegram.requests == []


CRASH = """
import asyncio, os, sys
from pathlib import Path
from bot.channels.telegram import TelegramChannel

async def receive(updates):
    Path(sys.argv[3]).write_text(" ".join(update.provider_id for update in updates))
    os._exit(9)

async def main():
    channel = TelegramChannel(token=sys.argv[1], base_url=sys.argv[2])
    await channel.start(receive)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_a_crash_between_storing_and_confirming_brings_the_update_again(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    await telegram.user(1).sends("kết nạp 5")
    stored = tmp_path / "stored"
    arguments = [sys.executable, "-c", CRASH, telegram.token, telegram.base_url, str(stored)]
    crashed = await asyncio.to_thread(subprocess.run, arguments, timeout=60)
    assert crashed.returncode == 9
    inbox = Inbox()
    async with channel_of(telegram) as channel:
        await channel.start(inbox.receive)
        [row] = await inbox.holds(1)
        assert row.provider_id == stored.read_text()
        assert texts([row], channel) == ["kết nạp 5"]


async def test_the_token_is_never_logged(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.fail_next("getMe", status=502, html=True)
    telegram.fail_next(POLL, status=500)
    telegram.fail_next(POLL, drop="before accept")
    telegram.fail_next(POLL, status=401)
    told: list[ChannelError] = []
    async with channel_of(telegram, on_stopped=told.append) as channel:
        for name in ("httpx", "httpcore", "telegram"):  # Somebody turned them on to look for a fault.
            caplog.set_level(logging.DEBUG, name)
        await channel.start(Inbox().receive)
        await until(lambda: bool(told))
    secret = telegram.token.partition(":")[2]
    assert "HTTP Request: POST" in caplog.text
    assert "<hidden>" in caplog.text
    assert secret not in caplog.text
    assert all(secret not in output for output in capfd.readouterr())


async def test_both_kinds_of_request_use_the_proxy(telegram: FakeTelegram) -> None:
    await telegram.user(1).sends("kết nạp 5")
    inbox = Inbox()
    beyond = "http://telegram.invalid/bot"  # Only the proxy, which is the fake itself, can reach it.
    async with channel_of(telegram, base_url=beyond, proxy=telegram.address) as channel:
        await channel.start(inbox.receive)
        await inbox.holds(1)
    assert len(telegram.requests_of("getMe")) == 1
    assert len(telegram.requests_of(POLL)) >= 1
