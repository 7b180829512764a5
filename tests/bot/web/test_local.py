from __future__ import annotations

import asyncio
import io
import json
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.web.local import tomorrow_morning
from bot.web.ports import PhoneMessage
from domain.messages import MediaFile
from tests.bot.web.office import CHAIR, NOW, PNG, QUESTION, STAFF, STRANGER, Office, browser

PUSH_ID = "0123456789abcdef"
MESSAGES = "/local/api/messages"


async def post(client: aiohttp.ClientSession, path: str, **options: object) -> tuple[int, dict[str, object]]:
    async with client.post(path, **options) as response:  # type: ignore[arg-type]
        return response.status, await response.json()


async def state(client: aiohttp.ClientSession, query: str = "") -> dict[str, Any]:
    async with client.get(f"/local/api/state{query}") as response:
        assert response.status == 200
        answer: dict[str, Any] = await response.json()
        return answer


async def test_a_typed_line_is_handed_in() -> None:
    office = Office()
    async with browser(office.site()) as client:
        line = {"id": PUSH_ID, "chat": CHAIR, "text": "kết nạp 5 đoàn viên", "reply": "12"}
        assert await post(client, MESSAGES, json=line) == (201, {"stored": True})
    expected = {"text": "kết nạp 5 đoàn viên", "action": "", "files": [], "reply": "12"}
    assert office.pushed == {(CHAIR, PUSH_ID): expected}


async def test_a_tap_is_handed_in_with_its_label() -> None:
    office = Office()
    async with browser(office.site()) as client:
        tap = {"id": PUSH_ID, "chat": CHAIR, "text": "1 Đúng", "action": "report:yes"}
        assert (await post(client, MESSAGES, json=tap))[0] == 201
    assert office.pushed[CHAIR, PUSH_ID]["action"] == "report:yes"


async def test_a_photo_is_handed_in_with_its_text() -> None:
    office = Office()
    form = aiohttp.FormData({"id": PUSH_ID, "chat": CHAIR, "text": "biên bản"}, quote_fields=False)
    form.add_field("files", PNG, filename="biên bản.png", content_type="image/png")
    async with browser(office.site()) as client:
        assert (await post(client, MESSAGES, data=form))[0] == 201
    assert office.pushed[CHAIR, PUSH_ID]["files"] == [MediaFile("biên bản.png", "image/png", PNG)]
    assert office.pushed[CHAIR, PUSH_ID]["text"] == "biên bản"


async def test_a_repeated_post_is_taken_once() -> None:
    office = Office()
    line = {"id": PUSH_ID, "chat": CHAIR, "text": "chào"}
    async with browser(office.site()) as client:
        answers = await asyncio.gather(*(post(client, MESSAGES, json=line) for _ in range(4)))
    assert {status for status, _ in answers} == {201}
    assert len(office.pushed) == 1


async def test_a_message_that_cannot_be_stored_may_be_tried_again() -> None:
    office = Office(down=True)
    line = {"id": PUSH_ID, "chat": CHAIR, "text": "chào"}
    async with browser(office.site()) as client:
        status, answer = await post(client, MESSAGES, json=line)
        assert (status, answer["error"]) == (503, "unavailable")
        assert answer["message"] == (
            "Em chưa lưu được tin lúc này. Tin vẫn còn đây, lát nữa anh/chị bấm gửi lại giúp em."
        )
        office.down = False
        assert (await post(client, MESSAGES, json=line))[0] == 201
    assert len(office.pushed) == 1


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"id": ""}, 400, "bad_form"),
        ({"id": "a/b a b a b"}, 400, "bad_form"),
        ({"id": 5}, 400, "bad_form"),
        ({"text": ["x"]}, 400, "bad_form"),
        ({"action": "báo cáo"}, 400, "bad_form"),
        ({"action": "x" * 61}, 400, "bad_form"),
        ({"reply": "x" * 65}, 400, "bad_form"),
        ({"text": " \n"}, 400, "empty"),
        ({"text": "a" * 20_001}, 400, "too_long"),
        ({"chat": "phone-9"}, 404, "unknown_phone"),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_is_handed_in(
    change: dict[str, object], status: int, code: str
) -> None:
    office = Office()
    line = {"id": PUSH_ID, "chat": CHAIR, "text": "chào", **change}
    async with browser(office.site()) as client:
        answer = await post(client, MESSAGES, json=line)
    assert (answer[0], answer[1]["error"]) == (status, code)
    assert office.pushed == {}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
async def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    async with browser(Office().site()) as client:
        headers = {"Content-Type": "application/json"}
        status, answer = await post(client, MESSAGES, data=body, headers=headers)
    assert (status, answer["error"]) == (400, "bad_form")


@pytest.mark.parametrize("path", [MESSAGES, "/local/api/clock"])
@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json"])
async def test_a_wrong_content_type_is_refused(path: str, content_type: str) -> None:
    body = json.dumps({"id": PUSH_ID, "chat": CHAIR, "text": "chào", "step": "hour"}).encode()
    async with browser(Office().site()) as client:
        status, answer = await post(client, path, data=body, headers={"Content-Type": content_type})
    assert (status, answer["error"]) == (415, "wrong_type")


async def test_a_broken_form_is_refused() -> None:
    async with browser(Office().site()) as client:
        for content_type in ("multipart/form-data", "multipart/form-data; boundary=x"):
            headers = {"Content-Type": content_type}
            status, answer = await post(client, MESSAGES, data=b"no form at all", headers=headers)
            assert (status, answer["error"]) == (400, "bad_form")


async def test_a_body_over_the_limit_is_refused() -> None:
    office = Office()
    form = aiohttp.FormData({"id": PUSH_ID, "chat": CHAIR, "text": ""})
    form.add_field("files", io.BytesIO(bytes(20 * 1024 * 1024)), filename="a.jpg", content_type="image/jpeg")
    async with browser(office.site()) as client:
        status, answer = await post(client, MESSAGES, data=form)
    assert (status, answer["error"]) == (413, "too_large")
    assert answer["message"] == (
        "Tin kèm tệp nặng quá 20 MB nên em chưa nhận. Anh/chị gửi ít tệp hơn hoặc ảnh nhỏ hơn giúp em."
    )
    assert office.pushed == {}


async def test_more_files_than_fit_are_refused() -> None:
    form = aiohttp.FormData({"id": PUSH_ID, "chat": CHAIR, "text": ""})
    for number in range(11):
        form.add_field("files", PNG, filename=f"{number}.png", content_type="image/png")
    async with browser(Office().site()) as client:
        status, answer = await post(client, MESSAGES, data=form)
    assert (status, answer["error"]) == (400, "too_many_files")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", MESSAGES),
        ("PUT", MESSAGES),
        ("GET", "/local/api/clock"),
        ("POST", "/local/api/state"),
        ("DELETE", "/local/"),
        ("HEAD", "/local/open"),
    ],
)
async def test_a_wrong_method_is_refused(method: str, path: str) -> None:
    async with browser(Office().site()) as client, client.request(method, path) as response:
        assert response.status == 405
        assert response.headers["Allow"]


async def test_the_state_tells_what_the_page_shows() -> None:
    office = Office()
    office.put(CHAIR, QUESTION)
    async with browser(office.site()) as client:
        told = await state(client)
    assert told["clock"] == {"text": "thứ Hai 1/4/2024, 8 giờ"}
    staff, chair, stranger = told["phones"]
    assert (staff["title"], staff["subtitle"], staff["kind"]) == (
        "Nguyễn Thị Hà",
        "Cán bộ công đoàn",
        "office",
    )
    assert (stranger["title"], stranger["subtitle"], stranger["samples"]) == (
        "Máy 3",
        "Chưa ai tham gia",
        ["Xin chào"],
    )
    assert chair["messages"] == [
        {
            "cursor": 50,
            "bot": True,
            "text": QUESTION.text,
            "choices": [
                {"label": "Đúng", "action": "report:yes", "numbered": True},
                {"label": "Không có", "action": "report:none", "numbered": False},
            ],
            "media": [
                {"url": "/local/media/7", "name": "biên bản.png", "picture": True},
                {"url": None, "name": "b.pdf", "picture": False},
            ],
            "day": "thứ Hai 1/4/2024",
            "time": "08:00",
            "doubtful": True,
            "failed": False,
        }
    ]


async def test_the_state_leaves_out_what_the_page_has() -> None:
    office = Office()
    for cursor in (1, 2, 3):
        office.put(CHAIR, PhoneMessage(cursor, True, f"tin {cursor}", NOW))
        office.put(STAFF, PhoneMessage(cursor, True, f"tin {cursor}", NOW))
    async with browser(office.site()) as client:
        told = await state(client, f"?after=2@{CHAIR}&after=0@{STRANGER}")
    texts = [[message["text"] for message in phone["messages"]] for phone in told["phones"]]
    assert texts == [["tin 1", "tin 2", "tin 3"], ["tin 3"], []]


@pytest.mark.parametrize("after", ["x@a", "5", "-1@a", "²@a", "1" * 19 + "@a"])
async def test_a_cursor_that_is_no_number_is_refused(after: str) -> None:
    async with (
        browser(Office().site()) as client,
        client.get("/local/api/state", params={"after": after}) as response,
    ):
        assert response.status == 400


async def test_the_page_is_told_when_something_changes() -> None:
    office = Office()
    async with browser(office.site()) as client, client.get("/local/events") as stream:
        assert stream.content_type == "text/event-stream"
        assert await stream.content.readuntil(b"\n\n") == b"retry: 1000\n\n"
        office.put(CHAIR, QUESTION)
        assert await stream.content.readuntil(b"\n\n") == b"event: changed\ndata: 1\n\n"
        assert (await post(client, MESSAGES, json={"id": PUSH_ID, "chat": CHAIR, "text": "chào"}))[0] == 201
        assert await stream.content.readuntil(b"\n\n") == b"event: changed\ndata: 1\n\n"


@pytest.mark.parametrize(
    ("step", "clock", "said"),
    [
        ("hour", "thứ Hai 1/4/2024, 9 giờ", "Chưa có việc gì."),
        ("morning", "thứ Ba 2/4/2024, 8 giờ", "Chưa có việc gì."),
        ("next", "thứ Hai 8/4/2024, 8 giờ", "1 lời nhắc đã gửi."),
    ],
)
async def test_the_clock_moves_and_says_what_happened(step: str, clock: str, said: str) -> None:
    async with browser(Office().site()) as client:
        answer = await post(client, "/local/api/clock", json={"step": step})
    assert answer == (200, {"clock": {"text": clock}, "said": said})


async def test_the_clock_refuses_an_unknown_step() -> None:
    async with browser(Office().site()) as client:
        assert (await post(client, "/local/api/clock", json={"step": "back"}))[0] == 400


async def test_on_the_real_clock_there_is_none_to_move() -> None:
    async with browser(Office().site(clock=None)) as client:
        assert (await state(client))["clock"] is None
        assert (await post(client, "/local/api/clock", json={"step": "hour"}))[0] == 404


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (datetime(2024, 4, 1, 1, tzinfo=UTC), datetime(2024, 4, 2, 1, tzinfo=UTC)),
        (datetime(2024, 4, 1, 16, 59, tzinfo=UTC), datetime(2024, 4, 2, 1, tzinfo=UTC)),
        (datetime(2024, 4, 1, 17, 0, tzinfo=UTC), datetime(2024, 4, 3, 1, tzinfo=UTC)),
        (datetime(2024, 12, 31, 3, 30, 5, 7, tzinfo=UTC), datetime(2025, 1, 1, 1, tzinfo=UTC)),
    ],
)
def test_tomorrow_morning_is_eight_on_the_next_day_of_vietnam(now: datetime, morning: datetime) -> None:
    assert tomorrow_morning(now) == morning
    assert tomorrow_morning(now).tzinfo is UTC


async def test_a_picture_is_shown_and_any_other_file_saved() -> None:
    office = Office()
    office.media = {
        1: MediaFile('biên "bản".png', "image/png", PNG),
        2: MediaFile("trang.html", "text/html", b"<script>alert(1)</script>"),
        3: MediaFile("hình.svg", "image/svg+xml", b"<svg/>"),
    }
    async with browser(office.site()) as client:
        async with client.get("/local/media/1") as picture:
            assert (picture.content_type, await picture.read()) == ("image/png", PNG)
            assert picture.headers["Content-Disposition"] == (
                "inline; filename*=UTF-8''bi%C3%AAn%20%22b%E1%BA%A3n%22.png"
            )
        for number in (2, 3):
            async with client.get(f"/local/media/{number}") as file:
                assert file.content_type == "application/octet-stream"
                assert file.headers["Content-Disposition"].startswith("attachment")
                assert file.headers["X-Content-Type-Options"] == "nosniff"
                assert "sandbox" in file.headers["Content-Security-Policy"]
        for path in ("/local/media/4", "/local/media/x", "/local/media/-1", f"/local/media/{'9' * 30}"):
            async with client.get(path) as missing:
                assert missing.status == 404
