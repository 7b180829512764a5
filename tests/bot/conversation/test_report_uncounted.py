"""Members who left are kept apart; what no target counts is not added, and the writer hears why."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation import help, report
from bot.conversation.router import Router
from domain.understanding import LOSSES, Ask, Intent, Item, Reading, Uncounted
from tests.bot.conversation.reporting import figures
from tests.people import Chat, House

FIVE, THREE = Item("doan_vien_moi", 5), Item(LOSSES, 3)
APART = "Em ghi riêng 3 đoàn viên giảm, không trừ vào số đoàn viên mới."
RENEWED = (
    "Chỉ tiêu chỉ tính thỏa ước lao động tập thể ký mới; ký lại, gia hạn hay sửa đổi, bổ sung thì em không "
    "cộng vào."
)
UNCLEAR = Ask("Con số 5 là của mục nào ạ?", (("5 đoàn viên mới", (FIVE,)), ("Để nhắn lại", ())))
READINGS = {
    "vô 5 ra 3": Reading(Intent.REPORT, "", (FIVE,), losses=(THREE,)),
    "nghỉ 3": Reading(Intent.OTHER, "", losses=(THREE,)),
    "vô 5 ra 3?": Reading(Intent.REPORT, "", (FIVE,), ask=UNCLEAR, losses=(THREE,)),
    "kết nạp 5, ký lại thỏa ước": Reading(Intent.REPORT, "", (FIVE,), uncounted=(Uncounted.RENEWED,)),
    **{one.value: Reading(Intent.OTHER, "", uncounted=(one,)) for one in Uncounted},
}


@pytest.fixture
def chat(small_house: House) -> Chat:
    def reader(*said: Any) -> Reading:
        return READINGS.get(said[-2], Reading(Intent.OTHER, said[-2]))

    return Chat(small_house, Router((report.DIALOGUE, help.DIALOGUE), help.lost, help.lost, reader).answer)


@pytest.mark.parametrize(
    ("line", "read", "kept"),
    [
        ("vô 5 ra 3", "• 5 đoàn viên mới\n• 3 đoàn viên giảm", {"doan_vien_moi": 5, LOSSES: 3}),
        ("nghỉ 3", "• 3 đoàn viên giảm", {LOSSES: 3}),
    ],
)
def test_who_left_is_kept_apart(chat: Chat, line: str, read: str, kept: dict[str, int]) -> None:
    assert chat.say("chair", line) == [f"Em ghi thế này, đúng không chị?\n{read}\n{APART}"]
    chat.say("chair", "1")
    assert figures(chat.house) == kept


def test_who_left_stays_with_a_line_that_is_asked_about(chat: Chat) -> None:
    chat.say("chair", "vô 5 ra 3?")
    assert chat.say("chair", "1") == [
        f"Em ghi thế này, đúng không chị?\n• 5 đoàn viên mới\n• 3 đoàn viên giảm\n{APART}"
    ]


def test_what_does_not_count_is_told_beside_the_figures(chat: Chat) -> None:
    assert chat.say("chair", "kết nạp 5, ký lại thỏa ước") == [
        f"Em ghi thế này, đúng không chị?\n• 5 đoàn viên mới\n{RENEWED}"
    ]


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (Uncounted.RENEWED, RENEWED),
        (
            Uncounted.OFFICIALS,
            "Hội nghị cán bộ, công chức, viên chức không tính vào chỉ tiêu hội nghị người lao động nên em "
            "không cộng vào.",
        ),
        (
            Uncounted.UNION_PART,
            "Công đoàn bộ phận, tổ công đoàn không tính là công đoàn cơ sở mới nên em không cộng vào.",
        ),
        (
            Uncounted.TOO_SMALL,
            "Chỉ tiêu tính công đoàn cơ sở mới ở doanh nghiệp từ 10 lao động nên em không cộng vào.",
        ),
    ],
)
def test_what_does_not_count_is_thanked_for_and_explained(chat: Chat, what: Uncounted, why: str) -> None:
    assert chat.say("chair", what.value) == [f"Em cảm ơn chị đã báo. {why}"]
    with chat.house.context() as context:
        assert context.uow.reports.find() == []
