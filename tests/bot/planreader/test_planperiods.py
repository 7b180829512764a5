from __future__ import annotations

from datetime import date

import pytest

from bot.planreader.frames import school_frame, year_frame, years_frame
from bot.planreader.planperiods import period_in
from domain.plan import PeriodKind, PlanPeriod

OCTOBER = PlanPeriod(PeriodKind.MONTH, date(2025, 10, 1), date(2025, 10, 31))
THIRD_QUARTER = PlanPeriod(PeriodKind.QUARTER, date(2026, 7, 1), date(2026, 9, 30))
SECOND_HALF = PlanPeriod(PeriodKind.HALF, date(2026, 7, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Công tác tháng 10 năm 2025", OCTOBER),
        ("KẾ HOẠCH CÔNG TÁC THÁNG 10/2025", OCTOBER),
        ("Quý III năm 2026", THIRD_QUARTER),
        ("Công tác quý 3/2026", THIRD_QUARTER),
        ("Nhiệm vụ 6 tháng cuối năm 2026", SECOND_HALF),
        ("Hoạt động công đoàn năm học 2025 – 2026", school_frame(2025)),
        ("Hoạt động năm học: 2025-2026", school_frame(2025)),
        ("Phát triển đoàn viên giai đoạn 2026-2030", years_frame(2026, 2030)),
        ("Thực hiện Nghị quyết Đại hội, nhiệm kỳ 2023-2028, năm 2026", year_frame(2026)),
        ("Thực hiện Nghị quyết số 02-NQ/TW ngày 12 tháng 6 năm 2021 năm 2024", year_frame(2024)),
        ("Tháng Công nhân năm 2026", year_frame(2026)),
        ("Từ tháng 3 đến tháng 5 năm 2026", year_frame(2026)),
        ("Tháng An toàn vệ sinh lao động", None),
    ],
)
def test_the_title_names_the_period(title: str, period: PlanPeriod | None) -> None:
    assert period_in(title) == period


def test_two_years_of_a_school_are_a_school_year() -> None:
    assert period_in("Kế hoạch năm 2025-2026", of_school=True) == school_frame(2025)
    assert period_in("Kế hoạch năm 2025-2026") == years_frame(2025, 2026)
