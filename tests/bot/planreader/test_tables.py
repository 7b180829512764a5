from __future__ import annotations

import pytest

from bot.planreader.reader import read_plan
from domain.errors import InputError
from domain.plan import YearPlan

HEAD = (
    "CÔNG ĐOÀN PHƯỜNG AN HÒA\nSố: 1/KH-CĐP\nAn Hòa, ngày 05 tháng 01 năm 2026\n\n"
    "KẾ HOẠCH\nHoạt động năm 2026\n\n"
)


def read(table: str) -> YearPlan:
    return read_plan("a.txt", (HEAD + table).encode())


def rows(plan: YearPlan) -> list[tuple[object, ...]]:
    return [(task.text, task.when, task.assignees) for task in plan.tasks]


@pytest.mark.parametrize(
    ("what", "when", "leads", "joins"),
    [
        ("Nội dung công việc", "Thời gian thực hiện", "Đơn vị chủ trì", "Đơn vị phối hợp"),
        ("Nhiệm vụ", "Tiến độ", "Phụ trách", "Phối hợp"),
        ("Tên việc", "Thời hạn hoàn thành", "Người thực hiện", "Cùng thực hiện"),
        ("Hoạt động", "Tháng", "Phân công", "Tham gia"),
        ("Nội dung", "Hoàn thành", "Cơ quan chủ trì", "Cơ quan phối hợp"),
        ("Việc làm", "Ngày", "Trách nhiệm", "Hỗ trợ"),
    ],
)
def test_the_columns_are_known_by_many_heads(what: str, when: str, leads: str, joins: str) -> None:
    plan = read(f"| STT | {what} | {when} | {leads} | {joins} |\n|---|---|---|---|---|\n"
                "| 1 | Mở lớp | Quý II | Ban A | CĐCS |\n")  # fmt: skip
    assert rows(plan) == [("Mở lớp", "Quý II", ("Ban A", "CĐCS (phối hợp)"))]


def test_the_columns_may_stand_in_any_order_and_be_divided_by_tabs() -> None:
    plan = read(
        "TT\tThời gian\tPhối hợp\tNội dung\tChủ trì\n1\tTháng 3\tCĐCS\tMở lớp\tBan A\n"
        "2\tTháng 4\t\tHội thi\tBan B\n"
    )
    assert rows(plan) == [
        ("Mở lớp", "Tháng 3", ("Ban A", "CĐCS (phối hợp)")),
        ("Hội thi", "Tháng 4", ("Ban B",)),
    ]


def test_a_row_of_a_group_and_a_repeated_head_are_no_tasks() -> None:
    plan = read(
        "| TT | Nội dung | Thời gian | Chủ trì |\n| I | TUYÊN TRUYỀN | | |\n| 1 | Mở lớp | Quý I | Ban A |\n"
        "| TT | Nội dung | Thời gian | Chủ trì |\n| II | CHĂM LO | | |\n| 2 | Thăm hỏi | | |\n"
    )
    assert [(task.group, task.group_title, task.text) for task in plan.tasks] == [
        ("I", "TUYÊN TRUYỀN", "Mở lớp"),
        ("II", "CHĂM LO", "Thăm hỏi"),
    ]


def test_a_row_that_names_a_month_gives_it_to_those_below() -> None:
    plan = read("| TT | Nội dung | Thời gian | Người thực hiện |\n| | THÁNG 3 | | |\n"
                "| 1 | Mở lớp | Ngày 05 | Ban A |\n| 2 | Thăm hỏi | | Ban B |\n")  # fmt: skip
    assert [(task.text, str(task.start), str(task.end)) for task in plan.tasks] == [
        ("Mở lớp", "2026-03-05", "2026-03-05"),
        ("Thăm hỏi", "2026-03-01", "2026-03-31"),
    ]


def test_columns_for_months_with_crosses_give_the_times() -> None:
    plan = read("| TT | Nội dung | Quý I | Quý II | Quý III | Quý IV |\n| 1 | Mở lớp | x | | x | |\n")
    assert [(str(task.start), str(task.end)) for task in plan.tasks] == [
        ("2026-01-01", "2026-03-31"),
        ("2026-07-01", "2026-09-30"),
    ]


def test_the_years_column_of_a_table_of_targets_is_taken() -> None:
    plan = read(
        "| STT | Chỉ tiêu | Đơn vị tính | Thực hiện 2025 | Quý I | Quý II | Cả năm 2026 |\n"
        "| 1 | Kết nạp đoàn viên mới | đoàn viên | 95 | 20 | 30 | 106 |\n| 2 | Tỷ lệ thu kinh phí | % "
        "| 91 | | | ≥ 95 |\n"
    )
    assert [(target.indicator, str(target.goal), target.unit) for target in plan.targets] == [
        ("doan_vien_moi", "106", "đoàn viên"),
        ("ty_le_thu_kinh_phi", "95", "%"),
    ]


def test_a_column_that_holds_only_numbers_of_months_gives_months() -> None:
    plan = read(
        "Tháng\tNội dung\tPhụ trách\n1\tHọp mặt\tChị Lan\n\tThăm hỏi\tChị Mai\n5-6\tKhám sức khỏe\tBCH\n"
    )
    assert [(task.text, task.when) for task in plan.tasks] == [
        ("Họp mặt", "Tháng 1"),
        ("Thăm hỏi", "Tháng 1"),
        ("Khám sức khỏe", "Tháng 5-6"),
    ]


def test_a_column_of_fields_gives_the_groups() -> None:
    plan = read(
        "| Lĩnh vực | Nội dung | Chủ trì | Thời gian |\n| Tuyên truyền | Bảng tin | Ban A | Hằng tháng |\n"
        "| Tuyên truyền | Mở lớp | Ban A | Quý I |\n| Chăm lo | Thăm hỏi | Ban B | Quý II |\n"
    )
    assert [(task.group_title, task.text) for task in plan.tasks] == [
        ("Tuyên truyền", "Bảng tin"),
        ("Tuyên truyền", "Mở lớp"),
        ("Chăm lo", "Thăm hỏi"),
    ]


def test_a_table_of_points_is_no_plan() -> None:
    with pytest.raises(InputError) as caught:
        read("| TT | Nội dung | Điểm chuẩn | Tự chấm |\n| 1 | Kết nạp 10 đoàn viên | 10 | 8 |\n")
    assert caught.value.code == "not-a-plan"
