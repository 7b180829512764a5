"""A small plan of 2024 with the six targets of the usual kind and tasks of every kind of window."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from domain.plan import Measure, PlanHead, Target, Task, YearPlan

HEAD = PlanHead("31/KH-CĐ", date(2024, 4, 1), 2024, "Công đoàn phường An Hòa", "Kế hoạch công tác năm 2024")
SHARE, DISTINCT = Measure.SHARE_OF_ELIGIBLE, Measure.DISTINCT_UNITS
TARGETS = (
    Target("doan_vien_moi", "Kết nạp mới 106 đoàn viên", Decimal(106), "đoàn viên", Measure.SUM),
    Target(
        "cdcs_10_25",
        "Doanh nghiệp 10-24 lao động có công đoàn: 100%",
        Decimal(100),
        "%",
        Measure.SHARE_OF_ELIGIBLE,
    ),
    Target(
        "cdcs_25",
        "Doanh nghiệp từ 25 lao động có công đoàn: 100%",
        Decimal(100),
        "%",
        Measure.SHARE_OF_ELIGIBLE,
    ),
    Target("tuldtt", "Ký mới thỏa ước: 1 doanh nghiệp", Decimal(1), "doanh nghiệp", DISTINCT),
    Target("hoi_nghi_nld", "Hội nghị: 20 doanh nghiệp", Decimal(20), "doanh nghiệp", DISTINCT),
    Target("doi_thoai", "Đối thoại: 21 doanh nghiệp", Decimal(21), "doanh nghiệp", DISTINCT),
)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
SPRING = (date(2024, 1, 1), date(2024, 3, 31))


def task(
    group: str, text: str, days: tuple[date, date], when: str | None = None, recurring: bool = False
) -> Task:
    titles = {"1": "Tuyên truyền, giáo dục", "2": "Xây dựng tổ chức", "3": "Phối hợp công tác"}
    return Task(group, titles[group], text, when, *days, recurring)


TASKS = (
    task("1", "Tuyên truyền nghị quyết đến đoàn viên", YEAR, "Thường xuyên", recurring=True),
    task("1", "Duy trì nhóm Zalo của công đoàn cơ sở", YEAR, "Thường xuyên", recurring=True),
    task("2", "Tổ chức hội nghị học tập nghị quyết", SPRING, "Quý I/2024"),
    task("2", "Lập kế hoạch kỷ niệm ngày thành lập", SPRING, "Quý I/2024"),
    task("2", "Tập huấn cán bộ công đoàn", (date(2024, 3, 1), date(2024, 10, 31)), "từ tháng 3 đến tháng 10"),
    task("2", "Hướng dẫn đối thoại định kỳ", (date(2024, 4, 1), date(2024, 4, 20)), "trước 20/4"),
    task("2", "Kiểm tra việc thu kinh phí", (date(2024, 7, 1), date(2024, 9, 30)), "Quý III/2024"),
    task("3", "Góp ý dự thảo luật", YEAR),
)
PLAN = YearPlan(HEAD, TARGETS, TASKS)
