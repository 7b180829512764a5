"""Plans beside the year's plan in chat: taken in, shown, and their tasks told with where they come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.conversation.dialogues import build_router
from bot.conversation.plan import past_question
from bot.planreader.toml_plan import dump_plan
from bot.services.plans import plan_of, store_plan
from domain.plan import Measure, PeriodKind, PlanHead, PlanPeriod, Target, YearPlan
from tests.bot.conversation.test_plan_sent import HOW, send
from tests.bot.services.sample_plan import HEAD, PLAN, task
from tests.people import Chat, House

MONTH = """CÔNG ĐOÀN PHƯỜNG AN HÒA
Số: 15/KH-CĐP
KẾ HOẠCH
Công tác tháng 5 năm 2024
I. CHỈ TIÊU
1. Kết nạp đoàn viên mới: 9 đoàn viên
II. NHIỆM VỤ
1. Tuyên truyền
- Mở lớp cho cán bộ mới.
Thời gian thực hiện: Ngày 20
- Tổ chức hội thi nấu ăn.
"""
DAYS = (date(2024, 4, 1), date(2024, 4, 30))
APRIL = YearPlan(
    PlanHead("14/KH-CĐP", date(2024, 3, 28), 2024, HEAD.issuer, "Công tác tháng 4"),
    (Target("doan_vien_moi", "Kết nạp 9 đoàn viên", Decimal(9), "đoàn viên", Measure.SUM),),
    (task("1", "Họp ban", DAYS), task("1", "Thăm hỏi", DAYS)),
    period=PlanPeriod(PeriodKind.MONTH, *DAYS),
)
TERM = YearPlan(
    PlanHead("2/CTr", None, 2023, HEAD.issuer, "Chương trình nhiệm kỳ"),
    (Target("doan_vien_moi", "Cả nhiệm kỳ 500 đoàn viên", Decimal(500), "đoàn viên", Measure.SUM),),
    (),
    period=PlanPeriod(PeriodKind.YEARS, date(2023, 1, 1), date(2028, 12, 31)),
)


@pytest.fixture
def chat(small_house: House) -> Chat:
    """The year's plan, stored without asking about what was past."""
    with small_house.context() as context:
        store_plan(context, PLAN)
        past_question(context, small_house.people["staff"])
    return Chat(small_house, build_router().answer)


def store(chat: Chat, *plans: YearPlan) -> None:
    with chat.house.context() as context:
        for plan in plans:
            store_plan(context, plan)


def test_a_month_says_what_it_adds_and_leaves(chat: Chat, tmp_path: Path) -> None:
    _made, shown = send(chat, tmp_path, "thang-5.txt", MONTH)
    assert shown.splitlines()[:2] == [
        "Em đọc được kế hoạch 15/KH-CĐP, tháng 5/2024: 1 chỉ tiêu, 2 nhiệm vụ. Em chưa nạp gì.",
        "1. 9 đoàn viên · Kết nạp đoàn viên mới: 9 đoàn viên",
    ]
    assert shown.splitlines()[-3:] == [
        "Kế hoạch tháng 5/2024 được thêm bên cạnh; giữ nguyên kế hoạch năm 2024 (31/KH-CĐ).",
        "1 chỉ tiêu trong văn bản này chỉ của kế hoạch tháng 5/2024: "
        "không thay chỉ tiêu năm và không tính vào /tiendo.",
        HOW,
    ]
    assert chat.say("staff", "1") == [
        "✅ Đã nạp kế hoạch tháng 5/2024: 1 chỉ tiêu, 2 nhiệm vụ. Chị gõ /kehoach để xem lại.\n"
        "Các việc trong kế hoạch này mang số 101 đến 102."
    ]
    with chat.house.context() as context:
        found = plan_of(context, 2024)
        assert found is not None
        assert found.head.number == "31/KH-CĐ"


def test_a_month_sent_again_replaces_that_month(chat: Chat, tmp_path: Path) -> None:
    send(chat, tmp_path, "thang-5.txt", MONTH)
    chat.say("staff", "1")
    _made, shown = send(chat, tmp_path, "thang-5.txt", MONTH.replace("- Tổ chức hội thi nấu ăn.\n", ""))
    assert shown.splitlines()[-4:-2] == [
        "Kế hoạch tháng 5/2024 đang dùng: nạp tệp này thì thêm 0 nhiệm vụ, sửa 0, bỏ 1.",
        "Giữ nguyên kế hoạch năm 2024 (31/KH-CĐ).",
    ]


def test_a_plan_unlike_the_years_is_asked_about(chat: Chat, tmp_path: Path) -> None:
    send(chat, tmp_path, "khac.txt", MONTH.replace("tháng 5 năm 2024", "năm 2024"))
    choices = ["Nạp thêm, giữ kế hoạch năm 2024", "Thay kế hoạch năm 2024", "Xem từng việc", "Bỏ"]
    assert chat.choices("staff") == choices
    chat.say("staff", "3")
    assert chat.choices("staff") == ["Nạp thêm, giữ kế hoạch năm 2024", "Thay kế hoạch năm 2024", "Bỏ"]
    assert chat.say("staff", "1")[0].startswith(
        "✅ Đã nạp kế hoạch “Công tác năm 2024”: 1 chỉ tiêu, 2 nhiệm vụ."
    )
    with chat.house.context() as context:
        assert [head.number for head in context.uow.plans.find("id")] == ["31/KH-CĐ", "15/KH-CĐP"]


def test_a_new_version_of_the_years_plan_is_not_asked_about(chat: Chat, tmp_path: Path) -> None:
    send(chat, tmp_path, "moi.toml", dump_plan(replace(PLAN, head=replace(HEAD, number="45/KH-CĐ"))))
    assert chat.choices("staff") == ["Nạp kế hoạch này", "Xem từng việc", "Bỏ"]


def test_the_plans_in_force_are_listed_with_their_own_targets(chat: Chat) -> None:
    store(chat, APRIL, TERM)
    (said,) = chat.say("staff", "/kehoach")
    assert said.splitlines()[0] == (
        "Kế hoạch 31/KH-CĐ ngày 1/4/2024 của Công đoàn phường An Hòa: 6 chỉ tiêu, 8 nhiệm vụ."
    )
    assert said.splitlines()[-6:] == [
        "📌 Kế hoạch các năm 2023-2028, số 2/CTr (1/1/2023 – 31/12/2028): 1 chỉ tiêu, 0 nhiệm vụ.",
        "Chỉ tiêu của cả các năm 2023-2028, không phải của riêng một năm:",
        "• Cả nhiệm kỳ 500 đoàn viên",
        "📌 Kế hoạch tháng 4/2024, số 14/KH-CĐP, ngày 28/3/2024 (1/4/2024 – 30/4/2024): "
        "1 chỉ tiêu, 2 nhiệm vụ.",
        "Chỉ tiêu riêng của kế hoạch tháng 4/2024:",
        "• Kết nạp 9 đoàn viên",
    ]


def test_the_progress_of_the_year_stays_and_names_the_others(chat: Chat) -> None:
    before = chat.say("staff", "/tiendo")[0]
    store(chat, APRIL, TERM)
    (after,) = chat.say("staff", "/tiendo")
    assert after == (
        f"{before}\n"
        "Kế hoạch các năm 2023-2028 có 1 chỉ tiêu riêng, không tính vào tiến độ năm; gõ /kehoach để xem.\n"
        "Kế hoạch tháng 4/2024 có 1 chỉ tiêu riêng, không tính vào tiến độ năm; gõ /kehoach để xem."
    )


def test_the_tasks_of_a_month_stand_below_the_years(chat: Chat) -> None:
    store(chat, APRIL)
    (said,) = chat.say("staff", "/nhiemvu")
    assert said.splitlines()[0] == "📌 Quý II/2024 có 7 việc: 7 đang thực hiện."
    assert said.splitlines()[-5:] == [
        "Kế hoạch tháng 4/2024",
        "Nhóm 1: Tuyên truyền, giáo dục",
        "101. Họp ban (hạn 30/4)",
        "102. Thăm hỏi (hạn 30/4)",
        "Việc nào xong, chị nhắn số việc, ví dụ: xong 5.",
    ]
    assert chat.say("staff", "xong 101") == ["✅ Đã đánh dấu xong:\n• việc 101: Họp ban"]
    assert chat.say("staff", "/nhiemvu 102") == [
        "102. Thăm hỏi (hạn 30/4)\nThuộc kế hoạch tháng 4/2024.\nNhóm 1: Tuyên truyền, giáo dục"
    ]


def test_without_the_years_plan_the_others_are_shown(small_house: House) -> None:
    chat = Chat(small_house, build_router().answer)
    store(chat, APRIL)
    assert chat.say("leader", "/kehoach")[0].startswith("📌 Kế hoạch tháng 4/2024, số 14/KH-CĐP")
    assert chat.say("leader", "/tiendo")[0].splitlines()[-1] == (
        "Kế hoạch tháng 4/2024 có 1 chỉ tiêu riêng, không tính vào tiến độ năm; gõ /kehoach để xem."
    )


def test_days_of_a_school_year_are_read_in_their_own_year(chat: Chat, tmp_path: Path) -> None:
    text = MONTH.replace("tháng 5 năm 2024", "năm học 2024-2025").replace("Ngày 20", "Tháng 10")
    send(chat, tmp_path, "nam-hoc.txt", text)
    assert chat.say("staff", "việc 1: từ 1/12 đến 15/3") == [
        "Em đã sửa:\n1. Mở lớp cho cán bộ mới (1/12 đến 15/3/2025)"
    ]
