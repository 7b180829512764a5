from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram_parsing import parse
from domain.errors import UnparsableUpdate
from domain.messages import Attachment, Incoming, IncomingKind

NOW = datetime(2026, 4, 12, 2, 0, tzinfo=UTC)
SENT_AT = datetime(2026, 4, 11, 7, 30, tzinfo=UTC)
DATE = int(SENT_AT.timestamp())
LAN = {"id": 1, "is_bot": False, "first_name": "Lan", "last_name": "Nguyễn Thị"}
BOT = {"id": 7, "is_bot": True, "first_name": "Tiến độ", "username": "tiendo_bot"}
PRIVATE = {"id": 1, "type": "private", "first_name": "Lan"}
GROUP = {"id": -5, "type": "group", "title": "Các chủ tịch"}
CHANNEL = {"id": -1005, "type": "channel", "title": "Tin"}


def update(kind: str, content: object) -> str:
    return json.dumps({"update_id": 100, kind: content})


def message(content: dict[str, Any], sender: object = LAN, chat: object = PRIVATE) -> dict[str, Any]:
    return {"message_id": 9, "date": DATE, "chat": chat, "from": sender, **content}


def text_of(content: dict[str, Any], chat: object = PRIVATE) -> str:
    incoming = parse("telegram", update("message", message(content, chat=chat)), NOW)
    assert incoming is not None
    return incoming.text


def incoming(**changes: Any) -> Incoming:
    usual: dict[str, Any] = {
        "account": "telegram",
        "chat_id": "1",
        "message_id": "9",
        "sent_at": SENT_AT,
        "kind": IncomingKind.TEXT,
        "sender_name": "Lan Nguyễn Thị",
    }
    return Incoming(**{**usual, **changes})


SMALL = {"file_id": "S", "file_unique_id": "s", "width": 90, "height": 60, "file_size": 1000}
LARGE = {"file_id": "L", "file_unique_id": "l", "width": 1280, "height": 853, "file_size": 90000}
DOCUMENT = {"file_id": "D", "file_unique_id": "d"}
NAMED = {**DOCUMENT, "file_name": "Biên bản.docx", "mime_type": "application/msword", "file_size": 5}
STICKER = {
    "file_id": "K",
    "file_unique_id": "k",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}
VOICE = {"file_id": "V", "file_unique_id": "v", "duration": 3}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "kết nạp 5"}, incoming(text="kết nạp 5")),
        ({"text": "/start ABC-123"}, incoming(text="/start ABC-123")),
        (
            {"text": "đúng", "reply_to_message": message({"text": "Đúng không?"}, BOT) | {"message_id": 8}},
            incoming(text="đúng", reply_to_id="8"),
        ),
        (
            {"photo": [LARGE, SMALL], "caption": "hội nghị"},
            incoming(text="hội nghị", attachments=(Attachment("L", "photo.jpg", "image/jpeg", 90000),)),
        ),
        (
            {"document": NAMED},
            incoming(attachments=(Attachment("D", "Biên bản.docx", "application/msword", 5),)),
        ),
        (
            {"document": DOCUMENT},
            incoming(attachments=(Attachment("D", "file", "application/octet-stream", None),)),
        ),
        ({"sticker": STICKER}, incoming()),
        ({"voice": VOICE}, incoming()),
        ({"location": {"latitude": 11.5, "longitude": 106.9}}, incoming()),
        ({"something_of_next_year": {"a": 1}}, incoming()),
    ],
)
def test_it_reads_what_people_send(content: dict[str, Any], expected: Incoming) -> None:
    assert parse("telegram", update("message", message(content)), NOW) == expected


def test_it_says_that_a_message_stands_in_a_group() -> None:
    body = update("message", message({"text": "tiến độ"}, chat=GROUP))
    assert parse("telegram", body, NOW) == incoming(chat_id="-5", text="tiến độ", is_group=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/tiendo@tiendo_bot", "/tiendo"),
        ("/tiendo@Tiendo_Bot quý 2", "/tiendo quý 2"),
        ("/tiendo", "/tiendo"),
        ("gửi a@tiendo_bot", "gửi a@tiendo_bot"),
    ],
)
def test_a_command_of_the_groups_menu_loses_the_name_of_the_bot(text: str, expected: str) -> None:
    assert text_of({"text": text}, GROUP) == expected


def test_an_edit_keeps_the_time_and_the_id_of_its_message() -> None:
    body = update("edited_message", message({"text": "kết nạp 6", "edit_date": DATE + 86_400}))
    assert parse("telegram", body, NOW) == incoming(kind=IncomingKind.EDIT, text="kết nạp 6")


def test_a_shared_place_that_moves_is_no_edit() -> None:
    moving = {"location": {"latitude": 11.5, "longitude": 106.9, "live_period": 900}, "edit_date": DATE + 5}
    assert parse("telegram", update("edited_message", message(moving)), NOW) is None


@pytest.mark.parametrize("age", [DATE, 0])
def test_it_reads_a_tap_also_on_a_message_too_old_to_be_shown(age: int) -> None:
    shown = {"message_id": 8, "date": age, "chat": PRIVATE}
    query = {"id": "77", "from": LAN, "chat_instance": "x", "data": "report:yes:12", "message": shown}
    assert parse("telegram", update("callback_query", query), NOW) == incoming(
        message_id="8",
        sent_at=NOW,
        kind=IncomingKind.CHOICE,
        action="report:yes:12",
        callback_id="77",
    )


def membership(new: str, chat: object = PRIVATE) -> str:
    def member(status: str) -> dict[str, Any]:
        return {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})

    change = {"chat": chat, "from": LAN, "date": DATE, "old_chat_member": member("left")}
    return update("my_chat_member", {**change, "new_chat_member": member(new)})


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (membership("kicked"), IncomingKind.STOPPED),
        (membership("left"), IncomingKind.STOPPED),
        (membership("member"), IncomingKind.RETURNED),
    ],
)
def test_it_tells_who_blocks_the_bot_and_who_comes_back(body: str, kind: IncomingKind) -> None:
    assert parse("telegram", body, NOW) == incoming(message_id="", kind=kind)


def test_it_tells_where_a_group_has_moved() -> None:
    body = update("message", message({"migrate_to_chat_id": -1005555555555}, chat=GROUP))
    moved = parse("telegram", body, NOW)
    assert moved is not None
    assert (moved.kind, moved.chat_id, moved.new_chat_id) == (IncomingKind.MOVED, "-5", "-1005555555555")


@pytest.mark.parametrize(
    "body",
    [
        update("message", message({"text": "tôi là bot"}, BOT)),
        update("message", message({"pinned_message": message({"text": "x"}) | {"message_id": 3}})),
        update("message", message({"new_chat_members": [LAN]}, chat=GROUP)),
        update("message", message({"migrate_from_chat_id": -5}, chat=GROUP)),
        update("channel_post", {"message_id": 9, "date": DATE, "chat": CHANNEL, "text": "tin"}),
        update("message", {"message_id": 9, "date": DATE, "chat": CHANNEL, "text": "tin"}),
        update("callback_query", {"id": "77", "from": LAN, "chat_instance": "x", "data": "a"}),
        membership("left", GROUP),
        update("something_of_next_year", {"id": 1}),
    ],
)
def test_it_passes_over_what_asks_nothing_of_us(body: str) -> None:
    assert parse("telegram", body, NOW) is None


@pytest.mark.parametrize(
    "body",
    [
        update("message", {"message_id": "x", "date": "yesterday", "chat": 5}),
        update("message", {"message_id": 9}),
        update("message", message({"text": 5})),
        update("message", "text"),
        update("callback_query", {"id": "77"}),
        '{"message": {}}',
        "{}",
        "[]",
        "",
        '{"update_id": 1',
    ],
)
def test_it_names_an_update_that_cannot_be_read(body: str) -> None:
    with pytest.raises(UnparsableUpdate):
        parse("telegram", body, NOW)
