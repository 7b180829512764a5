"""Tasks in chat: staff list and mark them, chairs read what is asked of their unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.conversation import plan_sent, tasks
from bot.conversation.plan import ask_staff_about_past_tasks, past_question
from bot.conversation.router import Router
from bot.conversation.turn import Turn
from bot.services.context import Context
from bot.services.plans import store_plan
from bot.services.tasks import mark_done
from domain.ledger import Submission, SubmissionState
from domain.marks import plain
from domain.messages import Priority
from domain.people import Membership, Role
from domain.plan import TaskStatus
from domain.understanding import Intent, Reading
from tests.bot.services.sample_plan import PLAN, task
from tests.bot.services.test_progress import PENDING, add
from tests.people import MONDAY, Chat, House


def nothing(turn: Turn, rest: str) -> None:
    """Stand in for the dialogues that are not looked at here."""


ROUTER = Router((tasks.DIALOGUE, plan_sent.DIALOGUE), stranger=nothing, lost=nothing)


@pytest.fixture
def chat(small_house: House) -> Chat:
    """The sample plan, imported without asking about what was past."""
    with small_house.context() as context:
        store_plan(context, PLAN)
        for who in ("staff", "admin"):
            past_question(context, small_house.people[who])
    return Chat(small_house, ROUTER.answer)


def done_numbers(chat: Chat) -> list[int]:
    with chat.house.context() as context:
        ids = [state.task_id for state in context.uow.task_states.find(status=TaskStatus.DONE)]
        return [one.position for one in context.uow.tasks.find("position", id=ids)]


SPRING = (
    "📌 Quý II/2024 có 5 việc: 5 đang thực hiện.\n"
    "Quá hạn từ quý trước: việc số 3, 4.\n"
    "Nhóm 1: Tuyên truyền, giáo dục\n"
    "1. Tuyên truyền nghị quyết đến đoàn viên (thường xuyên)\n"
    "2. Duy trì nhóm Zalo của công đoàn cơ sở (thường xuyên)\n"
    "Nhóm 2: Xây dựng tổ chức\n"
    "5. Tập huấn cán bộ công đoàn (hạn 31/10)\n"
    "6. Hướng dẫn đối thoại định kỳ (hạn 20/4, còn 5 ngày)\n"
    "Nhóm 3: Phối hợp công tác\n"
    "8. Góp ý dự thảo luật (hạn 31/12)"
)


@pytest.mark.parametrize("line", ["/nhiemvu", "nhiệm vụ", "quý này phải làm gì", "/nhiemvu quý 2"])
def test_staff_read_this_quarter_first(chat: Chat, line: str) -> None:
    assert chat.say("staff", line) == [f"{SPRING}\nViệc nào xong, chị nhắn số việc, ví dụ: xong 5."]
    assert chat.choices("staff") == ["Quý I", "Quý III", "Quý IV"]


def test_a_leader_reads_the_same_without_being_asked_to_mark(chat: Chat) -> None:
    assert chat.say("leader", "/nhiemvu") == [SPRING]


def test_another_quarter_opens_by_a_tap_or_by_its_name(chat: Chat) -> None:
    chat.say("leader", "/nhiemvu")
    first = chat.tap("leader", "Quý I")
    assert first[0].splitlines()[:5] == [
        "📌 Quý I/2024 có 6 việc: 4 đang thực hiện, 2 quá hạn.",
        "Nhóm 1: Tuyên truyền, giáo dục",
        "1. Tuyên truyền nghị quyết đến đoàn viên (thường xuyên)",
        "2. Duy trì nhóm Zalo của công đoàn cơ sở (thường xuyên)",
        "Nhóm 2: Xây dựng tổ chức",
    ]
    assert "3. Tổ chức hội nghị học tập nghị quyết (quá hạn 31/3)" in first[0]
    assert chat.say("leader", "/nhiemvu quý 1") == first
    assert chat.choices("leader") == ["Quý II", "Quý III", "Quý IV"]
    third = chat.say("leader", "quý III")[0]
    assert "7. Kiểm tra việc thu kinh phí (từ 1/7 đến 30/9)" in third


def test_a_long_quarter_comes_in_pages_of_ten(chat: Chat) -> None:
    days = (date(2024, 4, 1), date(2024, 6, 30))
    twelve = tuple(task("1", f"Việc thứ {n}", days) for n in range(1, 13))
    with chat.house.context() as context:
        store_plan(context, replace(PLAN, tasks=twelve))
    assert "10. Việc thứ 10 (hạn 30/6)\nViệc nào xong" in chat.say("staff", "/nhiemvu")[0]
    assert chat.choices("staff") == ["Trang sau", "Quý I", "Quý III", "Quý IV"]
    assert chat.tap("staff", "Trang sau") == [
        "📌 Quý II/2024 có 12 việc: 12 đang thực hiện.\n"
        "Nhóm 1: Tuyên truyền, giáo dục\n"
        "11. Việc thứ 11 (hạn 30/6)\n"
        "12. Việc thứ 12 (hạn 30/6)\n"
        "Việc nào xong, chị nhắn số việc, ví dụ: xong 1."
    ]
    assert chat.choices("staff") == ["Trang trước", "Quý I", "Quý III", "Quý IV"]
    assert chat.say("staff", "quý IV") == ["Quý IV/2024 không có việc nào trong kế hoạch."]


def test_the_number_of_a_task_shows_it_in_full(chat: Chat) -> None:
    text = "Tập huấn " + "nghiệp vụ cho cán bộ " * 5 + "đợt 1"
    days = (date(2024, 4, 1), date(2024, 4, 15))
    more = replace(task("2", text, days, "trước 15/4"), assignees=("chị Thu", "anh Việt"))
    with chat.house.context() as context:
        store_plan(context, replace(PLAN, tasks=(more,)))
    assert chat.say("staff", "/nhiemvu")[0].splitlines()[2] == (
        "1. Tập huấn nghiệp vụ cho cán bộ nghiệp vụ cho cán bộ nghiệp vụ cho cán bộ "
        "nghiệp vụ cho cán… (hạn hôm nay)"
    )
    assert chat.say("staff", "/nhiemvu 1") == [
        f"1. {text} (hạn hôm nay)\n"
        "Nhóm 2: Xây dựng tổ chức\n"
        "Thời gian ghi trong kế hoạch: trước 15/4.\n"
        "Phân công: chị Thu, anh Việt."
    ]
    assert chat.say("staff", "/nhiemvu 9") == [
        "Em không thấy việc số 9 trong kế hoạch. Gõ /nhiemvu để xem số của từng việc."
    ]


@pytest.mark.parametrize("line", ["xong 3", "đã xong việc 3", "/nhiemvu xong 3", "làm xong việc 3 rồi em"])
def test_a_typed_number_marks_a_task_and_undo_takes_it_back(chat: Chat, line: str) -> None:
    assert chat.say("staff", line) == ["✅ Đã đánh dấu xong:\n• việc 3: Tổ chức hội nghị học tập nghị quyết"]
    assert done_numbers(chat) == [3]
    assert chat.tap("staff", "Hoàn tác") == [
        "Em đã bỏ đánh dấu xong:\n• việc 3: Tổ chức hội nghị học tập nghị quyết"
    ]
    assert done_numbers(chat) == []


def test_an_undo_tapped_again_changes_nothing(chat: Chat) -> None:
    chat.say("staff", "xong 3 6")
    chat.tap("staff", "Hoàn tác")
    assert chat.tap("staff", "Hoàn tác") == ["Việc này không còn đánh dấu xong nên em không thay đổi gì."]


def test_what_is_too_much_for_one_button_is_marked_without_undo(chat: Chat) -> None:
    days = (date(2024, 4, 1), date(2024, 6, 30))
    many = tuple(task("1", f"Việc thứ {n}", days) for n in range(1, 251))
    with chat.house.context() as context:
        store_plan(context, replace(PLAN, tasks=many))
    chat.say("staff", "/nhiemvu xong 1 150")
    assert chat.choices("staff") == ["Hoàn tác"]
    chat.tap("staff", "Hoàn tác")
    assert done_numbers(chat) == []
    chat.say("leader", "/nhiemvu xong 2 250")
    chat.say("admin", "/nhiemvu xong 2 250")
    assert chat.choices("admin") == []
    assert done_numbers(chat) == [2, 250]


def test_several_tasks_with_one_done_before_and_one_unknown(chat: Chat) -> None:
    chat.say("staff", "xong 3")
    assert chat.say("admin", "xong 3 1 40") == [
        "✅ Đã đánh dấu xong:\n"
        "• việc 1: Tuyên truyền nghị quyết đến đoàn viên (quý II)\n"
        "Đã xong từ trước:\n"
        "• việc 3: Tổ chức hội nghị học tập nghị quyết\n"
        "Em không thấy việc số 40 trong kế hoạch. Gõ /nhiemvu để xem số của từng việc."
    ]
    assert done_numbers(chat) == [1, 3]
    chat.tap("admin", "Hoàn tác")
    assert done_numbers(chat) == [3]


@pytest.mark.parametrize("line", ["/nhiemvu xong 1 2 quý 1", "/nhiemvu xong 1 2 quý I"])
def test_a_recurring_task_can_be_marked_for_an_earlier_quarter(chat: Chat, line: str) -> None:
    assert chat.say("staff", line) == [
        "✅ Đã đánh dấu xong:\n"
        "• việc 1: Tuyên truyền nghị quyết đến đoàn viên (quý I)\n"
        "• việc 2: Duy trì nhóm Zalo của công đoàn cơ sở (quý I)"
    ]
    assert "1. Tuyên truyền nghị quyết đến đoàn viên (đã xong)" in chat.say("staff", "/nhiemvu quý 1")[0]
    assert "1. Tuyên truyền nghị quyết đến đoàn viên (thường xuyên)" in chat.say("staff", "/nhiemvu")[0]


@pytest.mark.parametrize(
    "line", ["xong 6 ghi chú: đã mở 2 lớp ở 4 xã", "/nhiemvu xong 6, ghi chu đã mở 2 lớp ở 4 xã"]
)
def test_a_note_is_kept_and_its_numbers_are_not_those_of_tasks(chat: Chat, line: str) -> None:
    def reader(context: Context, text: str, today: date) -> Reading:
        return Reading(Intent.TASK_DONE, text, numbers=(6, 2, 4))

    chat.answer = Router((tasks.DIALOGUE,), stranger=nothing, lost=nothing, reader=reader).answer
    assert chat.say("staff", line) == [
        "✅ Đã đánh dấu xong:\n• việc 6: Hướng dẫn đối thoại định kỳ\nGhi chú: đã mở 2 lớp ở 4 xã"
    ]
    assert done_numbers(chat) == [6]
    assert chat.say("staff", "/nhiemvu 6")[0].endswith("Ghi chú: đã mở 2 lớp ở 4 xã")


def test_done_without_a_number_is_asked_back(chat: Chat) -> None:
    assert chat.say("staff", "xong rồi em") == [
        "Việc đã xong là việc số mấy ạ? Nhờ chị nhắn số, ví dụ: xong 3. Gõ /nhiemvu để xem số của từng việc."
    ]


def test_only_staff_mark_tasks(chat: Chat) -> None:
    told = "Đánh dấu việc xong là phần của cán bộ văn phòng. Nhờ anh nhắn cán bộ phụ trách."
    assert chat.say("leader", "xong 3") == [told]
    assert chat.say("leader", "/nhiemvu xong 3") == [told]
    assert chat.say("chair", "xong rồi em ơi") == [
        "Việc xong rồi thì em cần con số để ghi. Nhờ chị nhắn em, ví dụ: kết nạp 5 đoàn viên ngày 15/4, "
        "đối thoại 1 lần, hoặc gõ /baocao để em hỏi từng mục."
    ]
    assert "thuộc phần của người khác" in chat.tap_action("chair", "task.undo:0.1.1")[0]
    assert done_numbers(chat) == []


@pytest.mark.parametrize("action", ["task.undo:", "task.undo:9.1.1", "task.list:x", "task.past:all.x"])
def test_an_action_that_is_not_ours_changes_nothing(chat: Chat, action: str) -> None:
    chat.tap_action("staff", action)
    assert done_numbers(chat) == []


PAST = (
    "📌 Chị Thu ơi, lúc nhập kế hoạch có 2 việc đã qua hạn. Việc nào đã xong rồi ạ?\n"
    "3. Tổ chức hội nghị học tập nghị quyết (hạn 31/3)\n"
    "4. Lập kế hoạch kỷ niệm ngày thành lập (hạn 31/3)\n"
    "Nếu mới xong vài việc, chị nhắn số việc, ví dụ: xong 3 4. "
    "Em chỉ hỏi một lần và không nhắc hạn các việc này nữa."
)


@pytest.fixture
def asked(small_house: House) -> Chat:
    """The sample plan just imported, and everybody asked about what was past."""
    with small_house.context() as context:
        store_plan(context, PLAN)
        assert ask_staff_about_past_tasks(context) == 2
        assert {row.priority for row in context.uow.outbox.find()} == {Priority.NOTICE}
    return Chat(small_house, ROUTER.answer)


def test_staff_are_asked_in_one_list_what_of_the_past_is_done(asked: Chat) -> None:
    assert asked.heard("staff") == [PAST]
    assert asked.choices("staff") == ["Xong hết", "Chưa việc nào"]
    assert asked.say("staff", "1") == [
        "✅ Đã đánh dấu xong:\n"
        "• việc 3: Tổ chức hội nghị học tập nghị quyết\n"
        "• việc 4: Lập kế hoạch kỷ niệm ngày thành lập"
    ]
    assert done_numbers(asked) == [3, 4]
    assert asked.say("admin", "xong hết") == ["Các việc này đã được đánh dấu xong rồi."]


def test_some_of_the_past_are_done(asked: Chat) -> None:
    asked.say("staff", "xong 4")
    assert done_numbers(asked) == [4]
    assert asked.say("admin", "chưa việc nào") == [
        "Dạ, em để nguyên các việc này. Việc nào xong, anh nhắn số việc, ví dụ: xong 3."
    ]
    assert done_numbers(asked) == [4]


def test_who_was_not_asked_is_asked_behind_the_list(small_house: House) -> None:
    with small_house.context() as context:
        store_plan(context, PLAN)
    chat = Chat(small_house, ROUTER.answer)
    listed, question = chat.say("staff", "/nhiemvu")
    assert listed.startswith("📌 Quý II/2024 có 5 việc")
    assert question == PAST
    assert len(chat.say("staff", "/nhiemvu")) == 1


def test_a_long_past_is_cut(small_house: House) -> None:
    days = (date(2024, 1, 1), date(2024, 2, 1))
    many = tuple(task("1", f"Việc thứ {n}", days) for n in range(1, 24))
    with small_house.context() as context:
        store_plan(context, replace(PLAN, tasks=many))
        question = past_question(context, small_house.people["staff"])
        assert question is not None
        lines = plain(question[0]).splitlines()
        mark_done(context, [1])
    assert lines[20:22] == ["20. Việc thứ 20 (hạn 1/2)", "… và các việc số 21, 22, 23."]


CASHEW_DUE = (
    "📌 CĐCS Hạt điều Phước Minh: báo cáo quý II hạn thứ Năm 20/6 (còn 66 ngày).\n"
    "Còn chờ: đoàn viên mới, thỏa ước lao động tập thể ký mới, hội nghị người lao động, đối thoại."
)


@pytest.mark.parametrize("line", ["/nhiemvu", "hạn nộp báo cáo bữa nào vậy em"])
def test_a_chair_reads_what_is_asked_of_the_unit(chat: Chat, line: str) -> None:
    assert chat.say("chair", line) == [CASHEW_DUE]
    assert chat.choices("chair") == ["Báo cáo ngay", "Không phát sinh"]


def test_a_chair_who_has_begun_reads_what_is_there(chat: Chat) -> None:
    with chat.house.context() as context:
        add(context, chat.house.units["truong"], "doan_vien_moi", 2, PENDING)
    chat.now = datetime(2024, 6, 21, 2, 0, tzinfo=UTC)
    assert chat.say("teacher", "/nhiemvu") == [
        "📌 CĐCS Trường Tiểu học Cầu Khởi: báo cáo quý II hạn thứ Năm 20/6 đã qua, "
        "báo bây giờ vẫn kịp tổng hợp.\n"
        "Em đang có: 2 đoàn viên mới.\n"
        "Các mục đã có đủ; nếu không thêm gì nữa, chị chốt giúp em."
    ]
    assert chat.choices("teacher") == ["Đủ rồi, chốt giúp em", "Còn bổ sung"]
    chat.now = datetime(2024, 6, 20, 2, 0, tzinfo=UTC)
    assert chat.say("teacher", "/nhiemvu")[0].startswith(
        "📌 CĐCS Trường Tiểu học Cầu Khởi: báo cáo quý II hạn hôm nay, thứ Năm 20/6."
    )


def test_a_chair_who_has_closed_owes_nothing(chat: Chat) -> None:
    with chat.house.context() as context:
        period, unit = context.uow.periods.find(number=2)[0], chat.house.units["dieu"]
        context.uow.submissions.add(
            Submission(unit.id, period.id, SubmissionState.CLOSED, nil=True, at=MONDAY)
        )
    assert chat.say("chair", "/nhiemvu") == [
        "Hiện chị không còn báo cáo nào phải nộp. Tới kỳ sau em nhắn trước hạn."
    ]


def test_a_chair_of_two_units_reads_both_without_choices(chat: Chat) -> None:
    house = chat.house
    with house.context() as context:
        person, unit = house.people["chair"], house.units["truong"]
        context.uow.memberships.add(Membership(person.id, unit.id, Role.CHAIR, date(2024, 1, 1)))
    (said,) = chat.say("chair", "/nhiemvu")
    assert said == (
        f"{CASHEW_DUE}\n\n"
        "📌 CĐCS Trường Tiểu học Cầu Khởi: báo cáo quý II hạn thứ Năm 20/6 (còn 66 ngày).\n"
        "Còn chờ: đoàn viên mới."
    )
    assert chat.choices("chair") == []


def test_without_a_plan_staff_are_told_how_it_gets_in(small_house: House) -> None:
    chat = Chat(small_house, ROUTER.answer)
    assert chat.say("staff", "/nhiemvu")[0].startswith("Em chưa có kế hoạch năm")
    assert chat.say("staff", "xong 3") == [
        "Em không thấy việc số 3 trong kế hoạch. Gõ /nhiemvu để xem số của từng việc."
    ]
