from __future__ import annotations

from collections.abc import Sequence

import aiohttp
import pytest

from bot.web.ports import Site
from bot.web.server import WebServer, build_app
from domain.errors import InputError
from tests.bot.web.office import Office, browser


async def get(address: str) -> tuple[int, object]:
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return response.status, await response.json()


async def test_it_tells_that_all_is_well_without_local_phones() -> None:
    server = WebServer(build_app(Site()))
    await server.start()
    try:
        assert await get(f"{server.address}/healthz") == (200, {"status": "ok", "faults": []})
        status, answer = await get(f"{server.address}/local/")
        assert status == 404
        assert isinstance(answer, dict)
        assert answer["message"] == "Ở địa chỉ này không có gì. Anh/chị quay lại trang chính giúp em."
    finally:
        await server.stop()


async def test_it_tells_what_fails() -> None:
    async def health() -> Sequence[str]:
        return ["database"]

    server = WebServer(build_app(Site(health=health)))
    await server.start()
    try:
        assert await get(f"{server.address}/healthz") == (503, {"status": "failing", "faults": ["database"]})
    finally:
        await server.stop()


async def test_it_says_which_address_is_taken() -> None:
    first = WebServer(build_app(Site()))
    await first.start()
    port = int(first.address.rsplit(":", 1)[1])
    try:
        with pytest.raises(InputError) as raised:
            await WebServer(build_app(Site()), "127.0.0.1", port).start()
    finally:
        await first.stop()
    assert raised.value.code == "cannot_listen"
    assert raised.value.values["port"] == port


async def test_it_stops_twice_and_starts_not_at_all_before() -> None:
    server = WebServer(build_app(Site()), "::1", 8080)
    assert server.address == "http://[::1]:8080"
    await server.stop()
    await server.stop()


async def test_a_stop_ends_open_event_streams() -> None:
    office = Office()
    server = WebServer(build_app(Site(office.site())))
    await server.start()
    async with aiohttp.ClientSession() as session, session.get(f"{server.address}/local/events") as stream:
        assert await stream.content.readline() == b"retry: 1000\n"
        await server.stop()
        rest = await stream.content.read()
    assert b"event: changed" in rest
    assert office.bells == set()


async def test_a_fault_of_ours_is_logged_and_answered_kindly(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(chat_id: str, after: int) -> Sequence[object]:
        raise ZeroDivisionError

    async with (
        browser(Office().site(history=broken)) as client,
        client.get("/local/api/state") as response,
    ):
        assert response.status == 500
        answer = await response.json()
    assert answer["error"] == "broken"
    assert "GET /local/api/state failed" in caplog.text
