"""Staff learn that figures wait: once, until they look."""

from __future__ import annotations

import pytest

from bot.conversation import approve, report
from bot.conversation.router import Router
from tests.bot.conversation.reporting import lost
from tests.people import Chat, House

TOLD = (
    "📌 CĐCS Hạt điều Phước Minh vừa gửi số liệu, đang chờ duyệt. "
    "Chị gõ /duyet để xem; từ giờ đến lúc đó em không nhắc thêm."
)


@pytest.fixture
def talk(small_house: House) -> Chat:
    return Chat(small_house, Router((report.DIALOGUE, approve.DIALOGUE), lost, lost).answer)


def test_staff_are_told_once_of_what_a_chair_has_confirmed(talk: Chat) -> None:
    talk.say("chair", "kết nạp 5 đoàn viên")
    assert talk.heard("staff") == []
    talk.tap("chair", "Đúng")
    assert talk.heard("staff") == [TOLD]
    talk.say("other_chair", "kết nạp 7 đoàn viên")
    talk.tap("other_chair", "Đúng")
    assert talk.heard("staff") == [TOLD]


@pytest.mark.parametrize("answer", ["4", "Giữ nguyên 5"])
def test_staff_are_told_of_a_returned_figure_that_was_answered(talk: Chat, answer: str) -> None:
    talk.say("chair", "kết nạp 5 đoàn viên")
    talk.tap("chair", "Đúng")
    talk.say("staff", "/duyet")
    talk.tap("staff", "Trả lại")
    talk.tap("staff", "Sai số")
    talk.say("chair", answer)
    assert talk.heard("staff")[-1] == TOLD
