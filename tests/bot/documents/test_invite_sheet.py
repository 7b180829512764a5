"""The page of invite cards: complete in itself, safe and readable."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from bot.documents.invite_sheet import InviteCard, deep_link, invite_sheet

OFFICE = "Công đoàn xã Suối Đá"
LINK = "https://t.me/tiendo_bot?start=HCK497QT"
CARD = InviteCard("CĐCS Công ty May Suối Đá", "Trần Văn Lâm", "HCK4-97QT", LINK, date(2024, 5, 1))


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        if data.strip() and "{" not in data:
            self.texts.append(data.strip())


def read(page: bytes) -> _Texts:
    parser = _Texts()
    parser.feed(page.decode())
    return parser


def test_a_card_says_who_how_and_until_when() -> None:
    assert read(invite_sheet(OFFICE, [CARD])).texts == [
        "Mã tham gia trợ lý báo cáo của Công đoàn xã Suối Đá",
        "Mã tham gia trợ lý báo cáo của Công đoàn xã Suối Đá",
        "In khổ A4 đúng cỡ 100%, cắt theo đường kẻ, trao mỗi thẻ cho đúng người có tên. "
        "Ai có mã cũng vào được, nên đừng gửi cả trang.",
        "Công đoàn xã Suối Đá",
        "CĐCS Công ty May Suối Đá",
        "Trần Văn Lâm",
        "Quét ô vuông bằng điện thoại rồi bấm",
        "Bắt đầu",
        "(Start). Hoặc nhắn mã này cho trợ lý:",
        "HCK4-97QT",
        "Dùng một lần, đến hết ngày 1/5/2024.",
    ]


def test_without_a_link_the_card_carries_the_code_alone() -> None:
    page = read(invite_sheet(OFFICE, [InviteCard("CĐCS A", "", "HCK4-97QT", "", date(2024, 5, 1))]))
    assert page.texts[-4:] == [
        "Chủ tịch công đoàn cơ sở",
        "Nhắn mã này cho trợ lý:",
        "HCK4-97QT",
        "Dùng một lần, đến hết ngày 1/5/2024.",
    ]
    assert "svg" not in page.tags


def test_the_square_shows_every_module_of_the_link_with_its_quiet_border() -> None:
    page = invite_sheet(OFFICE, [CARD]).decode()
    (path,) = re.findall(r'<path d="([^"]+)"', page)
    drawn = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)
        for step in range(int(width))
    }
    code = QRCode(border=4, error_correction=ERROR_CORRECT_M)
    code.add_data(LINK)
    wanted = {(x, y) for y, row in enumerate(code.get_matrix()) for x, dark in enumerate(row) if dark}
    assert drawn == wanted
    assert min(x for x, _ in drawn) == min(y for _, y in drawn) == 4


def test_names_are_text_and_nothing_is_loaded_from_outside() -> None:
    card = InviteCard("<script>x</script>", '"><img src=x>', "A&B", LINK, date(2024, 5, 1))
    page = invite_sheet("<b>văn phòng</b>", [card])
    found = read(page)
    assert {"script", "img", "link", "iframe"}.isdisjoint(found.tags)
    assert {"<script>x</script>", '"><img src=x>', "A&B", "<b>văn phòng</b>"} <= set(found.texts)
    assert found.attributes.isdisjoint({"src", "href", "srcset", "onclick", "onerror"})
    assert b"url(" not in page
    assert b"@import" not in page


def test_without_codes_it_says_so() -> None:
    assert read(invite_sheet(OFFICE, [])).texts[-1] == "Chưa có mã nào để in."


def test_the_link_opens_the_bot_with_the_code_in_it() -> None:
    assert deep_link("@tiendo_bot", "HCK497QT") == LINK
    assert deep_link(" ", "HCK497QT") == ""
