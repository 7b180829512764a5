"""A question without an answer loses no report: its figures wait, are asked about again, never doubled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.conversation.dialogues import build_router
from domain.ledger import ReportState
from domain.messages import Choice, Priority
from domain.people import Membership, Role
from scheduler.reminding import ReminderPolicy, run_reminders
from tests.bot.conversation.reporting import PHOTO, edit, figures
from tests.people import MONDAY, OFFICE, Chat, House, plain_text

LINE = "t3 rồi kết nạp 6"
READ_BACK = "Em ghi thế này, đúng không chị?\n• 6 đoàn viên mới"
WHICH = f"Tin hôm 15/4 “{LINE}” em còn hỏi lại chị một câu:\n"
NOTHING = "Dạ, vậy em không ghi gì. Khi có số liệu chị nhắn lại giúp em nhé."
NEXT_MORNING = datetime(2024, 4, 16, 1, 30, tzinfo=UTC)


@pytest.fixture
def chat(small_house: House) -> Chat:
    return Chat(small_house, build_router().answer)


def waiting(house: House) -> list[tuple[str, int]]:
    """The unconfirmed figures, by indicator."""
    with house.context() as context:
        rows = context.uow.reports.find(state=ReportState.UNCONFIRMED)
        return [(row.indicator, row.value) for row in rows]


def questions(house: House) -> int:
    with house.context() as context:
        return context.uow.open_questions.count()


def remind(house: House, now: datetime = NEXT_MORNING) -> tuple[str, tuple[Choice, ...]]:
    """Run the reminders and return the chair's text and choices."""
    with house.database.begin() as uow:
        run_reminders(uow, ReminderPolicy(OFFICE.calendar), now)
        row = uow.outbox.find("-id", 1, chat_id="chair", priority=Priority.REMINDER)[0]
        return plain_text(row), row.choices


def restarted(chat: Chat, now: datetime) -> Chat:
    """The same office after a restart at a later time."""
    return Chat(chat.house, build_router().answer, now, _count=100)


def test_the_likeliest_figures_wait_and_count_nowhere(chat: Chat) -> None:
    chat.say("chair", LINE)
    assert waiting(chat.house) == [("doan_vien_moi", 6)]
    assert figures(chat.house) == {}
    assert chat.say("chair", "1")[0].startswith(READ_BACK)
    assert waiting(chat.house) == [("doan_vien_moi", 6)]


def test_staff_see_that_they_wait(chat: Chat) -> None:
    chat.say("chair", LINE)
    (text,) = chat.say("staff", "/chuabao")
    assert "• CĐCS Hạt điều Phước Minh: 6 đoàn viên mới (người gửi chưa xác nhận)" in text


@pytest.mark.parametrize("command", ["/lichsu", "/tiendo", "/trogiup", "cảm ơn em", "/sua"])
def test_the_answer_counts_after_something_else_was_said(chat: Chat, command: str) -> None:
    chat.say("chair", LINE)
    chat.say("chair", command)
    chat.tap_action("chair", "report.read:1.1")
    assert chat.say("chair", "đúng")[0].startswith("✅ Đã ghi cho CĐCS Hạt điều Phước Minh.")
    assert figures(chat.house) == {"doan_vien_moi": 6}
    assert (waiting(chat.house), questions(chat.house)) == ([], 0)


def test_the_answer_counts_two_weeks_and_a_restart_later(chat: Chat) -> None:
    chat.say("chair", LINE)
    later = restarted(chat, MONDAY + timedelta(days=14))
    assert later.tap_action("chair", "report.read:1.0") == [f"{READ_BACK}, ngày 9/4"]
    later.say("chair", "1")
    assert figures(chat.house) == {"doan_vien_moi": 6}
    assert later.tap_action("chair", "report.read:1.0") == [
        "Câu đó đã qua rồi nên em chưa ghi gì. Chị nhắn lại số liệu giúp em nhé."
    ]
    assert figures(chat.house) == {"doan_vien_moi": 6}


def test_a_number_after_something_else_puts_the_question_again(chat: Chat) -> None:
    (asked,) = chat.say("chair", LINE)
    chat.say("chair", "/lichsu")
    assert chat.say("chair", "1") == [WHICH + asked]
    assert chat.say("chair", "1") == [f"{READ_BACK}, ngày 9/4"]


def test_the_next_morning_it_is_asked_again_with_its_choices(chat: Chat) -> None:
    (asked,) = chat.say("chair", LINE)
    text, choices = remind(chat.house)
    assert text == (
        f"Chị Hoa ơi, hôm thứ Hai 15/4 chị nhắn “{LINE}”. Em tạm giữ 6 đoàn viên mới, chị trả lời câu này "
        f"thì em mới ghi:\n{asked}"
    )
    assert [choice.label for choice in choices] == chat.choices("chair")


@pytest.mark.parametrize("answer", ["1", "9/4", "thứ ba tuần trước", "ngày 9/4 nha em"])
def test_what_is_typed_after_the_reminder_answers_it(chat: Chat, answer: str) -> None:
    chat.say("chair", LINE)
    remind(chat.house)
    later = restarted(chat, NEXT_MORNING + timedelta(hours=2))
    assert later.say("chair", answer) == [f"{READ_BACK}, ngày 9/4"]


def test_a_number_answers_how_many_after_the_reminder(chat: Chat) -> None:
    chat.say("chair", "mới kết nạp đoàn viên")
    assert waiting(chat.house) == []
    text, _choices = remind(chat.house)
    assert text.startswith(
        "Chị Hoa ơi, hôm thứ Hai 15/4 chị nhắn “mới kết nạp đoàn viên”. Em còn chờ chị trả lời câu này:\n"
    )
    later = restarted(chat, NEXT_MORNING + timedelta(hours=2))
    assert later.say("chair", "4") == ["Em ghi thế này, đúng không chị?\n• 4 đoàn viên mới"]


def test_the_reminder_of_the_period_asks_it_too(chat: Chat) -> None:
    (asked,) = chat.say("chair", LINE)
    remind(chat.house)
    text, choices = remind(chat.house, datetime(2024, 6, 13, 1, 30, tzinfo=UTC))
    assert text.splitlines()[1] == f"Tin “{LINE}” (6 đoàn viên mới) em còn chờ chị trả lời một câu:"
    assert text.splitlines()[2] == asked
    assert [choice.action for choice in choices] == ["report.read:1.0", "report.read:1.1"]


@pytest.mark.parametrize("said", ["bỏ", "thôi bỏ tin hồi nãy đi em", "/huy", "huỷ", "không có"])
def test_who_takes_it_back_is_not_asked_again(chat: Chat, said: str) -> None:
    chat.say("chair", LINE)
    assert chat.say("chair", said) == [NOTHING]
    assert (waiting(chat.house), questions(chat.house)) == ([], 0)


@pytest.mark.parametrize("between", ["", "/lichsu"])
def test_a_new_line_about_the_same_does_not_double_it(chat: Chat, between: str) -> None:
    chat.say("chair", LINE)
    if between:
        chat.say("chair", between)
    assert chat.say("chair", "kết nạp 6 ngày 9/4") == [f"{READ_BACK}, ngày 9/4"]
    assert len(chat.say("chair", "1")) == 1
    assert (figures(chat.house), questions(chat.house)) == ({"doan_vien_moi": 6}, 0)


def test_a_new_line_about_something_else_leaves_it_open(chat: Chat) -> None:
    (asked,) = chat.say("chair", LINE)
    assert chat.say("chair", "đối thoại ngày 12/4") == [
        "Em ghi thế này, đúng không chị?\n• 1 cuộc đối thoại, ngày 12/4"
    ]
    assert chat.say("chair", "1") == [
        "✅ Đã ghi cho CĐCS Hạt điều Phước Minh.\nQuý II: 1 cuộc đối thoại.",
        WHICH + asked,
    ]
    chat.say("chair", "2")
    assert chat.say("chair", "1")[0].endswith("Quý II đủ chưa chị?")
    assert figures(chat.house) == {"doan_vien_moi": 6, "doi_thoai": 1}


def test_a_new_line_keeps_what_it_does_not_speak_of(chat: Chat) -> None:
    chat.say("chair", "kết nạp 5-6 đoàn viên, đối thoại 1 lần ngày 2/4")
    assert waiting(chat.house) == [("doi_thoai", 1)]
    assert chat.say("chair", "kết nạp 7 ngày 9/4")[0].splitlines()[1:] == [
        "• 7 đoàn viên mới, ngày 9/4",
        "• 1 cuộc đối thoại, ngày 2/4",
    ]


def test_weeks_later_a_new_figure_is_another_one(chat: Chat) -> None:
    (asked,) = chat.say("chair", LINE)
    later = restarted(chat, MONDAY + timedelta(days=20))
    assert later.say("chair", "kết nạp 6 đoàn viên") == [READ_BACK]
    assert later.say("chair", "1")[-1] == WHICH + asked
    assert later.say("chair", "2")[0].startswith("Em đã có 6 đoàn viên mới, gửi hôm 5/5.")
    later.say("chair", "Trùng, bỏ")
    assert figures(chat.house) == {"doan_vien_moi": 6}


def test_an_edited_message_is_read_anew(chat: Chat) -> None:
    chat.say("chair", LINE)
    assert edit(chat, "chair", "m1", "kết nạp 8 ngày 9/4") == [
        "Em ghi thế này, đúng không chị?\n• 8 đoàn viên mới, ngày 9/4"
    ]
    assert waiting(chat.house) == [("doan_vien_moi", 8)]
    assert questions(chat.house) == 0


@pytest.mark.parametrize("line", ["nhầm, 7 người ngày 9/4", "sửa 6 thành 7, ngày 9/4"])
def test_a_correction_is_of_the_line_that_is_asked_about(chat: Chat, line: str) -> None:
    chat.say("chair", LINE)
    assert chat.say("chair", line) == ["Em ghi thế này, đúng không chị?\n• 7 đoàn viên mới, ngày 9/4"]
    assert waiting(chat.house) == [("doan_vien_moi", 7)]


@pytest.mark.parametrize("closing", ["không phát sinh thêm", "đủ rồi", "chốt giúp em"])
def test_a_period_is_not_closed_over_it(chat: Chat, closing: str) -> None:
    (asked,) = chat.say("chair", LINE)
    chat.say("chair", "/lichsu")
    assert chat.say("chair", closing)[-1].endswith(f"{WHICH}{asked}")
    with chat.house.context() as context:
        assert context.uow.submissions.find() == []


def test_a_photo_goes_on_with_its_figures(chat: Chat) -> None:
    chat.say("chair", LINE)
    chat.say("chair", "/lichsu")
    (text,) = chat.say("chair", "", attachments=PHOTO)
    assert text.startswith("Em đã nhận 1 minh chứng.\n")
    chat.say("chair", "1")
    with chat.house.context() as context:
        (row,) = context.uow.reports.find(state=ReportState.UNCONFIRMED)
        assert [one.batch for one in context.uow.evidence.find()] == [row.batch]


def of_two(chat: Chat) -> None:
    with chat.house.context() as context:
        chair, unit = chat.house.people["chair"], chat.house.units["may"]
        context.uow.memberships.add(Membership(chair.id, unit.id, Role.CHAIR, date(2024, 1, 1)))


def test_a_line_for_one_of_two_units_waits_for_its_unit(chat: Chat) -> None:
    of_two(chat)
    assert chat.say("chair", "kết nạp 5 ngày 12/4") == ["Đơn vị nào vậy chị?"]
    assert waiting(chat.house) == [("doan_vien_moi", 5)]
    later = restarted(chat, MONDAY + timedelta(days=3))
    unit = chat.house.units["may"]
    later.tap_action("chair", f"report.unit:{unit.id}.1")
    later.say("chair", "1")
    assert (figures(chat.house), figures(chat.house, "may")) == ({}, {"doan_vien_moi": 5})
    assert (waiting(chat.house), questions(chat.house)) == ([], 0)


def test_a_line_of_two_units_waits_to_be_kept_apart(chat: Chat) -> None:
    of_two(chat)
    chat.say("chair", "hạt điều kết nạp 3, suối đá kết nạp 4 đoàn viên")
    assert waiting(chat.house) == [("doan_vien_moi", 3), ("doan_vien_moi", 4)]
    later = restarted(chat, MONDAY + timedelta(days=3))
    later.tap_action("chair", "report.apart:yes.1")
    later.say("chair", "1")
    later.say("chair", "1")
    assert (figures(chat.house), figures(chat.house, "may")) == (
        {"doan_vien_moi": 3},
        {"doan_vien_moi": 4},
    )


@pytest.mark.parametrize("who", ["other_chair", "staff"])
def test_nobody_else_answers_it(chat: Chat, who: str) -> None:
    chat.say("chair", LINE)
    chat.tap_action(who, "report.read:1.0")
    assert (waiting(chat.house), questions(chat.house)) == ([("doan_vien_moi", 6)], 1)


Answering = Callable[[Chat], object]


@pytest.mark.parametrize(
    "answering",
    [
        lambda chat: chat.say("chair", "1"),
        lambda chat: chat.say("chair", "bỏ"),
        lambda chat: chat.say("chair", "kết nạp 6 ngày 9/4"),
        lambda chat: edit(chat, "chair", "m1", "kết nạp 6 ngày 9/4"),
    ],
)
def test_a_reminder_on_its_way_is_taken_back_by_the_answer(chat: Chat, answering: Answering) -> None:
    chat.say("chair", LINE)
    remind(chat.house)
    answering(chat)
    with chat.house.context() as context:
        (row,) = context.uow.outbox.find(chat_id="chair", priority=Priority.REMINDER)
        assert row.state.value == "cancelled"


@pytest.mark.parametrize("answer", ["may nha", "bên may", "May Suối Đá", "dạ của suối đá á em"])
def test_the_unit_is_named_in_words(chat: Chat, answer: str) -> None:
    of_two(chat)
    chat.say("chair", "kết nạp 5 ngày 12/4")
    assert chat.say("chair", answer) == [
        "Em ghi cho CĐCS May Suối Đá thế này, đúng không chị?\n• 5 đoàn viên mới, ngày 12/4"
    ]


def test_a_nil_of_the_other_unit_is_no_answer(chat: Chat) -> None:
    of_two(chat)
    chat.say("chair", "kết nạp 5 ngày 12/4")
    (nil,) = chat.say("chair", "may suối đá không phát sinh gì hết nha em")
    assert nil.startswith("✅ Đã ghi: CĐCS May Suối Đá không phát sinh trong quý II.")
    assert waiting(chat.house) == [("doan_vien_moi", 5)]


def test_a_draft_and_a_question_are_reminded_of_in_one_message(chat: Chat) -> None:
    of_two(chat)
    chat.say("chair", "kết nạp 4 người hôm thứ 6")
    chat.say("chair", "may suối đá đối thoại 1 lần hôm qua")
    text, choices = remind(chat.house)
    assert text == (
        "Chị Hoa ơi, hôm thứ Hai 15/4 em ghi thế này mà còn chờ chị xác nhận:\n"
        "• 1 cuộc đối thoại, ngày 14/4\n\n"
        "Còn tin hôm thứ Hai 15/4 “kết nạp 4 người hôm thứ 6”. Em tạm giữ 4 đoàn viên mới, chị trả lời câu "
        "này thì em mới ghi:\nĐơn vị nào vậy chị?"
    )
    assert [choice.label for choice in choices][:4] == ["Đúng", "Sửa", "Bỏ", "CĐCS Hạt điều Phước Minh"]
    later = restarted(chat, NEXT_MORNING + timedelta(hours=2))
    assert later.say("chair", "hạt điều nha")[0].startswith("Em ghi cho CĐCS Hạt điều Phước Minh thế này")


def test_names_are_not_quoted(chat: Chat) -> None:
    chat.say("chair", "Nguyễn Thị Mai 1990\nTrần Văn Bình 1988")
    text, _choices = remind(chat.house)
    assert text.startswith(
        "Chị Hoa ơi, hôm thứ Hai 15/4 chị nhắn “danh sách tên”. Em tạm giữ 2 đoàn viên mới,"
    )
