"""What is done when a platform tells of a chat that was blocked or left."""

from __future__ import annotations

from bot.services.dialogue import contact_changed
from domain.marks import plain
from domain.messages import Incoming, IncomingKind
from domain.people import Contact, ContactState
from tests.people import MONDAY, House

BLOCKED = Incoming("local", "chair", "", MONDAY, IncomingKind.STOPPED)


def said_to_staff(house: House) -> list[str]:
    with house.context() as context:
        return [plain(row.text) for row in context.uow.outbox.find(chat_id="staff")]


def test_staff_hear_once_a_day_of_somebody_who_has_no_chat_left(house: House) -> None:
    with house.context() as context:
        contact_changed(context, BLOCKED)
        contact_changed(context, BLOCKED)
    assert said_to_staff(house) == [
        "⚠️ Em không nhắn được cho chị Hoa (CĐCS Hạt điều Phước Minh) nữa: người nhận đã chặn hoặc bỏ tài "
        "khoản. Nhờ anh/chị gọi điện giúp."
    ]


def test_staff_need_not_hear_of_somebody_who_is_reached_elsewhere(house: House) -> None:
    with house.context() as context:
        second = Contact(house.people["chair"].id, "telegram", "77", ContactState.ACTIVE, MONDAY)
        context.uow.contacts.add(second)
        contact_changed(context, BLOCKED)
    assert said_to_staff(house) == []
