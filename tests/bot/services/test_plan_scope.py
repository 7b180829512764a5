"""Which stored plan a document replaces."""

from __future__ import annotations

from datetime import date

import pytest

from bot.services.plan_scope import issuer_level, placed, same_document
from domain.plan import PeriodKind, PlanHead, PlanPeriod, YearPlan

OFFICE = "Công đoàn phường An Hòa"


def plan(
    period: PlanPeriod | None = None, issuer: str = OFFICE, number: str = "7/KH", title: str = ""
) -> YearPlan:
    return YearPlan(PlanHead(number, None, 2024, issuer, title), (), (), period=period)


def of(kind: PeriodKind, first: tuple[int, int, int], last: tuple[int, int, int]) -> PlanPeriod:
    return PlanPeriod(kind, date(*first), date(*last))


YEAR = of(PeriodKind.YEAR, (2024, 1, 1), (2024, 12, 31))
OCTOBER = of(PeriodKind.MONTH, (2024, 10, 1), (2024, 10, 31))
AUTUMN = of(PeriodKind.QUARTER, (2024, 10, 1), (2024, 12, 31))
SECOND_HALF = of(PeriodKind.HALF, (2024, 7, 1), (2024, 12, 31))
SCHOOL = of(PeriodKind.SCHOOL_YEAR, (2024, 9, 1), (2025, 5, 31))
TERM = of(PeriodKind.YEARS, (2024, 1, 1), (2028, 12, 31))


@pytest.mark.parametrize(
    ("document", "scope"),
    [
        (plan(), ""),
        (plan(YEAR), ""),
        (plan(issuer=""), ""),
        (plan(issuer="BCH Công đoàn phường An Hòa"), ""),
        (plan(issuer="LIÊN ĐOÀN LAO ĐỘNG TỈNH TÂY NINH"), "tỉnh"),
        (plan(OCTOBER), "month 10"),
        (plan(OCTOBER, issuer="CĐCS Công ty May"), "month 10 cơ sở"),
        (plan(AUTUMN), "quarter 10"),
        (plan(SECOND_HALF), "half 7"),
        (plan(SCHOOL), "school_year"),
        (plan(TERM), "years 2028"),
    ],
)
def test_a_plan_replaces_one_of_its_period_and_level(document: YearPlan, scope: str) -> None:
    assert placed(document, OFFICE).scope == scope


def test_the_offices_own_level_is_the_usual_one() -> None:
    document = plan(issuer="Liên đoàn Lao động tỉnh Tây Ninh")
    assert placed(document, "LĐLĐ tỉnh Tây Ninh").scope == ""


def test_the_head_takes_the_period_along() -> None:
    head = placed(plan(SCHOOL), OFFICE)
    assert (head.kind, head.year, head.period) == (PeriodKind.SCHOOL_YEAR, 2024, SCHOOL)
    assert (placed(plan(), OFFICE).starts_on, placed(plan(), OFFICE).period) == (None, YEAR)


@pytest.mark.parametrize(
    ("number", "title", "scope"),
    [
        ("07/KH-CĐP", "Tháng Công nhân", "special 07 kh cdp"),
        ("", "Tổ chức Tháng Công nhân", "special to chuc thang cong nhan"),
    ],
)
def test_a_plan_of_its_own_is_known_by_its_number_else_by_its_title(
    number: str, title: str, scope: str
) -> None:
    head = placed(plan(number=number, title=title), OFFICE, special=True)
    assert (head.kind, head.scope, head.period.start) == (PeriodKind.SPECIAL, scope, date(2024, 1, 1))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (plan(number="7/kh"), True),
        (plan(number="8/KH"), False),
        (plan(number=""), False),
        (plan(OCTOBER), False),
        (plan(issuer="Liên đoàn Lao động tỉnh Tây Ninh"), False),
    ],
)
def test_a_document_is_known_by_its_number_and_its_days(other: YearPlan, same: bool) -> None:
    assert same_document(placed(plan(), OFFICE), placed(other, OFFICE)) is same


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Tổng Liên đoàn Lao động Việt Nam", "trung ương"),
        ("LĐLĐ TỈNH ĐỒNG THÁP", "tỉnh"),
        ("Công đoàn cơ sở Trường Tiểu học Cầu Khởi", "cơ sở"),
        ("Công đoàn xã Đức Trọng", ""),
        ("Ban Thường vụ Liên đoàn Lao động huyện", ""),
        ("", ""),
    ],
)
def test_it_knows_where_a_body_stands(name: str, level: str) -> None:
    assert issuer_level(name) == level
