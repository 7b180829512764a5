"""`tiendo invite`: codes for one, for all who are missing, for the office, and on a page to print."""

from __future__ import annotations

import asyncio
import os
import re
import stat
from datetime import date, datetime
from pathlib import Path

import pytest

from domain.people import Invite, Membership, Person, Role
from tests.bot.commands.terminal import Said, Terminal
from tests.fakes.telegram import FakeTelegram

CODE = r"[2-9A-Z]{4}-[2-9A-Z]{4}"


def _without_codes(said: Said) -> list[str]:
    """What was printed, with the parts that differ each time left out."""
    lines = [re.sub(CODE, "MÃ", line) for line in said.out]
    return [re.sub(r"ngày \d+/\d+/\d{4}", "ngày N", line) for line in lines]


def _live(terminal: Terminal) -> list[Invite]:
    with terminal.tables() as uow:
        now = datetime.now().astimezone()
        return [invite for invite in uow.invites.find(used_at=None) if invite.expires_at > now]


UNTIL = "Mỗi mã cho một người, dùng một lần, đến hết ngày N. Đừng đăng mã vào nhóm."


def test_it_makes_a_code_for_a_named_chair(office: Terminal) -> None:
    said = office.types("invite", "hat dieu phuoc minh", "--name", "anh Lê Văn Tám", "--role", "deputy")
    assert (said.code, said.err) == (0, [])
    assert _without_codes(said) == [
        "CĐCS Công ty TNHH Hạt điều Phước Minh (phó chủ tịch, anh Lê Văn Tám): MÃ",
        UNTIL,
    ]
    newest = _live(office)[-1]
    assert (newest.role, newest.person_name) == (Role.DEPUTY, "anh Lê Văn Tám")
    assert re.search(CODE, said.out[0])[0].replace("-", "") == newest.code  # type: ignore[index]


def test_a_code_that_is_out_already_is_shown_again(office: Terminal) -> None:
    before = _live(office)
    said = office.types("invite", "THCK")
    assert _without_codes(said)[0] == "CĐCS Trường Tiểu học Cầu Khởi (chủ tịch, chị Lê Thị Mai): MÃ"
    assert _live(office) == before


def test_it_invites_for_the_office_itself_before_anything_else_is_there(terminal: Terminal) -> None:
    said = terminal.types("invite", "--office", "--role", "leader", "--name", "anh Hồ Văn Bình")
    assert _without_codes(said) == ["Công đoàn cấp trên (lãnh đạo, anh Hồ Văn Bình): MÃ", UNTIL]
    assert (
        _without_codes(terminal.types("invite", "--office"))[0] == "Công đoàn cấp trên (cán bộ văn phòng): MÃ"
    )
    assert [invite.role for invite in _live(terminal)] == [Role.LEADER, Role.STAFF]


def test_it_makes_codes_for_all_unions_without_a_chair(office: Terminal) -> None:
    with office.tables() as uow:
        unit = uow.units.find(code="HDPM")[0]
        person = uow.people.add(Person("Nguyễn Thị Hoa", "chị"))
        uow.memberships.add(Membership(person.id, unit.id, Role.CHAIR, date(2024, 1, 1)))
    lines = _without_codes(office.types("invite", "--missing"))
    assert len(lines) == 9
    assert lines[0] == "CĐCS Cơ quan xã Láng Tre (chủ tịch, chị Đặng Thị Hạnh): MÃ"
    assert not any("Phước Minh" in line for line in lines)


def test_it_says_when_nobody_is_missing(terminal: Terminal) -> None:
    terminal.types("invite", "--office")
    assert terminal.types("invite", "--missing", "--sheet", "the.html").out == [
        "✅ Công đoàn cơ sở nào cũng đã có chủ tịch tham gia, không cần thêm mã."
    ]
    assert "the.html" not in terminal.files()


def test_it_writes_a_page_of_cards_for_its_owner_only(office: Terminal) -> None:
    said = office.types("invite", "--missing", "--sheet", "the.html")
    assert (said.code, said.out) == (0, ["✅ Đã ghi 9 mã vào the.html. Mở bằng trình duyệt rồi in."])
    page = (office.folder / "the.html").read_text(encoding="utf-8")
    assert page.count("<article>") == 9
    assert "chị Nguyễn Thị Hoa" in page
    assert set(re.findall(CODE, page)) == {f"{one.code[:4]}-{one.code[4:]}" for one in _live(office)}
    if os.name == "posix":
        assert stat.S_IMODE((office.folder / "the.html").stat().st_mode) == 0o600


def test_the_page_alone_prints_every_code_that_can_be_used(office: Terminal) -> None:
    office.types("invite", "--office")
    assert office.types("invite", "--sheet", "the.html").out == [
        "✅ Đã ghi 10 mã vào the.html. Mở bằng trình duyệt rồi in."
    ]
    page = (office.folder / "the.html").read_text(encoding="utf-8")
    assert "Cán bộ văn phòng" in page


def test_a_page_that_cannot_be_written_leaves_no_code(office: Terminal) -> None:
    before = _live(office)
    office.writes("the.html", "thẻ cũ")
    said = office.types("invite", "--office", "--sheet", "the.html")
    assert (said.code, said.err) == (2, ["Đã có the.html, em giữ nguyên. Anh/chị chọn tên khác."])
    assert _live(office) == before


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ("khong co",),
            "Không có công đoàn cơ sở nào tên “khong co”. Xem danh sách bằng lệnh: tiendo units list",
        ),
        (
            ("truong",),
            "“truong” có thể là nhiều nơi: CĐCS Trường Mẫu giáo Bàu Vuông (MGBV); CĐCS Trường Tiểu học Cầu "
            "Khởi (THCK). Anh/chị ghi rõ hơn, hoặc ghi mã đơn vị.",
        ),
        (
            ("THCK", "--role", "staff"),
            "Ở CĐCS Trường Tiểu học Cầu Khởi không có vai trò staff: chair, deputy dùng cho công đoàn cơ sở; "
            "staff, leader, admin dùng với --office.",
        ),
        (
            ("--office", "--role", "chair"),
            "Ở Công đoàn cấp trên không có vai trò chair: chair, deputy dùng cho công đoàn cơ sở; staff, "
            "leader, admin dùng với --office.",
        ),
        (
            (),
            "Mã cho ai? Ghi tên đơn vị, hoặc --office (văn phòng), hoặc --missing (mọi nơi chưa có chủ tịch "
            "tham gia).",
        ),
        (("THCK", "--missing"), "Chỉ chọn một: tên đơn vị, --office hoặc --missing."),
        (
            ("--missing", "--name", "chị Hoa"),
            "--missing là mã cho chủ tịch của nhiều nơi, không dùng cùng --role hay --name.",
        ),
        (
            ("THCK", "--name", "0912345678"),
            '“0912345678” chưa giống tên người. Ví dụ: --name "chị Nguyễn Thị Hoa".',
        ),
    ],
)
def test_what_cannot_be_invited_is_said_and_makes_no_code(
    office: Terminal, words: tuple[str, ...], line: str
) -> None:
    before = office.files()
    said = office.types("invite", *words)
    assert (said.code, said.out, said.err) == (2, [], [line])
    assert office.files() == before


def test_a_page_without_any_code_is_not_written(terminal: Terminal) -> None:
    terminal.types(
        "plan", "import", str(Path(__file__).parent.parent / "planreader" / "data" / "ke-hoach-mau.txt")
    )
    said = terminal.types("invite", "--sheet", "the.html")
    assert (said.code, said.err) == (
        2,
        ["Không có mã nào đang chờ dùng. Tạo mã bằng lệnh: tiendo invite --missing"],
    )


async def test_a_connected_bot_gives_links_and_squares_to_scan(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeTelegram() as telegram:
        monkeypatch.setenv("TIENDO_TELEGRAM_TOKEN", telegram.token)
        office.writes("config.toml", f'[telegram]\nbase_url = "{telegram.base_url}"\n')
        said = await asyncio.to_thread(office.types, "invite", "THCK")
        page = await asyncio.to_thread(office.types, "invite", "THCK", "--sheet", "the.html")
    code = re.search(CODE, said.out[0])
    assert code
    assert re.fullmatch(r"  https://t\.me/\w+\?start=" + code[0].replace("-", ""), said.out[1])
    assert page.code == 0
    assert '<svg class="qr"' in (office.folder / "the.html").read_text(encoding="utf-8")


def test_without_an_answer_from_telegram_the_codes_still_come(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIENDO_TELEGRAM_TOKEN", "70000001:fake-credential-for-tests-only-000")
    office.writes("config.toml", '[telegram]\nbase_url = "http://127.0.0.1:1/bot"\n')
    said = office.types("invite", "THCK")
    assert said.code == 0
    assert said.err == [
        "Em chưa hỏi được Telegram tên của bot nên mã không kèm đường dẫn và mã QR; nhắn mã cho trợ lý "
        "vẫn được."
    ]
    assert len(said.out) == 2
