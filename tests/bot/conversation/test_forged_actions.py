"""Buttons that nobody was given: a forged or old action changes nothing, and is always answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from bot.conversation.dialogues import build_router
from bot.services import broadcasts
from bot.services.context import Context
from bot.services.report_lines import Line
from bot.services.reporting import add_line, confirm
from domain.messages import Incoming, IncomingKind
from domain.understanding import Item
from tests.people import MONDAY, House

HUGE = "9" * 25
ARGUMENTS = (
    *("", "1", "2", "x", ".", "²", HUGE),
    *("1.", "1.1", "1.2", "2.2", "1.1.1", "1.2.3", f"{HUGE}.1", f"1.{HUGE}", f"1.1.{HUGE}"),
    *("1:chair", "1:admin", "2:chair", f"{HUGE}:chair", "1.proof", "1.1.wrong", "all.1.2", "4.1.ff"),
    *("1.x.9999999999999", "1.abcdef12.28545120"),
)
RECORDS = (
    "reports",
    "submissions",
    "broadcasts",
    "memberships",
    "units",
    "evidence",
    "invites",
    "task_states",
)


@pytest.fixture
def busy_house(small_house: House) -> House:
    """Figures that wait, a draft, a broadcast being written, and a nurse who left yesterday."""
    with small_house.context("chair") as context:
        for batch, value in (("1", 5), ("2", 7)):
            line = Line(batch, "chair", f"m{batch}", "", (Item("doan_vien_moi", value),))
            add_line(context, small_house.units["dieu"], line)
            if batch == "1":
                confirm(context, batch)
    with small_house.context("staff") as context:
        broadcasts.draft(context, "Mời dự hội thi.")
        left = {"person_id": small_house.people["nurse"].id}
        context.uow.memberships.change_where(left, valid_to=date(2024, 4, 14))
    return small_house


@pytest.mark.parametrize("who", ["stranger", "nurse", "other_chair", "leader"])
def test_a_forged_action_changes_nothing_of_others(busy_house: House, who: str) -> None:
    before = records(busy_house)
    assert tap_everything(busy_house, who) == []
    assert records(busy_house) == before


@pytest.mark.parametrize("who", ["chair", "staff", "admin"])
def test_every_action_is_answered_whatever_stands_in_it(busy_house: House, who: str) -> None:
    assert tap_everything(busy_house, who) == []


def tap_everything(house: House, who: str) -> list[str]:
    """Tap every action with every argument; return those that were not answered."""
    router = build_router()
    silent = []
    actions = [f"{name}:{rest}" for name in router.actions for rest in ARGUMENTS]
    for number, action in enumerate(actions, start=1):
        incoming = Incoming("local", who, f"m{number}", MONDAY, IncomingKind.CHOICE, action=action)
        with house.database.begin() as uow:
            uow.outbox.delete(chat_id=who)
            router.answer(Context(uow, MONDAY, house.office, None, "local", number), incoming)
            if not uow.outbox.count(chat_id=who):
                silent.append(action)
    return silent


def records(house: House) -> list[Sequence[object]]:
    with house.database.begin() as uow:
        return [getattr(uow, name).find() for name in RECORDS]
