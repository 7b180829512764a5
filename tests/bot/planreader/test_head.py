from __future__ import annotations

from datetime import date

import pytest

from bot.planreader.reader import read_plan
from domain.plan import PlanHead

BODY = "\n\nII. NHIỆM VỤ\n- Mở lớp.\nThời gian thực hiện: Quý II\n"


def read(head: str) -> tuple[PlanHead, tuple[str, ...]]:
    plan = read_plan("a.txt", (head + BODY).encode())
    return plan.head, plan.warnings


@pytest.mark.parametrize(
    ("head", "number", "issued", "year", "issuer", "title"),
    [
        (
            "LĐLĐ TỈNH BÌNH AN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "CÔNG ĐOÀN XÃ LỘC AN       Độc lập - Tự do - Hạnh phúc\n-------\n"
            "Số: 05/KH-CĐX      Lộc An, ngày 15 tháng 01 năm 2026\n\nKẾ HOẠCH\nHoạt động công đoàn năm 2026",
            "05/KH-CĐX",
            date(2026, 1, 15),
            2026,
            "CÔNG ĐOÀN XÃ LỘC AN",
            "Hoạt động công đoàn năm 2026",
        ),
        (
            "Số: 31/KH- LĐLĐ\n\nHuyện A, ngày 01 tháng 4 năm 2024\n\nKẾ HOẠCH\n\n"
            "Thực hiện Nghị quyết số 02-NQ/TW, ngày 12 tháng 6 năm 2021\nnăm 2024\n\n"
            "Ban Thường vụ Liên đoàn Lao động huyện xây dựng kế hoạch như sau:",
            "31/KH-LĐLĐ",
            date(2024, 4, 1),
            2024,
            "Ban Thường vụ Liên đoàn Lao động huyện",
            "Thực hiện Nghị quyết số 02-NQ/TW, ngày 12 tháng 6 năm 2021 năm 2024",
        ),
        (
            "KẾ HOẠCH CÔNG TÁC NĂM 2025\n\nCăn cứ Quyết định số 5/QĐ-TLĐ ngày 20/12/2024;",
            "",
            None,
            2025,
            "",
            "KẾ HOẠCH CÔNG TÁC NĂM 2025",
        ),
        (
            "CÔNG ĐOÀN PHƯỜNG A\nSố:     /KH-CĐP\nA, ngày    tháng 3 năm 2024\n\nKẾ HOẠCH\n"
            "Thực hiện Đề án giai đoạn 2020 - 2025\n\nKế hoạch thực hiện năm 2024 như sau:",
            "",
            None,
            2024,
            "CÔNG ĐOÀN PHƯỜNG A",
            "Thực hiện Đề án giai đoạn 2020 - 2025",
        ),
        (
            "CÔNG ĐOÀN PHƯỜNG A\nSố: 8/KH-CĐP\nA, ngày 31 tháng 12 năm 2025\n\nKẾ HOẠCH\nTháng Công nhân\n\n"
            "Công đoàn phường triển khai như sau:",
            "8/KH-CĐP",
            date(2025, 12, 31),
            2025,
            "CÔNG ĐOÀN PHƯỜNG A",
            "Tháng Công nhân",
        ),
    ],
)
def test_it_reads_what_names_the_plan(
    head: str, number: str, issued: date | None, year: int, issuer: str, title: str
) -> None:
    assert read(head)[0] == PlanHead(number, issued, year, issuer, title)


def test_it_says_what_the_head_lacks() -> None:
    assert read("KẾ HOẠCH CÔNG TÁC NĂM 2025")[1] == (
        "Em chưa thấy số của kế hoạch.",
        "Em chưa thấy ngày ban hành kế hoạch.",
        "Em chưa thấy tên đơn vị ban hành kế hoạch.",
        "Em chưa thấy chỉ tiêu nào trong văn bản.",
    )
