from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from bot.web.page import STATIC_TYPES, page, static_file
from bot.web.ports import Phone, PhoneKind
from bot.web.wording import samples
from tests.bot.web.office import Office, browser

VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹĂăĐđĨĩŨũƠơƯư]")
FOREIGN = re.compile(r"""(?:src|href|url|import|from)\s*[=(]?\s*["']?(?:https?:)?//""")


async def test_the_page_is_served_under_a_policy_that_lets_nothing_foreign_in() -> None:
    async with browser(Office().site()) as client, client.get("/", allow_redirects=True) as response:
        assert response.status == 200
        assert response.url.path == "/local/"
        policy = response.headers["Content-Security-Policy"]
        text = await response.text()
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert '<html lang="vi">' in text
    assert "<h1>Trợ lý báo cáo công đoàn</h1>" in text


async def test_every_file_of_the_page_is_served_and_no_other() -> None:
    async with browser(Office().site()) as client:
        for name, content_type in STATIC_TYPES.items():
            async with client.get(f"/local/static/{name}") as response:
                assert (response.status, response.content_type) == (200, content_type)
        for name in ("index.html", "missing.js", "..%2Fserver.py"):
            async with client.get(f"/local/static/{name}") as response:
                assert response.status == 404


def test_every_file_of_the_folder_is_known() -> None:
    there = {path.name for path in (files("bot.web") / "static").iterdir()}
    assert there == {"index.html", *STATIC_TYPES}


@pytest.mark.parametrize("name", ["index.html", *STATIC_TYPES])
def test_the_files_hold_no_vietnamese_and_load_nothing_foreign(name: str) -> None:
    text = static_file(name)
    assert not VIETNAMESE.search(text)
    assert not FOREIGN.search(text.replace('xmlns="http://www.w3.org/2000/svg"', ""))


def test_a_choice_without_a_number_is_not_counted() -> None:
    styles = static_file("app.css")
    assert re.findall(r"([^\n{]*) \{ counter-increment: choice;", styles) == [".choice:not(.plain)::before"]
    assert 'choice.numbered ? "choice" : "choice plain"' in static_file("bubble.js")


@pytest.mark.parametrize("demo", [True, False])
def test_the_page_has_every_word_filled_in(demo: bool) -> None:
    text = page(demo=demo)
    settings = re.search(r'id="settings">(.*?)</script>', text, re.S)
    assert settings
    assert "$" not in text
    assert json.loads(settings[1])["maxFiles"] == 10


def test_the_script_finds_every_word_that_it_uses() -> None:
    settings = json.loads(re.search(r'id="settings">(.*?)</script>', page(demo=True), re.S)[1])  # type: ignore[index]
    used = set()
    for name in STATIC_TYPES:
        used |= set(re.findall(r"\bwords\.(\w+)", static_file(name)))
    assert used == set(settings["words"])


def test_neighbours_propose_different_lines() -> None:
    phones = [Phone("a", "A", "", True, kind) for kind in PhoneKind]
    lines = [tuple(samples(phone, place)) for phone in phones for place in (1, 2)]
    assert all(1 < len(each) <= 4 for each in lines)
    assert len(set(lines)) == 4
