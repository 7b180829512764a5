from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.planreader.reader import read_plan
from bot.planreader.toml_plan import dump_plan, parse_plan
from domain.errors import InputError
from domain.plan import Measure, PeriodKind, PlanHead, PlanPeriod, Target, Task, YearPlan
from tests.bot.planreader.samples import TEXT

DAYS = st.dates(date(1990, 1, 1), date(2199, 12, 31))
WORDS = st.text(max_size=30)
FILLED = st.text(min_size=1, max_size=30).filter(str.strip)
HEADS = st.builds(PlanHead, WORDS, st.none() | DAYS, st.integers(2000, 2100), WORDS, WORDS)
CODES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
GOALS = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2)


PERIODS = st.builds(
    lambda kind, days: PlanPeriod(kind, *sorted(days)), st.sampled_from(PeriodKind), st.tuples(DAYS, DAYS)
)


@st.composite
def plans(draw: st.DrawFn) -> YearPlan:
    codes = draw(st.lists(CODES, min_size=1, max_size=3, unique=True))
    targets = [
        Target(code, draw(FILLED), draw(GOALS), draw(WORDS), draw(st.sampled_from(Measure)), position)
        for position, code in enumerate(codes, 1)
    ]
    return YearPlan(
        draw(HEADS),
        tuple(targets),
        tuple(draw_task(draw, position) for position in range(1, draw(st.integers(1, 4)))),
        tuple(draw(st.lists(WORDS, max_size=3))),
        draw(st.none() | PERIODS),
    )


def draw_task(draw: st.DrawFn, position: int) -> Task:
    start, end = sorted(draw(st.tuples(DAYS, DAYS)))
    return Task(
        draw(WORDS),
        draw(WORDS),
        draw(FILLED),
        draw(st.none() | WORDS),
        start,
        end,
        draw(st.booleans()),
        tuple(draw(st.lists(WORDS, max_size=2))),
        position,
    )


@given(plan=plans())
def test_what_is_written_is_read_back(plan: YearPlan) -> None:
    assert parse_plan(dump_plan(plan)) == plan


def test_the_sample_goes_through_a_file_and_back() -> None:
    plan = read_plan("ke-hoach-mau.txt", TEXT.encode())
    assert read_plan("ke-hoach.toml", dump_plan(plan).replace("\n", "\r\n").encode("utf-8-sig")) == plan


def test_the_file_explains_itself_in_vietnamese() -> None:
    text = dump_plan(read_plan("ke-hoach-mau.txt", TEXT.encode()))
    assert text.startswith("# Kế hoạch do trợ lý đọc được. Anh/chị sửa ngay trong tệp này rồi nạp lại.\n")
    assert 'when = "Quý I/2024"\nstart = 2024-01-01\nend = 2024-03-31\nrecurring = false\n' in text


def test_what_is_left_out_is_read_from_the_words() -> None:
    plan = parse_plan(
        "year = 2026\n"
        '[[targets]]\ntext = "Kết nạp 12,5 nghìn đoàn viên"\ngoal = 12500\nunit = "đoàn viên"\n'
        '[[tasks]]\ntext = "Mở lớp"\nwhen = "từ tháng 4/2026"\n'
        '[[tasks]]\ntext = "Thăm hỏi"\nwhen = "thường xuyên"\n'
        '[[tasks]]\ntext = "Hội thi"\nwhen = "Quý II"\nend = 2026-06-15\n'
        '[[tasks]]\ntext = "Sơ kết"\n'
    )
    (target,) = plan.targets
    assert (target.indicator, target.goal, target.measure) == ("doan_vien_moi", Decimal(12500), Measure.SUM)
    assert [(task.start, task.end, task.recurring) for task in plan.tasks] == [
        (date(2026, 4, 1), date(2026, 12, 31), False),
        (date(2026, 1, 1), date(2026, 12, 31), True),
        (date(2026, 4, 1), date(2026, 6, 15), False),
        (date(2026, 1, 1), date(2026, 12, 31), False),
    ]
    assert plan.head.date is None


TASK = '[[tasks]]\ntext = "Mở lớp"\n'
TARGET = '[[targets]]\ntext = "A"\ngoal = 5\n'
BROKEN = "Dòng này viết chưa đúng: thường là thiếu dấu ngoặc kép, dấu = hoặc dấu ngoặc vuông."


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("year = \n", 1, BROKEN),
        ('year = 2024\ntitle = "Kế hoạch\n', 2, BROKEN),
        ("year = 2024\n\n[[tasks", 3, BROKEN),
        ("year = 2024\ndate = 2024-02-30\n", 2, BROKEN),
        ("year = 2024\nyear = 2025\n", 2, BROKEN),
        ("a = " + "[" * 5000, 1, BROKEN),
        ("year = " + "1" * 5000, 1, BROKEN),
        (TASK, 1, "Thiếu mục year."),
        ("\nyear = 1999\n" + TASK, 2, "Mục year là số nguyên từ 2000 đến 2100."),
        ("year = true\n" + TASK, 1, "Mục year là số nguyên từ 2000 đến 2100."),
        ("year = 2024\nisuer = 'A'\n" + TASK, 2, "Không có mục isuer; có lẽ là issuer."),
        ("year = 2024\ntitle = 5\n" + TASK, 2, "Mục title là dòng chữ đặt trong ngoặc kép."),
        ("year = 2024\ndate = '01/4/2024'\n" + TASK, 2,
         "Mục date là ngày viết theo mẫu 2024-03-31, không có ngoặc kép."),
        ("year = 2024\ndate = 2024-04-01T00:00:00\n" + TASK, 2,
         "Mục date là ngày viết theo mẫu 2024-03-31, không có ngoặc kép."),
        ("year = 2024\nwarnings = 'A'\n" + TASK, 2, "Mục warnings là danh sách đặt trong ngoặc vuông."),
        ("year = 2024\nwarnings = [1]\n" + TASK, 2,
         "Mục warnings là danh sách các dòng chữ, mỗi dòng đặt trong ngoặc kép."),
        ("year = 2024\ntasks = ['A']\n", 2, "Mục tasks viết thành từng phần bắt đầu bằng dòng [[tasks]]."),
        ("year = 2024\nghi_chu = 1\n" + TASK, 2,
         "Không có mục ghi_chu; các mục dùng được: "
         "number, date, year, issuer, title, period, period_start, period_end, warnings, targets, tasks."),
        ("year = 2024\n" + TASK + TASK + "recuring = true\n", 6,
         "Không có mục recuring; có lẽ là recurring."),
        ("year = 2024\n" + TASK + TASK + "recurring = 1\n", 6,
         "Mục recurring là true (có) hoặc false (không)."),
        ("year = 2024\n" + TASK + "end = 2023-12-31\n", 4,
         "Ngày kết thúc (end) đứng trước ngày bắt đầu (start)."),
        ("year = 2024\n" + TASK + "[[tasks]]\nwhen = 'Quý I'\n", 4, "Thiếu mục text."),
        ("year = 2024\n[[tasks]]\ntext = ' '\n", 3, "Mục text còn trống."),
        ("year = 2024\n[[targets]]\ntext = 'A'\n", 2, "Thiếu mục goal."),
        ("year = 2024\n[[targets]]\ntext = 'A'\ngoal = -1\n", 4,
         "Mục goal là con số, không âm và không đặt trong ngoặc kép."),
        ("year = 2024\n[[targets]]\ntext = 'A'\ngoal = inf\n", 4,
         "Mục goal là con số, không âm và không đặt trong ngoặc kép."),
        ("year = 2024\n" + TARGET + "measure = 'tổng'\n", 5,
         "measure phải là sum, distinct_units hoặc share_of_eligible."),
        ("year = 2024\n" + TARGET + "indicator = 'Đoàn viên'\n", 5,
         "indicator chỉ gồm chữ thường không dấu, chữ số và dấu gạch dưới, ví dụ doan_vien_moi."),
        ("year = 2024\n" + TARGET + "indicator = 'a'\n" + TARGET + "indicator = 'a'\n", 9,
         "Đã có chỉ tiêu khác dùng indicator này."),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_and_says_what_is_wrong(text: str, line: int, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_plan(text, "ke-hoach.toml")
    assert caught.value.code == "toml-fault"
    assert caught.value.values == {"name": "ke-hoach.toml", "line": line, "reason": reason}


def test_a_file_without_targets_and_tasks_is_no_plan() -> None:
    with pytest.raises(InputError) as caught:
        parse_plan("year = 2024\n", "ke-hoach.toml")
    assert caught.value.code == "not-a-plan"
