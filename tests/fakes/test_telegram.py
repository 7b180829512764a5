from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any
from urllib.request import Request, urlopen

import aiohttp
import pytest

from tests.fakes.telegram import DEFAULT_CREDENTIAL, FakeTelegram
from tests.fakes.telegram_process import FakeTelegramThread
from tests.fakes.telegram_rules import Bucket, Refused, formatted

JPEG = b"\xff\xd8\xff" + b"0" * 50


class Client:
    """Speaks the Bot API without any library's manners."""

    def __init__(self, telegram: FakeTelegram, session: aiohttp.ClientSession) -> None:
        self.telegram = telegram
        self._session = session

    async def call(self, method: str, token: str = DEFAULT_CREDENTIAL, **params: Any) -> Any:
        """Return the result of a call, or (status, description)."""
        url = f"{self.telegram.base_url}{token}/{method}"
        async with self._session.post(url, json=params) as answer:
            body = await answer.json()
        assert body["ok"] is (answer.status == 200)
        return body["result"] if body["ok"] else (body["error_code"], body["description"])

    async def upload(self, method: str, chat_id: int, **parts: bytes | str) -> Any:
        """Return the result of a multipart call, or (status, description)."""
        form = aiohttp.FormData({"chat_id": str(chat_id)})
        for name, value in parts.items():
            form.add_field(name, value, filename="tệp.jpg" if isinstance(value, bytes) else None)
        async with self._session.post(
            f"{self.telegram.base_url}{DEFAULT_CREDENTIAL}/{method}", data=form
        ) as got:
            body = await got.json()
        return body["result"] if body["ok"] else (body["error_code"], body["description"])


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with FakeTelegram() as telegram, aiohttp.ClientSession() as session:
        telegram.user(1, "Lan")
        yield Client(telegram, session)


@pytest.mark.parametrize(
    ("source", "text", "bold"),
    [
        ("<b>Đủ</b> rồi", "Đủ rồi", ("Đủ",)),
        ("a &lt; b &amp;&amp; c", "a < b && c", ()),
        ("&nbsp;", "&nbsp;", ()),
        ("  <b> 5 </b>", "5", ("5",)),
        ("🎉 <b>Tết</b>", "🎉 Tết", ("Tết",)),
        ("<b><i>x</i>y</b>", "xy", ("xy",)),
        ("1 > 0", "1 > 0", ()),
    ],
)
def test_it_reads_formatted_text(source: str, text: str, bold: tuple[str, ...]) -> None:
    found = formatted(source, "HTML")
    assert (found.text, found.parts("bold")) == (text, bold)


@pytest.mark.parametrize(
    "source",
    ["<b>Đủ", "Đủ</b>", "<b>x</i>", "<b><i>x</b></i>", "<p>x</p>", "a < b", "a <", "<>", "<script>"],
)
def test_it_refuses_unbalanced_and_unknown_tags(source: str) -> None:
    with pytest.raises(Refused, match="can't parse entities") as caught:
        formatted(source, "HTML")
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("params", "status", "words"),
    [
        ({"text": "x"}, 400, "chat_id is empty"),
        ({"chat_id": 2, "text": "x"}, 400, "chat not found"),
        ({"chat_id": "@lan", "text": "x"}, 400, "chat not found"),
        ({"chat_id": 1}, 400, "message text is empty"),
        ({"chat_id": 1, "text": " \n"}, 400, "message text is empty"),
        ({"chat_id": 1, "text": "ữ" * 4097}, 400, "message is too long"),
        ({"chat_id": 1, "text": "x", "parse_mode": "Wiki"}, 400, "unsupported parse_mode"),
        ({"chat_id": 1, "text": "x", "reply_parameters": {"message_id": 5}}, 400, "replied not found"),
        ({"chat_id": 1, "text": "x", "reply_markup": "{"}, 400, "can't parse reply markup"),
    ],
)
async def test_it_refuses_what_telegram_refuses(
    client: Client, params: dict[str, Any], status: int, words: str
) -> None:
    found_status, description = await client.call("sendMessage", **params)
    assert found_status == status
    assert words in description
    assert client.telegram.sent == []


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "Đúng", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "Đúng", "callback_data": "ữ" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "Đúng", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "Đúng"}, "can't parse inline keyboard button"),
        ({"text": " ", "callback_data": "x"}, "can't parse inline keyboard button"),
    ],
)
async def test_it_refuses_a_bad_button(client: Client, button: dict[str, str], words: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    _, description = await client.call("sendMessage", chat_id=1, text="x", reply_markup=markup)
    assert words in description


async def test_it_checks_pictures_and_captions(client: Client) -> None:
    assert (await client.upload("sendPhoto", 1, photo=JPEG, caption="ữ" * 1024))["caption"] == "ữ" * 1024
    assert await client.upload("sendPhoto", 1, photo=JPEG, caption="ữ" * 1025) == (
        400,
        "Bad Request: message caption is too long",
    )
    assert await client.upload("sendPhoto", 1, photo=b"no picture") == (
        400,
        "Bad Request: IMAGE_PROCESS_FAILED",
    )
    assert await client.upload("sendDocument", 1) == (400, "Bad Request: there is no document in the request")


async def test_it_knows_its_token_and_its_methods(client: Client) -> None:
    other = DEFAULT_CREDENTIAL[:-1] + "X"
    assert await client.call("getMe", other) == (401, "Unauthorized")
    assert await client.call("getMe", "nonsense") == (404, "Not Found")
    assert await client.call("sendEverything") == (404, "Not Found")
    assert (await client.call("getME"))["is_bot"] is True


async def test_it_repeats_updates_until_they_are_confirmed(client: Client) -> None:
    lan = client.telegram.user(1)
    for text in ("một", "hai", "ba"):
        await lan.sends(text)
    first = await client.call("getUpdates")
    assert await client.call("getUpdates") == first
    assert [update["message"]["text"] for update in first] == ["một", "hai", "ba"]
    rest = await client.call("getUpdates", offset=first[1]["update_id"])
    assert rest == first[1:]
    assert await client.call("getUpdates", offset=-1) == first[2:]
    assert await client.call("getUpdates", offset=first[2]["update_id"] + 1) == []


async def test_it_gives_a_hundred_updates_at_most(client: Client) -> None:
    for number in range(101):
        await client.telegram.user(1).sends(str(number))
    assert len(await client.call("getUpdates")) == 100
    assert len(await client.call("getUpdates", limit=1000)) == 100
    assert len(await client.call("getUpdates", limit=3)) == 3


async def test_a_poll_waits_for_news(client: Client) -> None:
    poll = asyncio.create_task(client.call("getUpdates", timeout=50))
    while not client.telegram.requests_of("getUpdates"):  # noqa: ASYNC110 - the request has no event here
        await asyncio.sleep(0.005)
    await client.telegram.user(1).sends("một")
    [update] = await poll
    assert update["message"]["text"] == "một"


async def test_an_older_poll_loses_against_a_newer_one(client: Client) -> None:
    older = asyncio.create_task(client.call("getUpdates", timeout=50))
    while not client.telegram.requests_of("getUpdates"):  # noqa: ASYNC110 - the request has no event here
        await asyncio.sleep(0.005)
    assert await client.call("getUpdates") == []
    status, description = await older
    assert status == 409
    assert "terminated by other getUpdates request" in description


async def test_a_webhook_forbids_polling(client: Client) -> None:
    await client.call("setWebhook", url="https://example.org")
    status, description = await client.call("getUpdates")
    assert status == 409
    assert "webhook is active" in description
    await client.call("deleteWebhook")
    assert await client.call("getUpdates") == []


async def test_it_queues_only_the_kinds_that_were_asked_for(client: Client) -> None:
    lan = client.telegram.user(1)
    await client.call("getUpdates", allowed_updates=["message"])
    await lan.blocks()
    await lan.unblocks()
    await lan.sends("một")
    [update] = await client.call("getUpdates")
    assert "message" in update


async def test_it_limits_all_chats_together(client: Client) -> None:
    client.telegram.limit_rates(lambda: 1000.0)
    for number in range(1, 32):
        client.telegram.user(number)
        result = await client.call("sendMessage", chat_id=number, text="Tin")
    assert result == (429, "Too Many Requests: retry after 1")
    assert len(client.telegram.sent) == 30


def test_a_bucket_fills_again() -> None:
    bucket = Bucket(per_second=0.5, burst=2)
    bucket.filled = 0.0
    assert [bucket.wait_secs(now) for now in (0.0, 1.0, 2.0, 100.0)] == [2.0, 1.0, 0.0, 0.0]
    assert bucket.filled == 2


async def test_a_person_who_waits_in_vain_says_so(client: Client) -> None:
    with pytest.raises(AssertionError, match="Lan got nothing"):
        await client.telegram.user(1).next_message(timeout_secs=0.01)


async def test_a_person_taps_only_what_is_there(client: Client) -> None:
    markup = {"inline_keyboard": [[{"text": "1. Đúng", "callback_data": "yes"}]]}
    await client.call("sendMessage", chat_id=1, text="Đúng không?", reply_markup=markup)
    lan = client.telegram.user(1)
    message = await lan.next_message()
    taps = [await lan.taps(message, choice) for choice in ("1. Đúng", "Đúng", "yes")]
    assert len(set(taps)) == 3
    with pytest.raises(AssertionError, match="no button"):
        await lan.taps(message, "Sai")
    assert await client.call("answerCallbackQuery", callback_query_id=taps[0]) is True
    status, _ = await client.call("answerCallbackQuery", callback_query_id=taps[0])
    assert status == 400


def _post(url: str, **params: object) -> Any:
    data = json.dumps(params).encode()
    request = Request(url, data, {"Content-Type": "application/json"})  # noqa: S310 - the fake's own address
    with urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
        return json.load(answer)


def test_it_serves_from_a_thread() -> None:
    with FakeTelegramThread() as thread:
        lan = thread.fake.user(1, "Lan")
        thread.run(lan.sends("kết nạp 5"))
        _post(f"{thread.fake.base_url}{thread.fake.token}/sendMessage", chat_id=1, text="Đã nhận")
        assert thread.run(lan.next_message()).text == "Đã nhận"
        assert thread.fake.unconfirmed == 1


def test_it_serves_as_a_process_that_is_moved_from_outside() -> None:
    command = [sys.executable, "-m", "tests.fakes.telegram"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:  # noqa: S603 - our own program
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())
        bot, control = address["base_url"] + address["token"], address["control"]
        ids = _post(f"{control}/sends", user=1, name="Lan", text="kết nạp 5", times=3)["message_ids"]
        assert len(ids) == len(_post(f"{bot}/getUpdates")["result"]) == 3
        markup = {"inline_keyboard": [[{"text": "1. Đúng", "callback_data": "yes"}]]}
        sent = _post(f"{bot}/sendMessage", chat_id=1, text="Đúng không?", reply_markup=markup)["result"]
        shown = _post(f"{control}/sent", after=0)
        assert shown["messages"] == [
            {"chat_id": 1, "message_id": sent["message_id"], "text": "Đúng không?", "labels": ["1. Đúng"]}
        ]
        assert _post(f"{control}/taps", user=1, message_id=sent["message_id"], choice="Đúng")["tap"]
        assert _post(f"{control}/state")["unconfirmed"] == 4
        process.communicate("")
    assert process.returncode == 0
