"""Something else is said while a question is open: a number typed later never answers the wrong one."""

from __future__ import annotations

import pytest

from bot.conversation.dialogues import build_router
from tests.bot.conversation.reporting import figures
from tests.people import Chat, House

FIVE = "kết nạp 5 đoàn viên ngày 12/4"
READ_BACK = "Em ghi thế này, đúng không chị?\n• 5 đoàn viên mới, ngày 12/4"
STORED = "✅ Đã ghi cho CĐCS Hạt điều Phước Minh.\nQuý II: 5 đoàn viên mới.\nQuý II đủ chưa chị?"
ACCIDENT = "có 1 anh bị máy cắt trúng tay đưa đi BV rồi"
TOLD = (
    "Em đã báo ngay cho văn phòng và lãnh đạo công đoàn. Nếu có người bị nạn, gọi 115 trước; chị giữ điện "
    "thoại để văn phòng gọi lại nhé."
)
AGREEMENTS = (
    "Thỏa ước lao động tập thể ký mới kỳ này là bao nhiêu, thưa chị?\nNhắn con số giúp em; 0 là không có."
)


@pytest.fixture
def chat(small_house: House) -> Chat:
    return Chat(small_house, build_router().answer)


def test_a_stray_sentence_leaves_the_read_back_open(chat: Chat) -> None:
    chat.say("chair", FIVE)
    assert chat.say("chair", "mai trời mưa") == [f"Tin này em đọc rồi, chưa ghi thêm gì.\n{READ_BACK}"]
    assert chat.choices("chair") == ["Đúng", "Sửa", "Bỏ", "Chuyển tin cho văn phòng"]
    assert chat.say("chair", "1") == [STORED]


def test_a_stray_sentence_may_still_go_to_the_office(chat: Chat) -> None:
    chat.say("chair", FIVE)
    chat.say("chair", "mai trời mưa")
    assert chat.say("chair", "4") == ["Em đã chuyển cho văn phòng, cán bộ phụ trách sẽ trả lời chị."]
    assert chat.heard("staff")[-1].splitlines()[1] == "“mai trời mưa”"
    assert chat.say("chair", "1") == [READ_BACK]


@pytest.mark.parametrize("typed", ["1", "2", "ok em", "dạ"])
def test_an_answer_that_comes_after_something_else_is_asked_for_again(chat: Chat, typed: str) -> None:
    chat.say("chair", FIVE)
    chat.say("chair", "/tiendo")
    assert chat.say("chair", typed) == [READ_BACK]
    assert figures(chat.house) == {}
    assert chat.say("chair", "1") == [STORED]


def test_taking_one_off_chooses_nothing(chat: Chat) -> None:
    chat.say("chair", FIVE)
    assert chat.say("chair", "bớt 1") == ["Em ghi thế này, đúng không chị?\n• 4 đoàn viên mới, ngày 12/4"]
    chat.say("chair", "1")
    assert chat.say("chair", "bớt 1") == ["Em sửa thế này, đúng không chị?\n• 4 → 3 đoàn viên mới, ngày 12/4"]


def test_the_form_asks_again_after_another_command(chat: Chat) -> None:
    chat.say("chair", "/baocao")
    assert chat.say("chair", "7") == [AGREEMENTS]
    chat.say("chair", "/tiendo")
    assert chat.say("chair", "2") == [f"Em còn đang hỏi dở chị câu này:\n{AGREEMENTS}"]
    assert chat.choices("chair") == ["Không có", "Dừng"]
    assert chat.say("chair", "2")[0].startswith("Hội nghị người lao động kỳ này")


def test_a_question_about_one_figure_is_asked_again_too(chat: Chat) -> None:
    chat.say("chair", "kết nạp 999 đoàn viên")
    chat.say("chair", "/tiendo")
    assert chat.say("chair", "1") == [
        "Em còn đang hỏi dở chị câu này:\n"
        "999 đoàn viên mới nhiều hơn số lao động của đơn vị (120). Có đúng số đó không chị?"
    ]
    assert chat.say("chair", "1") == ["Em ghi thế này, đúng không chị?\n• 999 đoàn viên mới"]


def test_a_figure_in_words_needs_no_question(chat: Chat) -> None:
    chat.say("chair", "/baocao")
    chat.say("chair", "/tiendo")
    assert chat.say("chair", "kết nạp 7 đoàn viên") == [AGREEMENTS]


@pytest.mark.parametrize("before", [FIVE, "/baocao", "kết nạp 999 đoàn viên", "Vô 9 ra 4 chị ơi"])
def test_an_accident_goes_to_the_office_whatever_was_being_asked(chat: Chat, before: str) -> None:
    chat.say("chair", before)
    with chat.house.context() as context:
        rows = [(row.indicator, row.value) for row in context.uow.reports.find()]
    assert chat.say("chair", ACCIDENT) == [TOLD]
    with chat.house.context() as context:
        assert [(row.indicator, row.value) for row in context.uow.reports.find()] == rows
    for who in ("staff", "leader"):
        assert chat.heard(who) == [
            "⚠️ Việc gấp: chị Nguyễn Thị Hoa (CĐCS Hạt điều Phước Minh) nhắn:\n"
            f"“{ACCIDENT}”\n"
            "Nhờ văn phòng trả lời trực tiếp cho chị Hoa."
        ]


def test_a_figure_beside_an_accident_is_taken_too(chat: Chat) -> None:
    line = f"{FIVE.capitalize()}. Hôm qua có 1 anh bị tai nạn lao động đưa đi bệnh viện"
    assert chat.say("chair", line) == [TOLD, READ_BACK]


def test_the_office_may_write_about_accidents(chat: Chat) -> None:
    chat.say("staff", "tuyên truyền")
    answer = chat.say("staff", "Phòng ngừa tai nạn lao động: mời các đơn vị dự tập huấn ngày 20/4")
    assert answer[0] != TOLD
    assert chat.heard("leader") == []
