"""Members who left stand apart from the new ones: how many, when and where."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language.reader import understand
from domain.understanding import LOSSES, Intent

TODAY = date(2024, 6, 19)


@pytest.mark.parametrize(
    ("text", "members", "gone"),
    [
        ("kết nạp 5, nghỉ 2", 5, 2),
        ("Kết nạp 23 đv, giảm 6", 23, 6),
        ("ĐV 62; tăng 8; giảm 2", 8, 2),
        ("kết nạp 10 nam 5 nữ, giảm 3 nữ", 15, 3),
        ("kết nạp 4 bạn, 2 bạn nghỉ ngang", 4, 2),
        ("có 3 đv xin nghỉ, mới kết nạp 6 bạn", 6, 3),
        ("1 đc từ trần, 1 đc nghỉ hưu, kết nạp mới 4 đc", 4, 2),
        ("1 cô giáo chuyển trường, 2 cô mới vô công đoàn", 2, 1),
        ("đoàn viên: tăng 6; giảm 4 (2 nghỉ hưu, 2 chuyển trường)", 6, 4),
        ("đầu kỳ 50 đoàn viên, tăng 6, giảm 4, cuối kỳ 52", 6, 4),
    ],
)
def test_it_reads_who_left_beside_who_came(text: str, members: int, gone: int) -> None:
    reading = understand(text, TODAY)
    assert (reading.intent, reading.ask) == (Intent.REPORT, None)
    assert [(item.indicator, item.value) for item in reading.items] == [("doan_vien_moi", members)]
    assert [(item.indicator, item.value) for item in reading.losses] == [(LOSSES, gone)]


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("giảm 6", 6),
        ("nghỉ việc 3 đoàn viên", 3),
        ("nghi viec 3 dv", 3),
        ("Số đoàn viên giảm trong kỳ: 3", 3),
        ("giảm 6 (nghỉ việc 4, chuyển đi 2)", 6),
        ("giảm 6, trong đó nghỉ việc 4, chuyển đi 2", 6),
        ("nghỉ hưu 2 đ/c, chuyển công tác 1 đ/c", 3),
        ("chuyển đi 1 đv, chuyển đến 2 đv", 1),
        ("khai trừ 1 đv", 1),
        ("2 bạn nghỉ việc rồi chị", 2),
    ],
)
def test_a_line_may_tell_only_who_left(text: str, gone: int) -> None:
    reading = understand(text, TODAY)
    assert (reading.intent, reading.items, reading.ask) == (Intent.OTHER, (), None)
    assert [item.value for item in reading.losses] == [gone]


@pytest.mark.parametrize(
    ("text", "first", "gone"), [("vô 5 ra 3", 5, 3), ("Vô 7 nghỉ 4 nha chị", 7, 4), ("tăng 5 giảm 2", 5, 2)]
)
def test_who_left_is_sure_where_who_came_is_asked_about(text: str, first: int, gone: int) -> None:
    reading = understand(text, TODAY)
    assert reading.ask is not None
    assert ([item.value for item in reading.items], [item.value for item in reading.losses]) == (
        [first],
        [gone],
    )


def test_each_day_and_place_has_its_own_losses() -> None:
    days = understand("hôm qua 2 bạn nghỉ việc, 1 đồng chí về hưu hôm 1/6", TODAY).losses
    assert [(item.value, item.on) for item in days] == [(2, date(2024, 6, 18)), (1, date(2024, 6, 1))]
    places = understand("cty Phú Hưng giảm 2 đv, cty Tân Lộc giảm 1 đv", TODAY).losses
    assert [(item.value, item.place) for item in places] == [(2, "cty Phú Hưng"), (1, "cty Tân Lộc")]


@pytest.mark.parametrize(
    "text",
    [
        "kết nạp 8 giảm 2 so với quý trước",
        "kết nạp 4, còn 2 bạn nghỉ ốm",
        "kết nạp 5, vượt 3",
        "kết nạp 5, đối thoại 30 người dự, nghỉ 2",
        "đối thoại 1 cuộc 30 người dự, nghỉ 2",
        "dự kiến tháng sau 2 bạn nghỉ hưu",
        "hỏi xíu đv nghỉ việc 3 người thì báo sao",
        "công ty cho thôi việc 40 người",
        "xưởng nghỉ việc 50 công nhân",
        "lễ nghỉ 3 ngày",
        "nghỉ thai sản 2 đv",
        "đảng viên giảm 1",
        "tai nạn giảm 2 vụ",
        "giảm 0",
        "không giảm ai",
        "giảm giờ làm 2 tiếng",
        "bớt 2 đoàn viên nha",
    ],
)
def test_it_counts_nobody_who_has_not_left(text: str) -> None:
    assert understand(text, TODAY).losses == ()
