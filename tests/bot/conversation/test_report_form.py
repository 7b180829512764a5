"""/baocao asks one thing at a time, never what is known, and ends with the same read-back."""

from __future__ import annotations

import pytest

from domain.ledger import SubmissionState
from tests.bot.conversation.reporting import PHOTO, answers, chat, figures
from tests.people import Chat, House

FIRST = (
    "Báo cáo quý II của CĐCS Hạt điều Phước Minh, hạn thứ Năm 20/6.\n"
    "Đoàn viên mới kỳ này là bao nhiêu, thưa chị?\n"
    "Nhắn con số giúp em, ví dụ 5 hoặc 5 ngày 15/4; 0 là không có."
)


def question(name: str) -> str:
    return f"{name} kỳ này là bao nhiêu, thưa chị?\nNhắn con số giúp em; 0 là không có."


def tell(talk: Chat, *lines: str, who: str = "chair") -> str:
    return [talk.say(who, line) for line in lines][-1][-1]


def test_each_required_indicator_is_asked_for_once(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "/baocao") == FIRST
    assert talk.choices("chair") == ["Không có", "Không phát sinh mục nào", "Dừng"]
    assert tell(talk, "5 ngày 12/4") == question("Thỏa ước lao động tập thể ký mới")
    assert talk.choices("chair") == ["Không có", "Dừng"]
    assert talk.tap("chair", "Không có") == [question("Hội nghị người lao động")]
    assert tell(talk, "không") == question("Đối thoại")
    assert tell(talk, "1") == (
        "Em ghi thế này, đúng không chị?\n"
        "• 5 đoàn viên mới, ngày 12/4\n"
        "• không có thỏa ước lao động tập thể ký mới\n"
        "• không có hội nghị người lao động\n"
        "• 1 cuộc đối thoại"
    )
    assert tell(talk, "1").startswith("✅ Đã ghi cho CĐCS Hạt điều Phước Minh.")
    assert figures(small_house) == {"doan_vien_moi": 5, "doi_thoai": 1}


def test_one_line_answers_several_questions(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "báo cáo", "5 đv ngày 12/4, đối thoại 1 lần") == (
        question("Thỏa ước lao động tập thể ký mới")
    )
    assert tell(talk, "0", "0").splitlines()[1:3] == ["• 5 đoàn viên mới, ngày 12/4", "• 1 cuộc đối thoại"]


def test_a_school_is_asked_for_members_only(small_house: House) -> None:
    talk = chat(small_house)
    assert "Trường Tiểu học Cầu Khởi" in tell(talk, "/baocao", who="teacher")
    assert tell(talk, "hai", who="teacher") == "Em ghi thế này, đúng không chị?\n• 2 đoàn viên mới"


@pytest.mark.parametrize(
    ("typed", "value"), [("1", 1), ("2", 2), ("3", 3), ("mười lăm", 15), ("12 người", 12), ("kết nạp 9", 9)]
)
def test_a_number_is_the_figure_and_not_a_choice(small_house: House, typed: str, value: int) -> None:
    talk = chat(small_house)
    assert tell(talk, "/baocao", typed) == question("Thỏa ước lao động tập thể ký mới")
    assert f"• {value} đoàn viên mới" in tell(talk, "dừng")


@pytest.mark.parametrize("typed", ["không có", "Khong co", "0"])
def test_a_label_still_chooses_where_a_number_is_the_figure(small_house: House, typed: str) -> None:
    talk = chat(small_house)
    assert tell(talk, "/baocao", typed) == question("Thỏa ước lao động tập thể ký mới")
    assert tell(talk, "1") == question("Hội nghị người lao động")
    assert tell(talk, "dừng").splitlines()[1:] == [
        "• không có đoàn viên mới",
        "• 1 thỏa ước lao động tập thể ký mới",
    ]


def test_nothing_at_all_may_be_typed(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "/baocao", "không phát sinh mục nào").startswith("✅ Đã ghi")
    assert figures(small_house) == {}


def test_an_unreadable_answer_is_asked_for_again(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "/baocao", "để em coi lại") == (
        "Em chưa đọc được con số. Chị nhắn lại giúp em, ví dụ 7, hoặc không có."
    )
    assert tell(talk, "5") == question("Thỏa ước lao động tập thể ký mới")


def test_thousands_are_read_the_vietnamese_way_and_doubted(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "/baocao", "2.000") == (
        "2.000 đoàn viên mới nhiều hơn số lao động của đơn vị (120). Có đúng số đó không chị?"
    )
    assert tell(talk, "2", "20") == question("Thỏa ước lao động tập thể ký mới")


def test_nothing_at_all_closes_the_period(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "/baocao")
    assert talk.tap("chair", "Không phát sinh mục nào")[0].startswith(
        "✅ Đã ghi: CĐCS Hạt điều Phước Minh không phát sinh trong quý II."
    )
    assert answers(small_house) == [(2, SubmissionState.CLOSED, True)]
    assert tell(talk, "/baocao").startswith("Quý II của CĐCS Hạt điều Phước Minh đã chốt hôm 15/4 rồi.")


def test_zeros_one_by_one_close_it_too(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "/baocao", "0", "0", "0", "0")
    assert tell(talk, "1").startswith("✅ Đã ghi: CĐCS Hạt điều Phước Minh không phát sinh trong quý II.")
    assert answers(small_house) == [(2, SubmissionState.CLOSED, True)]


def test_what_is_known_is_shown_and_not_asked_for(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên", "1")
    assert tell(talk, "/baocao") == (
        "Báo cáo quý II của CĐCS Hạt điều Phước Minh, hạn thứ Năm 20/6.\n"
        "Em đang có 5 đoàn viên mới.\n"
        "Thỏa ước lao động tập thể ký mới kỳ này là bao nhiêu, thưa chị?\n"
        "Nhắn con số giúp em, ví dụ 5 hoặc 5 ngày 15/4; 0 là không có."
    )
    tell(talk, "0", "0", "0", "1")
    assert tell(talk, "/baocao") == (
        "Quý II: 5 đoàn viên mới.\n"
        "Các mục đều đã có câu trả lời. Có thêm thì cứ nhắn là em ghi.\n"
        "Quý II đủ chưa chị?"
    )


def test_stopping_keeps_what_was_answered(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "/baocao", "Dừng") == "Dạ, em dừng ở đây, chưa ghi gì cả."
    assert tell(talk, "/baocao", "5", "Dừng") == "Em ghi thế này, đúng không chị?\n• 5 đoàn viên mới"


def test_a_photo_in_between_does_not_stop_the_form(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "/baocao", "5")
    assert talk.say("chair", "", attachments=PHOTO) == ["Em đã nhận 1 minh chứng."]
    tell(talk, "0", "0", "0", "1")
    with small_house.context() as context:
        (proof,) = context.uow.evidence.find()
        assert proof.batch == context.uow.reports.get(1).batch


def test_a_reminders_button_opens_the_form_of_its_period(small_house: House) -> None:
    talk = chat(small_house)
    with small_house.context() as context:
        period = context.uow.periods.find(number=2)[0]
    unit = small_house.units["dieu"]
    assert talk.tap_action("chair", f"report.form:{period.id}.{unit.id}") == [FIRST]
    assert talk.tap_action("chair", f"report.zero:{period.id}.{unit.id}.1") == [
        question("Thỏa ước lao động tập thể ký mới")
    ]
    assert talk.tap_action("chair", f"report.zero:{period.id}.{unit.id}.1") == [
        question("Thỏa ước lao động tập thể ký mới")
    ]


def test_a_line_behind_the_command_is_taken_as_a_line(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "/baocao kết nạp 5 đoàn viên") == "Em ghi thế này, đúng không chị?\n• 5 đoàn viên mới"
    assert tell(talk, "huỷ", "/baocao quý này") == FIRST
