"""What no target counts is recognised where it is told as done, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language.reader import understand
from domain.understanding import Intent, Uncounted

TODAY = date(2024, 4, 15)
RENEWED, OFFICIALS = Uncounted.RENEWED, Uncounted.OFFICIALS
PART, SMALL = Uncounted.UNION_PART, Uncounted.TOO_SMALL


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ký lại thoả ước hết hạn", RENEWED),
        ("gia hạn thỏa ước 1 năm", RENEWED),
        ("bổ sung phụ lục TULĐTT", RENEWED),
        ("da ky lai TULDTT", RENEWED),
        ("thỏa ước hết hạn, hôm qua ký lại rồi", RENEWED),
        ("đã ký phụ lục thỏa ước ngày 2/4", RENEWED),
        ("hội nghị viên chức ngày 30/3", OFFICIALS),
        ("HN CBCC 16.01", OFFICIALS),
        ("đã họp hội nghị cán bộ công chức", OFFICIALS),
        ("trường mở hn vc sáng nay", OFFICIALS),
        ("tách thêm 1 công đoàn bộ phận", PART),
        ("thành lập 2 tổ công đoàn", PART),
        ("cong doan bo phan moi thanh lap 1", PART),
        ("cty 8 lao động ra mắt công đoàn", SMALL),
        ("quán ăn 6 lao động mới thành lập công đoàn", SMALL),
        ("thành lập 1 CĐCS cty Minh Tâm có 9 cn hôm 2/4", SMALL),
    ],
)
def test_it_says_what_is_not_counted(text: str, what: Uncounted) -> None:
    reading = understand(text, TODAY)
    assert (reading.intent, reading.items, reading.uncounted) == (Intent.OTHER, (), (what,))


@pytest.mark.parametrize(
    ("text", "items", "what"),
    [
        ("kết nạp 5, ký lại thỏa ước", [("doan_vien_moi", 5)], RENEWED),
        ("ký mới 1 thỏa ước, gia hạn 2 thỏa ước", [("tuldtt", 1)], RENEWED),
        ("kết nạp 4, đã họp hội nghị viên chức", [("doan_vien_moi", 4)], OFFICIALS),
        ("thành lập cđcs ở cty Minh Tâm 7 lao động, cty Hải Long 40 lao động", [("cdcs_25", 1)], SMALL),
    ],
)
def test_it_says_so_beside_figures_too(text: str, items: list[tuple[str, int]], what: Uncounted) -> None:
    reading = understand(text, TODAY)
    assert [(item.indicator, item.value) for item in reading.items] == items
    assert reading.uncounted == (what,)


@pytest.mark.parametrize(
    "text",
    [
        "thỏa ước sắp hết hạn",
        "thỏa ước còn hiệu lực tới 2025",
        "chưa gia hạn thỏa ước",
        "sắp gia hạn thỏa ước",
        "gia hạn hợp đồng 3 người",
        "đã ký mới thỏa ước",
        "giấy mời dự hội nghị viên chức ngày 30/3",
        "hội nghị nlđ ngày 3/4, hội nghị viên chức chưa làm",
        "họp tổ công đoàn hôm qua",
        "kế hoạch thành lập tổ công đoàn",
        "doanh nghiệp 9 lao động thì có ra mắt công đoàn được không",
        "thành lập 1 cđcs 30 lao động, bch 5 người",
    ],
)
def test_a_plan_a_question_or_something_that_counts_is_not_explained_away(text: str) -> None:
    assert understand(text, TODAY).uncounted == ()
