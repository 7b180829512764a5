from __future__ import annotations

import aiohttp
import pytest
from yarl import URL

from tests.bot.web.office import CHAIR, Office, browser

POST = {"id": "0123456789abcdef", "chat": CHAIR, "text": "chào"}
KEY = "s3cret"
KEY_PAGE = (
    "Trang này chỉ mở bằng địa chỉ in trong cửa sổ dòng lệnh lúc khởi động. "
    "Anh/chị mở lại đúng địa chỉ đó giúp em."
)


async def status(client: aiohttp.ClientSession, path: str, **options: object) -> int:
    async with client.get(path, **options) as response:  # type: ignore[arg-type]
        return response.status


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", ""])
async def test_it_refuses_a_page_under_a_foreign_name(host: str) -> None:
    async with browser(Office().site()) as client:
        for path in (
            "/local/",
            "/local/api/state",
            "/local/events",
            "/local/static/app.js",
            "/local/media/1",
        ):
            assert await status(client, path, headers={"Host": host}) == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.0.0.1", "[::1]:80", "[::1]"])
async def test_it_serves_the_names_of_this_machine(host: str) -> None:
    async with browser(Office().site()) as client:
        assert await status(client, "/local/", headers={"Host": host}) == 200


async def test_it_serves_another_name_where_it_is_configured() -> None:
    async with browser(Office().site(hosts=("tiendo.example",))) as client:
        assert await status(client, "/local/", headers={"Host": "tiendo.example"}) == 200
        assert await status(client, "/local/") == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_it_takes_no_post_from_a_page_of_another_site(headers: dict[str, str]) -> None:
    office = Office()
    async with browser(office.site()) as client:
        for path in ("/local/api/messages", "/local/api/clock"):
            async with client.post(path, json=POST, headers=headers) as response:
                assert response.status == 403
                assert (await response.json())["error"] == "foreign"
    assert office.pushed == {}


async def test_it_takes_a_post_from_its_own_page() -> None:
    office = Office()
    async with browser(office.site()) as client:
        own = str(client._base_url).rstrip("/")
        headers = {"Origin": own, "Sec-Fetch-Site": "same-origin"}
        async with client.post("/local/api/messages", json=POST, headers=headers) as response:
            assert response.status == 201
    assert len(office.pushed) == 1


async def test_with_a_key_nothing_is_served_without_it() -> None:
    office = Office()
    async with browser(office.site(secret=KEY)) as client:
        for path in ("/local/", "/local/api/state", "/local/events", "/local/media/1"):
            assert await status(client, path) == 403
        async with client.post("/local/api/messages", json=POST) as response:
            assert response.status == 403
        async with client.get("/local/", headers={"Accept": "text/html"}) as response:
            assert response.content_type == "text/html"
            assert KEY_PAGE in await response.text()
    assert office.pushed == {}


@pytest.mark.parametrize("query", ["", "?key=", "?key=wrong", "?key=s3cre", "?key=s%C3%A9cret"])
async def test_a_wrong_key_opens_nothing(query: str) -> None:
    async with browser(Office().site(secret=KEY)) as client:
        assert await status(client, f"/local/open{query}") == 403
        assert await status(client, "/local/") == 403
        assert await status(client, "/local/open?key=s3cret") == 200


async def test_the_key_opens_once_and_the_cookie_goes_on() -> None:
    async with browser(Office().site(secret=KEY)) as client:
        async with client.get("/local/open?key=s3cret", allow_redirects=False) as response:
            assert response.status == 303
            assert response.headers["Location"] == "/local/"
            cookie = response.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "s3cret" not in cookie
        assert await status(client, "/local/") == 200
        assert await status(client, "/local/open?key=s3cret") == 200
        base = URL(str(client._base_url))
        async with aiohttp.ClientSession(base) as other, other.get("/local/open?key=s3cret") as response:
            assert response.status == 403
            assert (await response.json())["error"] == "used_key"


async def test_a_cookie_of_an_earlier_start_opens_nothing() -> None:
    async with browser(Office().site(secret=KEY)) as client:
        await status(client, "/local/open?key=s3cret")
        (old,) = client.cookie_jar
    async with browser(Office().site(secret=KEY)) as client:
        assert await status(client, "/local/", cookies={old.key: old.value}) == 403
