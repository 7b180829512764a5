"""The program is killed at the worst moments of a message's way, and started again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from domain.messages import OutboxState
from tests.e2e import story
from tests.e2e.office import CHAIRS, Figure
from tests.e2e.world import World, telegram_world

AT = {"hoa": "confirm", "lam": "answer", "dung": "commit"}
"""Whose message is cut off at which moment (see `Holds`)."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with telegram_world(tmp_path, f"sqlite:///{tmp_path / 'tiendo.sqlite3'}", story.BEGINS) as world:
        story.everybody_joins(world)
        world.await_quiet()
        yield world


def test_a_stored_message_is_answered_once_whenever_the_power_goes(world: World) -> None:
    for who, moment in AT.items():
        phone = world.phones[who]
        world.cut(moment, partial(phone.say, "kết nạp 5 đoàn viên"))
        phone.hears("• 5 đoàn viên mới")
        phone.tap("Đúng")
        phone.hears("✅ Đã ghi")
    world.await_quiet()
    for who in AT:
        heard = [one.text for one in world.phones[who].heard()]
        # Stored updates are answered while Telegram is still to be told: what was in flight may come twice.
        told = [text for text, before in zip(heard, ["", *heard], strict=False) if text != before]
        assert len(heard) - len(told) <= (AT[who] == "confirm")
        joined, read_back, stored = told
        assert joined.startswith("✅ Chào mừng")
        assert read_back.startswith("Em ghi thế này, đúng không")
        assert stored.startswith("✅ Đã ghi")
        assert world.office.figures()[Figure(CHAIRS[who], "doan_vien_moi", 5, "pending")] == 1


def test_propaganda_in_flight_is_not_said_twice_and_staff_see_that_it_is_unknown(world: World) -> None:
    thu = world.phones["thu"]
    story.write_the_news(world)
    world.cut_while_sending(lambda: thu.tap("Gửi ngay"))
    thu.hears("📌 Tin “Mời đoàn viên dự ngày hội")
    world.await_quiet()
    for who in CHAIRS:
        assert [one.text for one in world.phones[who].heard()[1:]] in ([story.NEWS], [])
    with world.office.database.begin() as uow:
        unknown = uow.outbox.count(state=OutboxState.UNKNOWN)
    assert f"{unknown} người không rõ" in thu.heard()[-1].text
