"""What of a stored plan stays in a new document: a table of pairs, and what must hold of every pairing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.plan_matching import match_targets, match_tasks
from domain.plan import Measure, Target, Task

SPRING, SUMMER = (date(2024, 1, 1), date(2024, 3, 31)), (date(2024, 4, 1), date(2024, 6, 30))
MEET = "Họp Ban Chấp hành công đoàn phường định kỳ"
TEACH = "Tổ chức tập huấn nghiệp vụ cho cán bộ công đoàn cơ sở"
VISIT = "Thăm hỏi, tặng quà đoàn viên có hoàn cảnh khó khăn"
CHECK = "Kiểm tra việc thu, nộp kinh phí công đoàn"

Line = tuple[str, str, tuple[date, date]]


def task(line: Line) -> Task:
    group, text, days = line
    return Task(group, f"Nhóm {group}", text, None, *days)


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        pytest.param(
            [("1", MEET, SPRING), ("1", TEACH, SUMMER)],
            [("1", TEACH, SUMMER), ("1", MEET, SPRING)],
            [(1, 0), (0, 1)],
            id="other order",
        ),
        pytest.param([("1", MEET, SPRING)], [("1", MEET.upper() + ".", SPRING)], [(0, 0)], id="other signs"),
        pytest.param([("1", MEET, SPRING)], [("1", MEET, SUMMER)], [(0, 0)], id="other days"),
        pytest.param([("1", MEET, SPRING)], [("2", MEET, SPRING)], [(0, 0)], id="other group"),
        pytest.param(
            [("1", MEET, SPRING), ("1", MEET, SUMMER)],
            [("1", MEET, SUMMER), ("1", MEET, SPRING)],
            [(1, 0), (0, 1)],
            id="one text twice is told apart by its days",
        ),
        pytest.param(
            [("1", MEET, SPRING), ("1", MEET, SUMMER)],
            [("1", MEET, SUMMER)],
            [(1, 0)],
            id="of one text twice the one with these days stays",
        ),
        pytest.param(
            [("1", TEACH, SUMMER)],
            [("1", TEACH.replace("Tổ chức", "Mở lớp"), SUMMER)],
            [(0, 0)],
            id="reworded",
        ),
        pytest.param(
            [("1", TEACH, SUMMER)],
            [("1", TEACH + " và tổ trưởng", SPRING)],
            [(0, 0)],
            id="reworded and moved",
        ),
        pytest.param(
            [("1", TEACH, SUMMER)],
            [("2", TEACH + " và tổ trưởng", SUMMER)],
            [],
            id="reworded in another group",
        ),
        pytest.param([("1", TEACH, SUMMER)], [("1", VISIT, SUMMER)], [], id="another task in its place"),
        pytest.param(
            [("1", TEACH, SUMMER), ("1", MEET, SPRING), ("1", VISIT, SPRING), ("1", CHECK, SPRING)],
            [
                ("1", MEET, SPRING),
                ("1", VISIT, SPRING),
                ("1", CHECK, SPRING),
                ("1", TEACH + " và tổ trưởng", SUMMER),
            ],
            [(1, 0), (2, 1), (3, 2)],
            id="reworded and far away",
        ),
        pytest.param(
            [("1", MEET + " quý I", SPRING)],
            [("1", MEET + " quý II", SUMMER)],
            [],
            id="another quarter's",
        ),
        pytest.param(
            [("1", TEACH + " đợt 1", SUMMER)],
            [("1", TEACH + " đợt 2", SUMMER)],
            [],
            id="another time of one task",
        ),
        pytest.param(
            [("1", "Tổ chức 02 lớp tập huấn cho cán bộ", SUMMER)],
            [("1", "Tổ chức 03 lớp tập huấn cho cán bộ", SUMMER)],
            [(0, 0)],
            id="another count",
        ),
        pytest.param(
            [("1", TEACH, SUMMER)],
            [("1", TEACH + " mới", SUMMER), ("1", TEACH + " nữ công", SUMMER)],
            [(0, 0)],
            id="of two similar ones the nearer takes it",
        ),
        pytest.param(
            [("1", TEACH + " nữ công", SUMMER), ("1", TEACH + " mới", SUMMER)],
            [("1", TEACH, SUMMER)],
            [(1, 0)],
            id="of two similar ones the nearer gives it",
        ),
        pytest.param(
            [("1", TEACH, SUMMER)],
            [("1", TEACH + " mới", SUMMER), ("1", TEACH, SUMMER)],
            [(0, 1)],
            id="the same text goes before a similar one",
        ),
    ],
)
def test_a_task_keeps_its_state(old: list[Line], new: list[Line], pairs: list[tuple[int, int]]) -> None:
    before, after = [task(line) for line in old], [task(line) for line in new]
    found = match_tasks(before, after)
    assert [(before.index(one), after.index(other)) for one, other in found.kept] == pairs
    assert found.added == [one for place, one in enumerate(after) if place not in {b for _a, b in pairs}]
    assert found.removed == [one for place, one in enumerate(before) if place not in {a for a, _b in pairs}]


TASKS = st.lists(
    st.builds(
        Task,
        st.sampled_from(["1", "2"]),
        st.just("Nhóm"),
        st.sampled_from([MEET, MEET + " mở rộng", TEACH, TEACH + " mới", VISIT]),
        st.none(),
        st.just(SPRING[0]),
        st.sampled_from([SPRING[1], SUMMER[1]]),
    ),
    max_size=8,
)


@given(old=TASKS, new=TASKS)
def test_no_two_tasks_ever_share_a_state(old: list[Task], new: list[Task]) -> None:
    found = match_tasks(old, new)
    before = [id(one) for one, _other in found.kept] + [id(one) for one in found.removed]
    after = [id(other) for _one, other in found.kept] + [id(one) for one in found.added]
    assert sorted(before) == sorted(map(id, old))
    assert sorted(after) == sorted(map(id, new))


@given(tasks=TASKS)
def test_the_same_document_again_changes_nothing(tasks: list[Task]) -> None:
    found = match_tasks(tasks, [*tasks])
    assert [one for one, _other in found.kept] == [other for _one, other in found.kept] == tasks


def test_a_target_stays_by_its_text_then_by_what_it_counts() -> None:
    def target(code: str, text: str, goal: int) -> Target:
        return Target(code, text, Decimal(goal), "đoàn viên", Measure.SUM)

    first, second = target("doan_vien_moi", "Kết nạp mới: 106", 106), target("hien_mau", "Hiến máu: 80", 80)
    more, other = target("doan_vien_moi", "Kết nạp: 120", 120), target("tham_quan", "Tham quan: 2", 2)
    found = match_targets([first, second], [other, more])
    assert (found.kept, found.added, found.removed) == ([(first, more)], [other], [second])
