"""Something else is said while a question is open: a number typed later never answers the wrong one."""

from __future__ import annotations

from datetime import timedelta

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


WHICH_UNIT = "Đơn vị nào vậy chị?"
STILL = "Em còn đang hỏi dở chị câu này:\n"


@pytest.mark.parametrize(
    ("opening", "question"),
    [
        (
            "kết nạp 999 đoàn viên",
            "999 đoàn viên mới nhiều hơn số lao động của đơn vị (120). Có đúng số đó không chị?",
        ),
        ("t3 rồi kết nạp 6", "Ý mình là ngày 9/4, hay chỉ nói tháng thôi ạ?"),
    ],
)
@pytest.mark.parametrize(
    ("aside", "answer"),
    [
        ("cảm ơn em", "Dạ, em cảm ơn chị."),
        (
            "có phải nộp biên bản đối thoại không em",
            "Em đã chuyển cho văn phòng, cán bộ phụ trách sẽ trả lời chị.",
        ),
        (
            "ký lại thỏa ước hết hạn, nội dung cũ",
            "Em cảm ơn chị đã báo. Chỉ tiêu chỉ tính thỏa ước lao động tập thể ký mới; ký lại, gia hạn hay "
            "sửa đổi, bổ sung thì em không cộng vào.",
        ),
    ],
)
def test_talk_is_answered_and_the_question_comes_again(
    chat: Chat, opening: str, question: str, aside: str, answer: str
) -> None:
    assert chat.say("chair", opening) == [question]
    for _time in range(2):
        assert chat.say("chair", aside) == [answer, STILL + question]
    assert chat.say("chair", "1")[0].startswith("Em ghi thế này, đúng không chị?")
    assert figures(chat.house) == {}


def test_a_complaint_is_heard_while_a_question_is_open(chat: Chat) -> None:
    chat.say("chair", "kết nạp 999 đoàn viên")
    sorry, again = chat.say("chair", "tui báo rồi mà sao nhắn hoài vậy")
    assert sorry.startswith("Em xin lỗi chị Hoa vì đã nhắn nhiều.")
    assert again.startswith(STILL)
    assert chat.say("chair", "1") == ["Em ghi thế này, đúng không chị?\n• 999 đoàn viên mới"]


def test_the_form_goes_on_after_a_question(chat: Chat) -> None:
    chat.say("chair", "/baocao")
    chat.say("chair", "7")
    told, again = chat.say("chair", "hạn nộp bữa nào vậy em")
    assert "20/6" in told
    assert again == STILL + AGREEMENTS
    assert chat.say("chair", "0")[0].startswith("Hội nghị người lao động kỳ này")


def test_what_follows_an_accident_goes_to_the_office_too(chat: Chat) -> None:
    chat.say("chair", ACCIDENT)
    assert chat.say("chair", "đang ở bệnh viện tỉnh") == [
        "Em báo tiếp cho văn phòng rồi, chị cứ nhắn thêm cho em."
    ]
    assert chat.heard("staff")[-1] == (
        "⚠️ Việc gấp, chị Nguyễn Thị Hoa (CĐCS Hạt điều Phước Minh) nhắn thêm:\n“đang ở bệnh viện tỉnh”\n"
        "Nhờ văn phòng trả lời trực tiếp cho chị Hoa."
    )


@pytest.mark.parametrize("said", [FIVE, "/tiendo", "hạn nộp bữa nào vậy em"])
def test_an_accident_is_over_once_something_else_is_written(chat: Chat, said: str) -> None:
    chat.say("chair", ACCIDENT)
    chat.say("chair", said)
    told = len(chat.heard("staff"))
    chat.say("chair", "mai trời mưa")
    assert len(chat.heard("staff")) == told


def test_an_hour_after_an_accident_words_are_words(chat: Chat) -> None:
    chat.say("chair", ACCIDENT)
    chat.now += timedelta(hours=1)
    assert chat.say("chair", "mai trời mưa")[0].startswith("Em đọc rồi, tin này chưa có kết quả")


def test_an_answer_after_an_accident_is_still_an_answer(chat: Chat) -> None:
    chat.say("chair", "kết nạp 999 đoàn viên")
    chat.say("chair", ACCIDENT)
    assert chat.say("chair", "đúng số đó") == ["Em ghi thế này, đúng không chị?\n• 999 đoàn viên mới"]
