from __future__ import annotations

import pytest

from bot.language.normalise import tidy
from bot.language.places import find_places
from bot.language.tokens import Kind, tokenise


def _places(text: str) -> list[str]:
    line = tidy(text)
    return [token.text for token in find_places(tokenise(line), line) if token.kind is Kind.PLACE]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cty Phú Hưng kết nạp 5", "cty Phú Hưng"),
        ("Công ty TNHH Sợi Tân Biên vừa họp", "Công ty TNHH Sợi Tân Biên"),
        ("CĐCS Trường THPT Nguyễn Trãi báo cáo", "Trường THPT Nguyễn Trãi"),
        ("tram y te xa Loc Ninh ket nap 1", "tram y te xa Loc Ninh"),
        ("HTX Nông nghiệp Bàu Đồn, 14 lao động", "HTX Nông nghiệp Bàu Đồn"),
        ("xưởng nem Bà Chín, mười chín người", "xưởng nem Bà Chín"),
        ("ở cty thức ăn chăn nuôi Việt Phát", "cty thức ăn chăn nuôi Việt Phát"),
        ("Trường Mầm non 19/5 kết nạp 3 cô", "Trường Mầm non 19/5"),
        ("Trường tiểu học Tân Lập 2 kết nạp 1 thầy", "Trường tiểu học Tân Lập 2"),
        ("cty Gạch Tân Phú 22 lđ", "cty Gạch Tân Phú"),
        ("công ty may sông đà kết nạp 16", "công ty may sông đà"),
        ("truong mam non hoa sen ket nap 2 co", "truong mam non hoa sen"),
        ("cty go minh long 19 cn", "cty go minh long"),
        ("TRẠM Y TẾ XÃ TÂN HƯNG KẾT NẠP 02", "TRẠM Y TẾ XÃ TÂN HƯNG"),
        ("Cty Cơ điện Á-Âu kết nạp 2", "Cty Cơ điện Á-Âu"),
        ("cty Giày Ba Con Rồng kết nạp 12", "cty Giày Ba Con Rồng"),
        ("quán Cô Ba ký thỏa ước", "quán Cô Ba"),
        ("cơ sở Chị Em kết nạp 3 bạn", "cơ sở Chị Em"),
        ("công ty Thành Lập Phát kết nạp 4", "công ty Thành Lập Phát"),
        ("cty hồ đông kết nạp 8 đv", "cty hồ đông"),
        ("CTY TNHH MAY HỒ ĐÔNG ĐỐI THOẠI", "CTY TNHH MAY HỒ ĐÔNG"),
        ("Xí nghiệp 71 kết nạp 4 công nhân", "Xí nghiệp 71"),
        ("Trường THCS Trần Phú 2 hôm qua kết nạp 1 thầy", "Trường THCS Trần Phú 2"),
        ("Trường THCS Trần Phú 2 có 1 thầy", "Trường THCS Trần Phú 2"),
        ("Resort Biển Xanh đối thoại", "Resort Biển Xanh"),
        ("Nghiệp đoàn bốc xếp chợ Đầm kết nạp 6", "Nghiệp đoàn bốc xếp chợ Đầm"),
        ("trạm y tế phường 5 kết nạp 1", "trạm y tế phường 5"),
        ("Trường Tiểu học - THCS Nguyễn Du kết nạp 2", "Trường Tiểu học - THCS Nguyễn Du"),
        ("Công ty CP Xây dựng & Thương mại 36 kết nạp 5", "Công ty CP Xây dựng & Thương mại 36"),
        ("Công ty Đầu tư và Phát triển Nhà Bè họp", "Công ty Đầu tư và Phát triển Nhà Bè"),
        ("bên BV tu nhân Hồng Đức", "BV tu nhân Hồng Đức"),
    ],
)
def test_it_finds_a_named_workplace_as_written(text: str, place: str) -> None:
    assert _places(text) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "trường em kết nạp 2",
        "công ty tụi em mới thành lập công đoàn",
        "Công Ty Em Kết Nạp 5 Đoàn Viên",
        "cty nợ lương 2 tháng",
        "2 doanh nghiệp trên địa bàn xã tổ chức hội nghị",
        "tại hội trường B",
        "mot tram linh nam doan vien",
        "vừa phát thẻ cho 8 đoàn viên",
        "trường hợp này",
        "cty minh ket nap 5",
        "cty 75 lao động",
        "nhà máy 2 đối thoại hôm qua",
        "phân xưởng lắp ráp kết nạp 10",
        "bên kho kết nạp 3 bạn",
    ],
)
def test_it_takes_generic_words_for_no_place(text: str) -> None:
    assert _places(text) == []


def test_it_finds_each_of_two_places() -> None:
    assert _places("cty May Tân Thịnh 5 đv, cty Gỗ Phước Lộc 8 đv") == [
        "cty May Tân Thịnh",
        "cty Gỗ Phước Lộc",
    ]
