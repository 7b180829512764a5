from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from bot.planreader.as_json import plan_json
from domain.plan import Measure, PeriodKind, PlanHead, PlanPeriod, Target, Task, YearPlan

WHO = ("Ban A", "Ban B (phối hợp)")
PLAN = YearPlan(
    PlanHead("7/KH-CĐP", date(2024, 4, 1), 2024, "Công đoàn phường An Hòa", "Hoạt động năm 2024"),
    (
        Target("doan_vien_moi", "Kết nạp 106 đoàn viên", Decimal("106"), "đoàn viên", Measure.SUM, 1),
        Target("cdcs_25", "Đạt 85,5%", Decimal("85.5"), "%", Measure.SHARE_OF_ELIGIBLE, 2),
    ),
    (
        Task("1", "Nhóm", "Mở lớp", "Quý I", date(2024, 1, 1), date(2024, 3, 31), False, WHO, 1),
        Task("7", "Góp ý", "Góp ý", "02 lần/năm", date(2024, 1, 1), date(2024, 12, 31), True, (), 2),
    ),
    ("Nhóm 7 không ghi thời gian.",),
)


def test_it_has_exactly_the_keys_that_were_promised() -> None:
    assert plan_json(PLAN) == {
        "number": "7/KH-CĐP",
        "date": "2024-04-01",
        "year": 2024,
        "issuer": "Công đoàn phường An Hòa",
        "title": "Hoạt động năm 2024",
        "targets": [
            {
                "indicator": "doan_vien_moi",
                "text": "Kết nạp 106 đoàn viên",
                "goal": 106,
                "unit": "đoàn viên",
                "measure": "sum",
                "bound": "floor",
            },
            {
                "indicator": "cdcs_25",
                "text": "Đạt 85,5%",
                "goal": 85.5,
                "unit": "%",
                "measure": "share_of_eligible",
                "bound": "floor",
            },
        ],
        "tasks": [
            {
                "group": "1",
                "group_title": "Nhóm",
                "text": "Mở lớp",
                "when": "Quý I",
                "start": "2024-01-01",
                "end": "2024-03-31",
                "recurring": False,
                "assignees": ["Ban A", "Ban B"],
                "leads": ["Ban A"],
                "joins": ["Ban B"],
                "times": None,
            },
            {
                "group": "7",
                "group_title": "Góp ý",
                "text": "Góp ý",
                "when": "02 lần/năm",
                "start": "2024-01-01",
                "end": "2024-12-31",
                "recurring": True,
                "assignees": [],
                "leads": [],
                "joins": [],
                "times": {"count": 2, "per": "year"},
            },
        ],
        "warnings": ["Nhóm 7 không ghi thời gian."],
        "period": {"kind": "year", "start": "2024-01-01", "end": "2024-12-31"},
    }


def test_a_whole_goal_is_printed_whole() -> None:
    assert '"goal": 106,' in json.dumps(plan_json(PLAN))


def test_a_plan_without_a_date_has_null() -> None:
    undated = YearPlan(PlanHead("", None, 2024, "", ""), PLAN.targets, PLAN.tasks)
    assert plan_json(undated)["date"] is None


def test_the_period_and_a_limit_are_printed() -> None:
    limit = Target("vu_khac", "Ngừng việc không quá 02 vụ", Decimal(2), "vụ", Measure.SUM, 1)
    period = PlanPeriod(PeriodKind.SCHOOL_YEAR, date(2025, 9, 1), date(2026, 5, 31))
    printed = plan_json(YearPlan(PLAN.head, (limit,), (), (), period))
    assert printed["period"] == {"kind": "school_year", "start": "2025-09-01", "end": "2026-05-31"}
    assert printed["targets"][0]["bound"] == "ceiling"
