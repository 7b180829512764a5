"""Plans and their periods in words."""

from __future__ import annotations

from datetime import date

import pytest

from domain.plan import PeriodKind, PlanHead, PlanPeriod
from messages_vi.plans import period_name, plan_label, plan_line

MONTH, SPECIAL = PeriodKind.MONTH, PeriodKind.SPECIAL
ISSUED = date(2024, 9, 28)


@pytest.mark.parametrize(
    ("kind", "first", "last", "name"),
    [
        (MONTH, date(2024, 10, 1), date(2024, 10, 31), "tháng 10/2024"),
        (PeriodKind.QUARTER, date(2024, 10, 1), date(2024, 12, 31), "quý IV/2024"),
        (PeriodKind.HALF, date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024"),
        (PeriodKind.HALF, date(2024, 7, 1), date(2024, 12, 31), "6 tháng cuối năm 2024"),
        (PeriodKind.YEAR, date(2024, 1, 1), date(2024, 12, 31), "năm 2024"),
        (PeriodKind.SCHOOL_YEAR, date(2024, 9, 1), date(2025, 5, 31), "năm học 2024-2025"),
        (PeriodKind.YEARS, date(2023, 1, 1), date(2028, 12, 31), "các năm 2023-2028"),
        (SPECIAL, date(2024, 1, 1), date(2024, 12, 31), "chuyên đề năm 2024"),
    ],
)
def test_a_period_is_said_as_people_say_it(kind: PeriodKind, first: date, last: date, name: str) -> None:
    assert period_name(PlanPeriod(kind, first, last)) == name


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (PlanHead("31/KH", None, 2024, "Công đoàn xã A", "Công tác"), "kế hoạch năm 2024"),
        (
            PlanHead("5/KH", None, 2024, "LĐLĐ tỉnh Tây Ninh", "Công tác", scope="tỉnh"),
            "kế hoạch năm 2024 của LĐLĐ tỉnh Tây Ninh",
        ),
        (
            PlanHead("7/KH", None, 2024, "", "Tổ chức Tháng Công nhân", kind=SPECIAL, scope="special 7 kh"),
            "kế hoạch “Tổ chức Tháng Công nhân”",
        ),
        (PlanHead("7/KH", None, 2024, "", "", kind=SPECIAL, scope="x"), "kế hoạch riêng năm 2024"),
    ],
)
def test_a_plan_is_named_by_what_tells_it_from_the_others(head: PlanHead, label: str) -> None:
    assert plan_label(head) == label


def test_a_long_title_is_cut_at_a_word() -> None:
    head = PlanHead("", None, 2024, "", "Chăm lo " * 30, kind=SPECIAL, scope="x")
    assert plan_label(head) == f"kế hoạch “{'Chăm lo ' * 9}Chăm lo…”"


@pytest.mark.parametrize(
    ("number", "issued", "line"),
    [
        (
            "15/KH-CĐP",
            ISSUED,
            "kế hoạch tháng 10/2024, số 15/KH-CĐP, ngày 28/9/2024 (1/10/2024 – 31/10/2024)",
        ),
        ("", None, "kế hoạch tháng 10/2024 (1/10/2024 – 31/10/2024)"),
    ],
)
def test_a_plan_is_listed_with_its_number_its_day_and_its_period(
    number: str, issued: date | None, line: str
) -> None:
    days = (date(2024, 10, 1), date(2024, 10, 31))
    head = PlanHead(
        number, issued, 2024, "", "", kind=MONTH, starts_on=days[0], ends_on=days[1], scope="month 10"
    )
    assert plan_line(head) == line
