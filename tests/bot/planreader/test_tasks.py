from __future__ import annotations

from datetime import date

import pytest

from bot.planreader.reader import read_plan
from domain.plan import Task
from tests.bot.planreader.samples import plan_text

TARGET = "- Kết nạp 5 đoàn viên."


def read(lines: str) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    plan = read_plan("a.txt", plan_text(lines, TARGET))
    return plan.tasks, plan.warnings


def test_a_time_line_covers_the_bullets_back_to_the_one_before() -> None:
    tasks, warnings = read(
        "1. Nhóm một\n- A.\n- B.\nThời gian thực hiện: Quý I\n- C.\n- D.\nThời gian thực hiện: Quý II\n"
        "2. Nhóm hai\n- E.\nThời gian thực hiện: Quý III"
    )
    assert [(task.group, task.text, task.when) for task in tasks] == [
        ("1", "A", "Quý I"),
        ("1", "B", "Quý I"),
        ("1", "C", "Quý II"),
        ("1", "D", "Quý II"),
        ("2", "E", "Quý III"),
    ]
    assert tasks[0].group_title == "Nhóm một"
    assert warnings == ()


def test_a_bullet_below_the_last_time_line_gets_the_year_and_a_warning() -> None:
    tasks, warnings = read("1. Nhóm\n- A.\nThời gian thực hiện: Quý I\n- Mở lớp cho tổ trưởng.")
    assert (tasks[1].when, tasks[1].start, tasks[1].end) == (None, date(2024, 1, 1), date(2024, 12, 31))
    assert warnings == (
        "Nhiệm vụ “Mở lớp cho tổ trưởng” (nhóm 1) không ghi thời gian thực hiện nên em tính cả năm 2024.",
    )


@pytest.mark.parametrize(
    ("lines", "when"),
    [
        ("- A.\nThời gian hoàn thành: Quý II.", "Quý II"),
        ("- A.\nThời gian thực hiện Quý II/2024", "Quý II/2024"),
        ("- A.\n- Tiến độ: Quý II", "Quý II"),
        ("- A.\n* Thời hạn hoàn thành : Quý II", "Quý II"),
        ("- A.\nc) Thời gian: Quý II", "Quý II"),
        ("- A.\n**Thời gian thực hiện:** Quý II", "Quý II"),
        ("- A.\nThời gian thực hiện:\n\nQuý II", "Quý II"),
        ("- A.\nThời gian thực hiện: Thường\nxuyên", "Thường xuyên"),
        ("Thời gian thực hiện: Quý II\n- A.", "Quý II"),
        ("- A. Thời gian thực hiện: Quý II.", "Quý II"),
        ("- A (Quý II/2024)", "Quý II/2024"),
        ("- A; hoàn thành trước ngày 30/9/2024.", "hoàn thành trước ngày 30/9/2024"),
        ("- Kỷ niệm 95 năm Ngày thành lập (28/7/1929 - 28/7/2024)", None),
        ("- Góp ý dự thảo (nếu có)", None),
        ("- Chi thường xuyên đúng quy định, thời gian, địa điểm do thỏa thuận", None),
    ],
)
def test_it_finds_the_time_of_a_task(lines: str, when: str | None) -> None:
    (task,), _ = read(f"1. Nhóm\n{lines}")
    assert task.when == when


@pytest.mark.parametrize(
    ("lines", "assignees"),
    [
        ("Phân công: Ban Tổ chức, Ban Tuyên giáo.", ("Ban Tổ chức", "Ban Tuyên giáo")),
        (
            "Đơn vị thực hiện: Ban Nữ công; phối hợp với Đoàn thanh niên",
            ("Ban Nữ công", "Đoàn thanh niên (phối hợp)"),
        ),
        ("Đơn vị chủ trì: Ban A\nĐơn vị phối hợp: Ban B", ("Ban A", "Ban B (phối hợp)")),
        ("Giao Ban Chính sách chủ trì thực hiện.", ("Ban Chính sách",)),
        ("Giao cho: Văn phòng", ("Văn phòng",)),
        ("Thời gian thực hiện: Quý I. Đơn vị thực hiện: Ban A", ("Ban A",)),
        ("Đơn vị thực hiện: Ban A. Thời gian thực hiện: Quý I", ("Ban A",)),
    ],
)
def test_it_finds_who_does_it(lines: str, assignees: tuple[str, ...]) -> None:
    tasks, _ = read(f"1. Nhóm\n- Mở lớp.\n- Thăm hỏi.\n{lines}")
    assert [task.assignees for task in tasks] == [assignees, assignees]


def test_giving_is_also_a_task() -> None:
    tasks, _ = read("1. Nhóm\n- Giao lưu văn nghệ.\n- Giao chỉ tiêu cho công đoàn cơ sở.")
    assert [(task.text, task.assignees) for task in tasks] == [
        ("Giao lưu văn nghệ", ()),
        ("Giao chỉ tiêu cho công đoàn cơ sở", ()),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("- A.\n- B.", [("III", "NHIỆM VỤ", "A"), ("III", "NHIỆM VỤ", "B")]),
        ("1. A.\n2. B.", [("III", "NHIỆM VỤ", "A"), ("III", "NHIỆM VỤ", "B")]),
        ("1. Nhóm\n1.1. A.\n1.2. B.", [("1", "Nhóm", "A"), ("1", "Nhóm", "B")]),
        ("1. Nhóm\n1.1. Con\n- A.\n1.2. Con nữa\n- B.", [("1.1", "Con", "A"), ("1.2", "Con nữa", "B")]),
        ("1. Nhóm\na) A.\nb) B.", [("1", "Nhóm", "A"), ("1", "Nhóm", "B")]),
        ("1. Nhóm\na) Con\n- A.\nb) Con nữa\n- B.", [("1.a", "Con", "A"), ("1.b", "Con nữa", "B")]),
        ("1. Nhóm\n- A.\n2. Một mình", [("1", "Nhóm", "A"), ("2", "Một mình", "Một mình")]),
        ("1. Nhóm\n- A:\n+ ý một;\n+ ý hai.", [("1", "Nhóm", "A: + ý một; + ý hai")]),
        ("1. Nhóm\nCác việc sau:\n- A.\n- B.", [("1", "Nhóm", "A"), ("1", "Nhóm", "B")]),
        (
            "1. Nhóm\nViệc thứ nhất.\n\nViệc thứ hai.",
            [("1", "Nhóm", "Việc thứ nhất"), ("1", "Nhóm", "Việc thứ hai")],
        ),
        (
            "1. Nhóm\n- Cho vay nặng lãi, tín dụng đen...",
            [("1", "Nhóm", "Cho vay nặng lãi, tín dụng đen...")],
        ),
    ],
)
def test_it_finds_the_groups(lines: str, expected: list[tuple[str, str, str]]) -> None:
    tasks, _ = read(lines)
    assert [(task.group, task.group_title, task.text) for task in tasks] == expected


@pytest.mark.parametrize(
    ("when", "warning"),
    [
        ("theo tiến độ chung", "Em chưa hiểu thời gian “theo tiến độ chung” (nhóm 1) nên tính cả năm 2024."),
        (
            "tháng 4 và tháng 8",
            "Thời gian “tháng 4 và tháng 8” (nhóm 1) có 2 đợt nên em ghi mỗi đợt thành một lượt việc riêng.",
        ),
        ("Quý I/2023", "Thời gian “Quý I/2023” (nhóm 1) nằm ngoài năm 2024."),
    ],
)
def test_it_says_which_time_it_doubts(when: str, warning: str) -> None:
    _, warnings = read(f"1. Nhóm\n- A.\n- B.\nThời gian thực hiện: {when}")
    assert warnings == (warning,)


def test_a_time_line_without_a_task_is_told() -> None:
    _, warnings = read("1. Nhóm\n- A.\nThời gian thực hiện: Quý I\nThời gian thực hiện: Quý II")
    assert warnings == ("Dòng thời gian “Quý II” ở nhóm 1 không đi với nhiệm vụ nào nên em chưa dùng.",)


def test_sections_of_other_names_are_groups_where_no_section_is_named_for_tasks() -> None:
    text = (
        "KẾ HOẠCH NĂM 2025\n\nI. TUYÊN TRUYỀN\n- A.\nThời gian: Quý III\n"
        "II. CHĂM LO\n- B.\nIII. TỔ CHỨC THỰC HIỆN\n- C."
    )
    plan = read_plan("a.txt", text.encode())
    assert [(task.group, task.text, task.when) for task in plan.tasks] == [("I", "A", "Quý III")]
    assert (
        "Em chưa đọc phần II “CHĂM LO”; nếu phần này có nhiệm vụ thì thêm vào tệp .toml giúp em."
        in plan.warnings
    )


def test_rounds_below_a_time_label_are_times_of_their_own() -> None:
    tasks, _ = read(
        "1. Nhóm\n- Mở lớp.\n- Thời gian:\n"
        "+ Đợt 1: tháng 3;\n+ Đợt 2: tháng 9.\n- Phân công:\n+ Chủ trì: Ban A"
    )
    assert [(task.start, task.assignees) for task in tasks] == [
        (date(2024, 3, 1), ("Ban A",)),
        (date(2024, 9, 1), ("Ban A",)),
    ]


def test_tasks_may_be_little_forms() -> None:
    tasks, _ = read(
        "1- Lễ phát động\n- Thời gian: ngày 25/4/2024\n- Địa điểm: Nhà văn hóa\n"
        "2- Tháng Công nhân\n- Nội dung: Tặng 200 phần quà.\n- Thời gian: từ 01/5 đến 31/5/2024\n"
    )
    assert [(task.group, task.text, task.end) for task in tasks] == [
        ("1", "Lễ phát động", date(2024, 4, 25)),
        ("2", "Tặng 200 phần quà", date(2024, 5, 31)),
    ]


def test_times_may_stand_above_their_tasks() -> None:
    tasks, _ = read("1. Nhóm\nThời gian: Quý I\n- A.\n- B.\nThời gian: Quý II\n- C.")
    assert [(task.text, task.when) for task in tasks] == [("A", "Quý I"), ("B", "Quý I"), ("C", "Quý II")]


@pytest.mark.parametrize(
    ("named", "assignees"),
    [
        ("Ban A, Ban B", ("Ban A", "Ban B")),
        ("Ban Chính sách - Pháp luật", ("Ban Chính sách - Pháp luật",)),
        ("công đoàn các xã, phường", ("công đoàn các xã, phường",)),
        ("đ/c Lực, Phó Trưởng Ban Nữ công", ("đ/c Lực, Phó Trưởng Ban Nữ công",)),
        ("Ban A chủ trì, phối hợp với Ban B; Ban C", ("Ban A", "Ban B (phối hợp)", "Ban C (phối hợp)")),
    ],
)
def test_it_tells_names_apart(named: str, assignees: tuple[str, ...]) -> None:
    (task,), _ = read(f"1. Nhóm\n- Mở lớp.\nĐơn vị thực hiện: {named}")
    assert task.assignees == assignees
