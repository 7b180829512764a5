"""Lines that several dialogues could take, through the router with all of them."""

from __future__ import annotations

import pytest

from bot.conversation.dialogues import build_router
from tests.people import Chat, House


@pytest.fixture
def chat(small_house: House) -> Chat:
    return Chat(small_house, build_router().answer)


def test_enough_without_a_question_closes_the_period(chat: Chat) -> None:
    chat.say("chair", "kết nạp 5 đoàn viên ngày 12/4")
    chat.say("chair", "đúng")
    chat.say("chair", "/tiendo")
    assert chat.say("chair", "đủ rồi")[0].startswith("✅ Đã chốt quý II của CĐCS Hạt điều Phước Minh")


def test_cancelling_a_read_back_drops_the_draft(chat: Chat) -> None:
    chat.say("chair", "kết nạp 5 đoàn viên ngày 12/4")
    chat.say("chair", "huỷ")
    with chat.house.database.begin() as uow:
        assert [row.state.value for row in uow.reports.find()] == ["withdrawn"]


def test_yes_after_another_command_confirms_the_draft(chat: Chat) -> None:
    chat.say("chair", "kết nạp 5 đoàn viên ngày 12/4")
    chat.say("chair", "/tiendo")
    assert chat.say("chair", "đúng")[0].startswith("✅ Đã ghi cho CĐCS Hạt điều Phước Minh.")
