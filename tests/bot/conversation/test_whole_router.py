"""Lines that several dialogues could take, through the router with all of them."""

from __future__ import annotations

import pytest

from bot.conversation.dialogues import build_router
from bot.conversation.plan import ask_staff_about_past_tasks
from bot.services.invites import create_invite, show_code
from bot.services.plans import store_plan
from domain.messages import Attachment, Priority
from domain.people import Role
from tests.bot.services.sample_plan import PLAN
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


def test_staff_who_join_after_the_import_are_asked_about_past_tasks_once(chat: Chat) -> None:
    house = chat.house
    with house.context("admin") as context:
        store_plan(context, PLAN)
        invite = create_invite(context, house.units["van-phong"], Role.STAFF, "chị Trịnh Thị Yến")
    welcome, question = chat.say("new", show_code(invite.code))
    assert welcome.startswith("✅ Chào mừng chị Yến.")
    assert question.startswith("📌 Chị Yến ơi, lúc nhập kế hoạch có")
    with house.context() as context:
        assert ask_staff_about_past_tasks(context) == len(["staff", "admin"])
        assert not context.uow.outbox.find(chat_id="new", priority=Priority.NOTICE)


@pytest.mark.parametrize("code", ["R5Q3-KN5N", "NHQV-9C2J", "2C47-R497", "K3KN-6TH2"])
def test_a_code_is_a_code_even_where_its_letters_read_as_words(chat: Chat, code: str) -> None:
    (answer,) = chat.say("chair", code)
    assert answer.startswith("Mã này em không dùng được.")


def test_staff_see_figures_that_their_sender_has_not_confirmed(chat: Chat) -> None:
    chat.say("chair", "kết nạp 5 đoàn viên ngày 12/4")
    (text,) = chat.say("staff", "/chuabao")
    assert "1 đang báo dở" in text
    assert "• CĐCS Hạt điều Phước Minh: 5 đoàn viên mới (người gửi chưa xác nhận)" in text
    chat.say("chair", "đúng")
    (text,) = chat.say("staff", "/chuabao")
    assert "• CĐCS Hạt điều Phước Minh: 5 đoàn viên mới\n" in text


@pytest.mark.parametrize("line", ["chưa xong 3", "chua xong 3", "chưa làm việc 3 em ơi"])
def test_a_task_that_is_not_done_after_all_is_opened_again(chat: Chat, line: str) -> None:
    with chat.house.context() as context:
        store_plan(context, PLAN)
    chat.say("staff", "xong 3")
    task = "• việc 3: Tổ chức hội nghị học tập nghị quyết"
    assert chat.say("staff", line) == [f"Em đã bỏ đánh dấu xong:\n{task}"]
    assert chat.say("staff", line) == [f"Việc này em vẫn để chưa xong:\n{task}"]
    assert chat.say("chair", line) != [f"Việc này em vẫn để chưa xong:\n{task}"]


def test_by_quarter_may_be_typed_inside_one_target(chat: Chat) -> None:
    with chat.house.context() as context:
        store_plan(context, PLAN)
    chat.say("staff", "/tiendo 1")
    assert chat.choices("staff") == ["Theo quý", "Tất cả chỉ tiêu"]
    assert chat.say("staff", "theo quý")[0].startswith("Số đã duyệt theo từng quý năm 2024:")


def test_a_file_that_is_not_taken_is_refused_by_name(chat: Chat) -> None:
    program = Attachment("f1", "x.exe", "application/x-msdownload", 10)
    assert chat.say("chair", "", attachments=(program,)) == [
        "Em chưa đọc được loại tệp này: x.exe. Chị gửi ảnh, PDF, Word (.docx) hoặc Excel (.xlsx) giúp em."
    ]
