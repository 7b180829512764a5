from __future__ import annotations

import pytest

from bot.planreader.frames import year_frame
from bot.planreader.inlinetimes import heading_time, is_only_time, time_in

YEAR = year_frame(2026)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Báo cáo kết quả về Công đoàn tỉnh trước ngày 15/11/2026", "trước ngày 15/11/2026"),
        ("Ngày 04/3/2026, tổ chức giải bóng chuyền", "Ngày 04/3/2026"),
        ("Tổ chức hội nghị trong tháng 5/2026 tại xã", "trong tháng 5/2026"),
        ("Hằng tháng sinh hoạt chuyên đề", "Hằng tháng"),
        ("Tổ chức đối thoại định kỳ 1 lần/năm", "1 lần/năm"),
        ("Mở lớp tập huấn, Quý II/2026", "Quý II/2026"),
        ("Phấn đấu đến tháng 9/2026 hoàn thành đổi thẻ", "Phấn đấu đến tháng 9/2026"),
        ("Khám sức khỏe từ 01/3 đến 15/3/2026 cho nữ", "từ 01/3 đến 15/3/2026"),
        ("Tháng 5: phát động thi đua", "Tháng 5"),
    ],
)
def test_it_finds_the_time_in_a_sentence(text: str, when: str) -> None:
    assert time_in(text, YEAR) == when


@pytest.mark.parametrize(
    "text",
    [
        "Sơ kết 6 tháng đầu năm",
        "Báo cáo quý I/2026 gửi Công đoàn tỉnh",
        "Triển khai Nghị quyết số 02-NQ/TW, ngày 12/6/2026 của Bộ Chính trị",
        "Kỷ niệm 95 năm Ngày thành lập (28/7/1929 - 28/7/2024)",
        "Tổ chức tọa đàm chào mừng 20/10",
        "Hoạt động nhân Tháng Công nhân",
        "Thực hiện mức đóng từ ngày 01/7/2025",
        "Chi thường xuyên đúng quy định",
        "Làm việc với ngân hàng quý khách",
        "Xây dựng kế hoạch đào tạo năm 2026",
        "Học tập Nghị quyết Đại hội X, nhiệm kỳ 2023-2028",
        "Thời gian, địa điểm do thỏa thuận",
        "",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert time_in(text, YEAR) is None


@pytest.mark.parametrize(
    ("title", "when"),
    [
        ("QUÝ III/2026 (Tháng 7 – 9)", "QUÝ III/2026 (Tháng 7 – 9)"),
        ("THÁNG 01/2026", "THÁNG 01/2026"),
        ("Chăm lo Tết (tháng 01, 02)", "tháng 01, 02"),
        ("Tháng 10 (chào mừng 20/10)", "Tháng 10"),
        ("Quý I: Tuyên truyền", "Quý I"),
        ("Tuyên truyền", None),
        ("Công tác năm 2026", None),
        ("Tháng Công nhân", None),
    ],
)
def test_it_knows_a_heading_that_gives_a_time(title: str, when: str | None) -> None:
    assert heading_time(title, YEAR) == when


def test_a_time_beside_other_words_is_not_only_a_time() -> None:
    assert is_only_time("từ ngày 01/3 đến hết ngày 15/3/2026", YEAR)
    assert not is_only_time("Tháng 3 của thanh niên", YEAR)
