"""What was reported is listed, corrected by number, by words or by editing, and never silently."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.services import ledger
from domain.ledger import ReportState, SubmissionState
from domain.people import Membership, Role
from tests.bot.conversation.reporting import PHOTO, answers, chat, edit, figures
from tests.people import MONDAY, Chat, House

LINE = "kết nạp 5 đoàn viên ngày 12/4, đối thoại 1 lần"


def tell(talk: Chat, *lines: str, who: str = "chair") -> str:
    return [talk.say(who, line) for line in lines][-1][-1]


def test_history_is_listed_and_corrected_by_number(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, LINE, "1")
    assert tell(talk, "/lichsu") == (
        "Số liệu mới nhất của CĐCS Hạt điều Phước Minh:\n"
        "1. 1 cuộc đối thoại · gửi 15/4 · chờ duyệt\n"
        "2. 5 đoàn viên mới, ngày 12/4 · gửi 15/4 · chờ duyệt\n"
        "Cần sửa mục nào thì gõ /sua với số của mục, ví dụ /sua 1."
    )
    assert tell(talk, "/sua 2") == (
        "5 đoàn viên mới, ngày 12/4 sửa lại thế nào chị? Nhắn số đúng, ngày đúng, hoặc cả câu giúp em."
    )
    assert tell(talk, "7") == "Em sửa thế này, đúng không chị?\n• 5 → 7 đoàn viên mới, ngày 12/4"
    assert figures(small_house) == {"doan_vien_moi": 5, "doi_thoai": 1}
    assert tell(talk, "1") == (
        "✅ Đã sửa cho CĐCS Hạt điều Phước Minh.\n"
        "Quý II: 7 đoàn viên mới, 1 cuộc đối thoại.\n"
        "Quý II đủ chưa chị?"
    )
    assert figures(small_house) == {"doan_vien_moi": 7, "doi_thoai": 1}


def test_numbers_are_those_of_the_list_that_was_read(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, LINE, "1", "/lichsu")
    talk.say("deputy", "kết nạp 3 đoàn viên ngày 1/4")
    talk.say("deputy", "1")
    assert tell(talk, "/sua 2").startswith("5 đoàn viên mới, ngày 12/4 sửa lại thế nào")


def test_correcting_without_a_number_asks_which(small_house: House) -> None:
    talk = chat(small_house)
    assert tell(talk, "/sua") == "Em chưa có số liệu nào của chị để sửa."
    assert tell(talk, "/sua 3") == "Danh sách không có số 3. Gõ /lichsu để xem lại giúp em."
    assert tell(talk, "/lichsu") == "CĐCS Hạt điều Phước Minh chưa có số liệu nào ở đây."
    tell(talk, LINE, "1")
    assert tell(talk, "/sua") == "Cần sửa số liệu nào vậy chị?"
    assert talk.choices("chair") == ["1 cuộc đối thoại", "5 đoàn viên mới, ngày 12/4"]
    tell(talk, "2")
    assert tell(talk, "giữ nguyên") == "Dạ, em giữ nguyên: 5 đoàn viên mới, ngày 12/4."


def test_a_chair_of_two_units_chooses_the_list(small_house: House) -> None:
    with small_house.context() as context:
        chair, unit = small_house.people["chair"], small_house.units["may"]
        context.uow.memberships.add(Membership(chair.id, unit.id, Role.CHAIR, date(2024, 1, 1)))
    talk = chat(small_house)
    assert tell(talk, "/lichsu") == "Đơn vị nào vậy chị?"
    assert tell(talk, "2") == "CĐCS May Suối Đá chưa có số liệu nào ở đây."


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("sửa 5 thành 7", "5 → 7 đoàn viên mới, ngày 12/4"),
        ("nhầm, 7 không phải 5", "5 → 7 đoàn viên mới, ngày 12/4"),
        ("*7", "5 → 7 đoàn viên mới, ngày 12/4"),
        ("thêm 2 nữa nha chị, hồi sáng sót", "5 → 7 đoàn viên mới, ngày 12/4"),
        ("bớt 1, trùng người", "5 → 4 đoàn viên mới, ngày 12/4"),
        ("bỏ tin hồi nãy đi chị, chưa có quyết định", "bỏ 5 đoàn viên mới, ngày 12/4"),
    ],
)
def test_the_last_report_is_corrected_in_words(small_house: House, line: str, changed: str) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên ngày 12/4", "1")
    assert tell(talk, line).splitlines()[0] == "Em sửa thế này, đúng không chị?"
    assert talk.heard("chair")[-1].splitlines()[1].removesuffix(", ngày 12/4") == (
        f"• {changed}".removesuffix(", ngày 12/4")
    )
    assert figures(small_house) == {"doan_vien_moi": 5}


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("sửa 5 thành 7", "• 5 → 7 đoàn viên mới, ngày 12/4"),
        ("nhầm, 4 không phải 5", "• 5 → 4 đoàn viên mới, ngày 12/4"),
        ("sửa đoàn viên mới thành 8", "• 5 → 8 đoàn viên mới, ngày 12/4"),
        (
            "thêm 1 nữa",
            "• 1 → 2 cuộc đối thoại\n"
            "Em ghi đủ 2 cuộc đối thoại; chỉ tiêu tính theo doanh nghiệp nên chỉ tăng 1.",
        ),
    ],
)
def test_a_line_that_names_an_older_figure_corrects_that_one(
    small_house: House, line: str, changed: str
) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên ngày 12/4", "1", "đối thoại 1 lần", "1")
    assert tell(talk, line) == f"Em sửa thế này, đúng không chị?\n{changed}"


def test_a_figure_that_stands_twice_is_asked_about(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên ngày 12/4", "1", "kết nạp 5 đoàn viên ngày 10/4", "1", "1")
    tell(talk, "đối thoại 1 lần", "1")
    assert tell(talk, "sửa 5 thành 7") == "Cần sửa số liệu nào vậy chị?"
    assert talk.choices("chair") == ["5 đoàn viên mới, ngày 10/4", "5 đoàn viên mới, ngày 12/4"]


def test_a_report_taken_back_does_not_close_the_period_as_nil(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "/baocao", "5", "0", "0", "0", "1")
    assert tell(talk, "bỏ tin hồi nãy, chưa có quyết định") == (
        "Em sửa thế này, đúng không chị?\n• bỏ 5 đoàn viên mới"
    )
    assert tell(talk, "1").endswith("Quý II đủ chưa chị?")
    assert answers(small_house) == [(2, SubmissionState.PARTIAL, False)]


def test_a_correction_that_is_dropped_changes_nothing(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, LINE, "1", "đoàn viên mới sửa 5 thành 7")
    assert tell(talk, "Bỏ") == "Dạ, em giữ nguyên: 5 đoàn viên mới, ngày 12/4."
    assert figures(small_house) == {"doan_vien_moi": 5, "doi_thoai": 1}


def test_a_correction_that_changes_nothing_names_its_figure(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, LINE, "1")
    assert tell(talk, "sửa đoàn viên mới thành 5") == "Em đang ghi đúng như vậy: 5 đoàn viên mới, ngày 12/4."


def test_a_draft_is_corrected_in_place(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên ngày 12/4")
    assert tell(talk, "sửa 5 thành 7") == ("Em ghi thế này, đúng không chị?\n• 7 đoàn viên mới, ngày 12/4")
    assert tell(talk, "bỏ tin hồi nãy").startswith("Dạ, em đã bỏ, chưa tính gì cả.")
    assert figures(small_house) == {}


def test_two_corrections_of_the_same_figure_do_not_add_up(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên ngày 12/4", "1")
    talk.tap_action("chair", "report.pick:1")
    talk.say("chair", "7")
    talk.tap_action("deputy", "report.pick:1")
    talk.say("deputy", "9")
    talk.tap("chair", "Đúng")
    assert talk.tap("deputy", "Đúng") == [
        "Số này vừa được sửa ở chỗ khác nên em giữ nguyên như vậy. Gõ /lichsu để xem lại."
    ]
    assert figures(small_house) == {"doan_vien_moi": 7}


def test_an_approved_figure_that_is_corrected_waits_for_approval_again(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên ngày 12/4", "1")
    with small_house.context("staff") as context:
        ledger.move(context, context.uow.reports.get(1), state=ReportState.APPROVED)
    tell(talk, "sửa 5 thành 7", "1")
    with small_house.context() as context:
        (total,) = context.uow.totals.find()
        assert (total.approved, total.pending) == (0, 7)


def test_an_edited_message_corrects_what_it_said(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, LINE, "1")
    assert edit(talk, "chair", "m1", "Kết nạp 5 đoàn viên hôm 12/4, đối thoại 1 lần nha") == []
    assert edit(talk, "chair", "m1", "kết nạp 7 đoàn viên ngày 12/4, hội nghị người lao động ngày 10/4") == [
        "Em ghi thế này, đúng không chị?\n"
        "• 5 → 7 đoàn viên mới, ngày 12/4\n"
        "• bỏ 1 cuộc đối thoại\n"
        "• 1 hội nghị người lao động, ngày 10/4"
    ]
    tell(talk, "1")
    assert figures(small_house) == {"doan_vien_moi": 7, "hoi_nghi_nld": 1}


def test_an_edited_draft_is_read_back_as_it_is_now(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên ngày 12/4")
    assert edit(talk, "chair", "m1", "kết nạp 6 đoàn viên ngày 12/4") == [
        "Em ghi thế này, đúng không chị?\n• 6 đoàn viên mới, ngày 12/4"
    ]


def test_an_edit_of_what_was_dropped_says_so(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên", "bỏ")
    assert edit(talk, "chair", "m1", "kết nạp 6 đoàn viên") == [
        "Số liệu của tin này đã bỏ hoặc đã thay rồi. Gõ /sua để sửa số đang có giúp em."
    ]


def test_an_edit_into_a_report_is_a_report(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "chào em nha")
    assert edit(talk, "chair", "m1", "kết nạp 6 đoàn viên") == [
        "Em ghi thế này, đúng không chị?\n• 6 đoàn viên mới"
    ]
    assert edit(talk, "chair", "m9", "chào em") == []


def returned(house: House, talk: Chat) -> None:
    """Let the chair report 23 and staff send it back; the chat waits for the right number."""
    tell(talk, "kết nạp 23 đoàn viên ngày 12/4", "1", "2")
    with house.context("staff") as context:
        ledger.move(context, context.uow.reports.get(1), state=ReportState.RETURNED, reason="ghi 13")
        state = context.uow.states.first(account="local", chat_id="chair")
        assert state is not None
        context.uow.states.change(state.id, step="report.returned", data={"report": 1})


def test_a_returned_figure_is_corrected_by_a_number(small_house: House) -> None:
    talk = chat(small_house)
    returned(small_house, talk)
    assert tell(talk, "để coi") == "Em chưa đọc được con số. Chị nhắn lại giúp em, ví dụ 7, hoặc không có."
    assert tell(talk, "13") == (
        "✅ Đã sửa cho CĐCS Hạt điều Phước Minh: 23 → 13 đoàn viên mới, ngày 12/4. Em đã gửi lại văn phòng, "
        "cảm ơn chị Hoa."
    )
    assert figures(small_house) == {"doan_vien_moi": 13}
    assert talk.tap_action("chair", "report.keep:1")[0].startswith("Chị đã trả lời mục này rồi")


def test_a_returned_figure_is_kept_and_proved(small_house: House) -> None:
    talk = chat(small_house)
    returned(small_house, talk)
    assert talk.tap_action("chair", "report.keep:1") == [
        "Dạ, em giữ 23 đoàn viên mới, ngày 12/4 và nhờ văn phòng xem lại. Nếu có ảnh quyết định, chị gửi vào "
        "đây giúp em nhé."
    ]
    assert talk.say("chair", "", attachments=PHOTO) == [
        "Em đã nhận 1 minh chứng, kèm vào: 23 đoàn viên mới, ngày 12/4."
    ]
    with small_house.context() as context:
        row = context.uow.reports.get(1)
        assert (row.state, row.note) == (ReportState.PENDING, "Đơn vị giữ nguyên số này.")
        assert [proof.batch for proof in context.uow.evidence.find()] == [row.batch]


def test_a_photo_alone_answers_a_returned_figure(small_house: House) -> None:
    talk = chat(small_house)
    returned(small_house, talk)
    talk.say("chair", "", attachments=PHOTO)
    with small_house.context() as context:
        assert context.uow.reports.get(1).state is ReportState.PENDING
        assert context.uow.evidence.count() == 1


def test_a_new_report_is_not_taken_for_the_returned_figure(small_house: House) -> None:
    talk = chat(small_house)
    returned(small_house, talk)
    assert tell(talk, "đối thoại ngày 14/4") == (
        "Em ghi thế này, đúng không chị?\n• 1 cuộc đối thoại, ngày 14/4"
    )


def test_a_returned_figure_is_put_right_later_by_its_number_alone(small_house: House) -> None:
    talk = chat(small_house)
    returned(small_house, talk)
    with small_house.context() as context:
        context.uow.states.change_where({"chat_id": "chair"}, step="", data={})
    assert tell(talk, "13") == "Em sửa thế này, đúng không chị?\n• 23 → 13 đoàn viên mới, ngày 12/4"


@pytest.mark.parametrize("asked", [True, False])
def test_a_typed_one_under_a_returned_figure_is_the_right_figure(small_house: House, asked: bool) -> None:
    talk = chat(small_house)
    returned(small_house, talk)
    if asked:
        talk.tap_action("chair", "report.correct:1")
        assert talk.choices("chair") == ["Giữ nguyên"]
    assert "23 → 1 đoàn viên mới" in tell(talk, "1")
    assert figures(small_house) == {"doan_vien_moi": 1}


@pytest.mark.parametrize("typed", [1, 2])
def test_a_number_typed_for_a_correction_is_the_figure_and_not_a_choice(
    small_house: House, typed: int
) -> None:
    talk = chat(small_house)
    tell(talk, LINE, "1", "/lichsu", "/sua 2")
    assert tell(talk, str(typed)) == (
        f"Em sửa thế này, đúng không chị?\n• 5 → {typed} đoàn viên mới, ngày 12/4"
    )


MARCH_18 = datetime(2024, 3, 18, 2, 0, tzinfo=UTC)
OF_QUARTER_TWO = "Số liệu trên là của quý II chứ không phải tháng 3"


@pytest.mark.parametrize("before", [("kết nạp 5 đoàn viên",), ("kết nạp 5 đoàn viên", "1")])
def test_a_figure_is_moved_to_another_quarter(small_house: House, before: tuple[str, ...]) -> None:
    talk = chat(small_house)
    talk.now = MARCH_18
    tell(talk, *before)
    assert tell(talk, OF_QUARTER_TWO).splitlines()[1:] == [
        "• 5 đoàn viên mới",
        "Em chuyển từ quý I sang quý II.",
    ]
    tell(talk, "1")
    with small_house.context() as context:
        (total,) = [one for one in context.uow.totals.find() if one.pending]
        assert (context.uow.periods.get(total.period_id).number, total.pending) == (2, 5)


@pytest.mark.parametrize(
    ("now", "line", "moving", "answer"),
    [
        (
            MONDAY,
            "kết nạp 5 đoàn viên",
            "Số liệu trên là của quý I chứ không phải tháng 4",
            "Quý I đã hết hạn nhận số liệu nên em vẫn để ở quý II: 5 đoàn viên mới.",
        ),
        (
            MONDAY,
            "kết nạp 5 đoàn viên",
            OF_QUARTER_TWO,
            "Em đang ghi đúng như vậy: 5 đoàn viên mới, quý II.",
        ),
        (
            MARCH_18,
            "kết nạp 5 đoàn viên ngày 10/3",
            OF_QUARTER_TWO,
            "5 đoàn viên mới, ngày 10/3: theo ngày thì em tính vào quý I. Nếu ngày chưa đúng, chị nhắn lại "
            "giúp em, ví dụ: sửa ngày thành 18/3.",
        ),
    ],
)
def test_a_figure_that_stays_in_its_quarter_is_told_why(
    small_house: House, now: datetime, line: str, moving: str, answer: str
) -> None:
    talk = chat(small_house)
    talk.now = now
    tell(talk, line, "1")
    assert tell(talk, moving) == answer


def test_the_only_figure_needs_no_choosing(small_house: House) -> None:
    talk = chat(small_house)
    tell(talk, "kết nạp 5 đoàn viên ngày 12/4", "1")
    assert tell(talk, "/sua") == (
        "5 đoàn viên mới, ngày 12/4 sửa lại thế nào chị? Nhắn số đúng, ngày đúng, hoặc cả câu giúp em."
    )
