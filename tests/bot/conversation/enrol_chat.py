"""A chat with the dialogues of getting in, and what their tests look at."""

from __future__ import annotations

import re
from datetime import datetime

from bot.conversation import enrol, help, units
from bot.conversation.router import Router
from bot.services.invites import create_invite, show_code
from domain.people import Role, Unit, UnitKind, UnitLevel
from tests.people import MONDAY, Chat, House

STRANGER = (
    "Chào anh/chị. Đây là trợ lý báo cáo của Công đoàn phường An Hòa, dành cho các công đoàn cơ sở; "
    "anh/chị xin mã tham gia ở văn phòng rồi nhắn mã vào đây giúp em."
)
SHOWN_CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


def enrol_chat(house: House) -> Chat:
    """Return a chat that knows enrolment, units and help."""
    router = Router((enrol.DIALOGUE, units.DIALOGUE, help.DIALOGUE), stranger=enrol.stranger, lost=help.lost)
    return Chat(house, router.answer)


def invite(chat: Chat, unit: str = "dieu", role: Role = Role.CHAIR, name: str = "chị Lý Thị Mai") -> str:
    """Make a code as staff would, and return it as it is shown."""
    with chat.house.context("staff", now=chat.now) as context:
        return show_code(create_invite(context, chat.house.units[unit], role, name).code)


def roles(chat: Chat, chat_id: str, now: datetime = MONDAY) -> list[tuple[str, Role]]:
    """Return the roles held by the person of a chat."""
    with chat.house.context(now=now) as context:
        contact = context.uow.contacts.first(chat_id=chat_id)
        held = context.uow.queries.roles_of(contact.person_id, context.today) if contact else ()
    return [(unit.code, role) for unit, role in held]


def add_union(chat: Chat, code: str, name: str) -> None:
    """Add a union without a chair."""
    with chat.house.context() as context:
        context.uow.units.add(Unit(code, name, UnitLevel.GRASSROOTS, UnitKind.ENTERPRISE))


def code_in_text(text: str) -> str:
    """Return the code that stands in a message."""
    found = SHOWN_CODE.search(text)
    assert found is not None
    return found[0]
