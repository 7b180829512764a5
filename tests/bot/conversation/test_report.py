"""Chairs report in a line, are read back, agree, and close the period."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.ledger import ReportState, SubmissionState
from domain.people import Membership, Role
from domain.plan import Allocation
from tests.bot.conversation.reporting import answers, chat, figures
from tests.people import MONDAY, House

MARCH_18 = datetime(2024, 3, 18, 2, 0, tzinfo=UTC)
READ_BACK = "Em ghi thế này, đúng không chị?\n• 5 đoàn viên mới, ngày 12/4\n• 1 cuộc đối thoại, 33 người dự"
LINE = "kết nạp 5 đoàn viên ngày 12/4, đối thoại 1 lần 33 người dự"
FIVE = "kết nạp 5 đoàn viên"


def test_a_line_is_read_back_stored_and_closed(small_house: House) -> None:
    talk = chat(small_house)
    assert talk.say("chair", LINE) == [READ_BACK]
    assert talk.choices("chair") == ["Đúng", "Sửa", "Bỏ"]
    assert figures(small_house) == {}
    assert talk.tap("chair", "Đúng") == [
        "✅ Đã ghi cho CĐCS Hạt điều Phước Minh.\n"
        "Quý II: 5 đoàn viên mới, 1 cuộc đối thoại.\n"
        "Quý II đủ chưa chị?"
    ]
    assert talk.choices("chair") == ["Đủ rồi", "Còn bổ sung"]
    assert answers(small_house) == [(2, SubmissionState.PARTIAL, False)]
    assert talk.say("chair", "1") == [
        "✅ Đã chốt quý II của CĐCS Hạt điều Phước Minh: 5 đoàn viên mới, 1 cuộc đối thoại.\n"
        "Em không nhắc kỳ này nữa. Nếu có thêm, cứ nhắn là em ghi. Em cảm ơn chị Hoa."
    ]
    assert answers(small_house) == [(2, SubmissionState.CLOSED, False)]
    assert figures(small_house) == {"doan_vien_moi": 5, "doi_thoai": 1}


@pytest.mark.parametrize("yes", ["1", "mot", "đúng", "dạ đúng rồi chị", "ok", "Đúng"])
def test_yes_may_be_typed(small_house: House, yes: str) -> None:
    talk = chat(small_house)
    talk.say("chair", FIVE)
    assert talk.say("chair", yes)[0].startswith("✅ Đã ghi cho CĐCS Hạt điều Phước Minh.")


def test_yes_still_counts_after_something_else_was_asked(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", FIVE)
    talk.say("chair", "mai trời mưa")
    assert talk.say("chair", "đúng rồi nha")[0].startswith("✅ Đã ghi")


def test_a_button_tapped_again_changes_nothing(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", FIVE)
    talk.tap_action("chair", "report.ok:1")
    assert talk.tap_action("chair", "report.ok:1") == ["Chị đã xác nhận tin này rồi, em giữ nguyên."]
    assert talk.tap_action("chair", "report.drop:1") == ["Chị đã xác nhận tin này rồi, em giữ nguyên."]
    assert talk.tap_action("chair", "report.fix:1") == ["Chị đã xác nhận tin này rồi, em giữ nguyên."]
    assert figures(small_house) == {"doan_vien_moi": 5}


def test_yes_to_an_older_read_back_does_not_store_what_came_after(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", "kết nạp 5 đoàn viên ngày 12/4")
    talk.say("chair", "đối thoại 1 lần 33 người dự")
    assert talk.tap_action("chair", "report.ok:1.1") == [READ_BACK]
    assert figures(small_house) == {}
    talk.tap("chair", "Đúng")
    assert figures(small_house) == {"doan_vien_moi": 5, "doi_thoai": 1}


@pytest.mark.parametrize("word", ["Bỏ", "bỏ đi", "huỷ", "3"])
def test_a_draft_is_dropped(small_house: House, word: str) -> None:
    talk = chat(small_house)
    talk.say("chair", FIVE)
    assert talk.say("chair", word) == [
        "Dạ, em đã bỏ, chưa tính gì cả. Khi có số liệu chị nhắn lại giúp em nhé."
    ]
    assert talk.tap_action("chair", "report.ok:1") == [
        "Tin này đã bỏ hoặc đã thay rồi nên em không ghi gì. Gõ /lichsu để xem số đang có."
    ]
    assert figures(small_house) == {}


def test_the_year_is_told_against_the_share(small_house: House) -> None:
    with small_house.context() as context:
        unit = small_house.units["dieu"]
        context.uow.allocations.add(Allocation(2024, "doan_vien_moi", unit.id, 30, MONDAY))
    talk = chat(small_house)
    talk.say("chair", "kết nạp 17 đoàn viên")
    assert talk.say("chair", "1") == [
        "✅ Đã ghi cho CĐCS Hạt điều Phước Minh.\n"
        "Quý II: 17 đoàn viên mới.\n"
        "Cả năm 17/30 đoàn viên mới (56,67%), gồm 17 chờ duyệt, nhanh hơn kế hoạch 8.\n"
        "Quý II đủ chưa chị?"
    ]


def test_where_the_office_does_not_approve_figures_count_at_once(small_house: House) -> None:
    small_house.office = replace(small_house.office, approves_at_once=True)
    talk = chat(small_house)
    talk.say("chair", FIVE)
    talk.say("chair", "1")
    with small_house.context() as context:
        assert context.uow.reports.get(1).state is ReportState.APPROVED


def test_more_to_come_leaves_the_period_open(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", FIVE)
    talk.say("chair", "1")
    assert talk.tap("chair", "Còn bổ sung") == [
        "Dạ, em để quý II mở, hạn nộp thứ Năm 20/6. Có thêm lúc nào chị nhắn em lúc đó nhé."
    ]
    assert answers(small_house) == [(2, SubmissionState.PARTIAL, False)]


@pytest.mark.parametrize("words", ["đủ rồi", "chốt", "dạ chốt giúp em nha chị", "Đủ rồi chị ơi"])
def test_a_period_is_closed_by_words_alone(small_house: House, words: str) -> None:
    talk = chat(small_house)
    talk.say("chair", FIVE)
    talk.say("chair", "1")
    talk.tap("chair", "Còn bổ sung")
    assert talk.say("chair", words)[0].startswith("✅ Đã chốt quý II")
    assert answers(small_house) == [(2, SubmissionState.CLOSED, False)]


def test_closing_without_any_figure_is_asked_about(small_house: House) -> None:
    talk = chat(small_house)
    assert talk.say("chair", "chốt") == [
        "Quý II em chưa có số liệu nào của CĐCS Hạt điều Phước Minh. Kỳ này không phát sinh phải không chị?"
    ]
    assert talk.choices("chair") == ["Không phát sinh", "Còn bổ sung"]
    assert answers(small_house) == []
    talk.say("chair", "1")
    assert answers(small_house) == [(2, SubmissionState.CLOSED, True)]


def test_closing_waits_for_the_draft(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", FIVE)
    with small_house.context() as context:
        period = context.uow.periods.find(number=2)[0]
    unit = small_house.units["dieu"]
    assert talk.tap_action("chair", f"report.enough:{period.id}.{unit.id}") == [
        "Em ghi thế này, đúng không chị?\n• 5 đoàn viên mới\n"
        "Xong phần này em mới chốt kỳ được, chị xem giúp em."
    ]
    assert answers(small_house) == []


def test_a_closed_period_is_closed_once_and_takes_more(small_house: House) -> None:
    talk = chat(small_house)
    for word in (FIVE, "1", "1"):
        talk.say("chair", word)
    talk.now = MONDAY + timedelta(days=2)
    assert talk.tap("chair", "Đủ rồi") == [
        "Quý II của CĐCS Hạt điều Phước Minh đã chốt hôm 15/4 rồi. Nếu có thêm, cứ nhắn là em cộng vào."
    ]
    assert talk.tap("chair", "Còn bổ sung") == [
        "Quý II của CĐCS Hạt điều Phước Minh đã chốt hôm 15/4 rồi. Nếu có thêm, cứ nhắn là em cộng vào."
    ]
    talk.say("chair", "kết nạp 2 đoàn viên ngày 16/4")
    assert talk.say("chair", "1") == [
        "✅ Đã ghi cho CĐCS Hạt điều Phước Minh.\n"
        "Quý II: 7 đoàn viên mới.\n"
        "Quý II đã chốt từ trước, em chỉ cộng thêm số này."
    ]
    assert answers(small_house) == [(2, SubmissionState.CLOSED, False)]


def test_the_deputy_confirms_what_the_chair_wrote(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", FIVE)
    assert talk.tap_action("deputy", "report.ok:1")[0].startswith("✅ Đã ghi cho CĐCS Hạt điều Phước Minh.")


@pytest.mark.parametrize("who", ["other_chair", "staff", "leader"])
@pytest.mark.parametrize("action", ["report.ok:1", "report.drop:1", "report.pick:1", "report.enough:2.2"])
def test_nobody_else_touches_a_unit(small_house: House, who: str, action: str) -> None:
    talk = chat(small_house)
    talk.say("chair", FIVE)
    (answer,) = talk.tap_action(who, action)
    assert answer.startswith("Việc này em chưa làm cho ")
    with small_house.context() as context:
        assert context.uow.reports.get(1).state is ReportState.UNCONFIRMED


@pytest.mark.parametrize(
    "action",
    ["report.ok:", "report.ok:99", "report.ok:1.x", "report.enough:2", "report.sure:0", "report.zero:1.2"],
)
def test_an_action_that_no_button_carries_is_answered_kindly(small_house: House, action: str) -> None:
    talk = chat(small_house)
    talk.say("chair", FIVE)
    (answer,) = talk.tap_action("chair", action)
    assert answer.startswith("Chị đang trả lời một mục không còn nữa")


def test_figures_do_not_come_from_the_office(small_house: House) -> None:
    talk = chat(small_house)
    said = (
        "Số liệu do các công đoàn cơ sở gửi nên em không ghi từ tin của văn phòng. Chị dùng /duyet để duyệt, "
        "/tiendo để xem tiến độ, /nhiemvu để xem việc; /trogiup có đủ các lệnh."
    )
    for line in (FIVE, "không phát sinh", "/baocao", "/sua", "/lichsu"):
        assert talk.say("staff", line) == [said]


def test_a_chair_of_two_units_is_asked_which(small_house: House) -> None:
    with small_house.context() as context:
        chair, unit = small_house.people["chair"], small_house.units["may"]
        context.uow.memberships.add(Membership(chair.id, unit.id, Role.CHAIR, date(2024, 1, 1)))
    talk = chat(small_house)
    assert talk.say("chair", "kết nạp 5 đoàn viên ngày 12/4") == ["Đơn vị nào vậy chị?"]
    assert talk.choices("chair") == ["CĐCS Hạt điều Phước Minh", "CĐCS May Suối Đá"]
    assert talk.say("chair", "chưa biết") == ["Đơn vị nào vậy chị?"]
    assert talk.say("chair", "2") == [
        "Em ghi cho CĐCS May Suối Đá thế này, đúng không chị?\n• 5 đoàn viên mới, ngày 12/4"
    ]
    talk.say("chair", "1")
    assert (figures(small_house), figures(small_house, "may")) == ({}, {"doan_vien_moi": 5})
    assert talk.tap_action("chair", f"report.unit:{unit.id}") == [
        "Câu đó đã qua rồi nên em chưa ghi gì. Chị nhắn lại số liệu giúp em nhé."
    ]


def test_a_chair_of_two_units_names_the_unit_in_the_line(small_house: House) -> None:
    with small_house.context() as context:
        chair, unit = small_house.people["chair"], small_house.units["may"]
        context.uow.memberships.add(Membership(chair.id, unit.id, Role.CHAIR, date(2024, 1, 1)))
    talk = chat(small_house)
    assert talk.say("chair", "suoi da ket nap 3 doan vien") == [
        "Em ghi cho CĐCS May Suối Đá thế này, đúng không chị?\n• 3 đoàn viên mới"
    ]


def test_a_line_with_two_readings_is_asked_about_first(small_house: House) -> None:
    talk = chat(small_house)
    (question,) = talk.say("chair", "Vô 9 ra 4 chị ơi")
    assert question == "Con số 9 là của mục nào ạ?"
    assert figures(small_house) == {}
    assert talk.say("chair", "1") == [
        "Em ghi thế này, đúng không chị?\n• 9 đoàn viên mới\n• 4 đoàn viên giảm\n"
        "Em ghi riêng 4 đoàn viên giảm, không trừ vào số đoàn viên mới."
    ]
    assert talk.tap_action("chair", "report.read:1.0") == [
        "Câu đó đã qua rồi nên em chưa ghi gì. Chị nhắn lại số liệu giúp em nhé."
    ]


@pytest.mark.parametrize("line", ["mới kết nạp đoàn viên", "kết nạp 5-6 đoàn viên"])
@pytest.mark.parametrize("typed", [1, 2, 3, 6])
def test_a_number_typed_where_it_is_asked_how_many_is_no_choice(
    small_house: House, line: str, typed: int
) -> None:
    talk = chat(small_house)
    talk.say("chair", line)
    assert talk.say("chair", str(typed)) == [f"Em ghi thế này, đúng không chị?\n• {typed} đoàn viên mới"]


@pytest.mark.parametrize("word", ["để nhắn lại", "bỏ", "thôi bỏ đi em"])
def test_a_line_may_be_taken_back_when_it_is_asked_about(small_house: House, word: str) -> None:
    talk = chat(small_house)
    talk.say("chair", "Vô 9 ra 4 chị ơi")
    assert talk.say("chair", word) == ["Dạ, vậy em không ghi gì. Khi có số liệu chị nhắn lại giúp em nhé."]


def test_another_line_takes_the_place_of_the_one_asked_about(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", "Vô 9 ra 4 chị ơi")
    assert talk.say("chair", FIVE) == ["Em ghi thế này, đúng không chị?\n• 5 đoàn viên mới"]


def test_telephone_numbers_are_not_kept(small_house: House) -> None:
    talk = chat(small_house)
    talk.say("chair", "kết nạp 5 đoàn viên, CCCD 072099001234, gọi 0912 345 678")
    with small_house.context() as context:
        row = context.uow.reports.get(1)
        assert row.raw_text == "kết nạp 5 đoàn viên, CCCD …, gọi …"


@pytest.mark.parametrize(
    ("now", "line", "note"),
    [
        (MONDAY, "đối thoại ngày 22/3", "Ngày 22/3 sau ngày chốt quý I (14/3) nên em tính vào quý II."),
        (MONDAY, "đối thoại ngày 10/3", "Quý I đã hết hạn nhận số liệu nên em tính vào quý II."),
        (MONDAY, "báo cáo quý 1: kết nạp 5 đv", "Quý I đã hết hạn nhận số liệu nên em tính vào quý II."),
        (MARCH_18, FIVE, "Em tính vào quý I, kỳ đang chờ báo cáo."),
        (MARCH_18, "đối thoại ngày 10/3", "Theo ngày thì em tính vào quý I."),
    ],
)
def test_a_period_that_is_not_obvious_is_told(
    small_house: House, now: datetime, line: str, note: str
) -> None:
    talk = chat(small_house)
    talk.now = now
    (answer,) = talk.say("chair", line)
    assert answer.splitlines()[-1] == note


def test_what_lies_outside_every_period_needs_a_person(small_house: House) -> None:
    talk = chat(small_house)
    assert talk.say("chair", "kết nạp 5 đoàn viên ngày 1/11/2023") == [
        "Ngày 1/11/2023 nằm ngoài các kỳ báo cáo em đang giữ nên em chưa ghi 5 đoàn viên mới. Việc này cần "
        "người ở văn phòng quyết định, chị nhắn hoặc gọi văn phòng giúp em nhé."
    ]
    with small_house.context() as context:
        assert context.uow.reports.find() == []


def test_a_school_does_not_count_towards_enterprises(small_house: House) -> None:
    talk = chat(small_house)
    assert talk.say("teacher", "kết nạp 2 đoàn viên, đối thoại 1 lần") == [
        "Em ghi thế này, đúng không chị?\n"
        "• 2 đoàn viên mới\n"
        "Em cảm ơn chị đã báo. Chỉ tiêu đối thoại chỉ tính ở doanh nghiệp, "
        "CĐCS Trường Tiểu học Cầu Khởi là trường công lập nên em không cộng vào, chị cũng không phải "
        "báo mục này. Nếu đơn vị ngoài công lập, chị nhờ văn phòng ghi lại loại hình giúp em."
    ]
    assert talk.say("nurse", "đối thoại 1 lần") == [
        "Em cảm ơn chị đã báo. Chỉ tiêu đối thoại chỉ tính ở doanh nghiệp, "
        "CĐCS Trạm Y tế xã Lộc Ninh là cơ sở y tế công lập nên em không cộng vào, chị cũng không phải "
        "báo mục này. Nếu đơn vị ngoài công lập, chị nhờ văn phòng ghi lại loại hình giúp em."
    ]


def test_another_enterprise_is_named(small_house: House) -> None:
    talk = chat(small_house)
    (answer,) = talk.say("chair", "CĐCS Cty Bao bì Suối Đá vừa có QĐ công nhận, 42 CN")
    assert "tại" in answer
    assert "42 lao động" in answer
    with small_house.context() as context:
        assert context.uow.reports.get(1).subject == "bao bi suoi da"
