"""`tiendo run`: what it leaves behind when it cannot start, and what it knows of its messenger."""

from __future__ import annotations

import socket
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.demo import serve as serve_demo
from bot.commands.run import BotLinks, serve
from bot.config import Database as DatabaseSettings
from bot.config import Settings, Web
from domain.errors import InputError
from tests.fakes.channel import MemoryChannel


def threads() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith("database")]


async def run(folder: Path, port: int) -> None:
    files = DatabaseSettings(f"sqlite:///{folder / 'tiendo.sqlite3'}", str(folder / "media"))
    await serve(replace(Settings(), database=files, web=replace(Web(), port=port)))


@pytest.mark.parametrize("start", [run, serve_demo])
async def test_a_port_that_is_taken_leaves_nothing_open(
    tmp_path: Path, start: Callable[[Path, int], Awaitable[None]]
) -> None:
    before = threads()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match="cannot_listen"):
            await start(tmp_path, port)
    assert threads() == before


def test_the_bots_own_address_is_known_as_soon_as_the_messenger_tells_it() -> None:
    channel = MemoryChannel("telegram")
    links = BotLinks(channel)
    assert dict(links) == {}
    channel.username = "an_hoa_bot"  # type: ignore[attr-defined]
    assert dict(links) == {"telegram": "https://t.me/an_hoa_bot?start="}
