"""`tiendo check`: numbered problems with their mends; hints alone are no failure; nothing is changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.messages import InboxRow, InboxState
from domain.people import Contact, ContactState, Membership, Person, Role
from tests.bot.commands.terminal import PLAN, Terminal

NAMED = '[office]\nname = "Công đoàn xã Suối Đá"\n'
TOKEN = "123456789:" + "A" * 35
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def ready(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal with nothing to say of the settings; the plan's year is 2024."""
    terminal.writes("config.toml", NAMED + "[year]\nplan = 2024\n")
    monkeypatch.setenv("TIENDO_TELEGRAM_TOKEN", TOKEN)
    return terminal


def test_it_says_how_to_begin(terminal: Terminal) -> None:
    said = terminal.types("check")
    assert (said.code, said.err) == (0, [])
    assert said.out == [
        "1. [Gợi ý] Chưa đặt tên văn phòng.",
        "   → Điền name và short_name ở nhóm [office] trong config.toml.",
        "2. [Gợi ý] Chưa nối với ứng dụng nhắn tin nào: chương trình chỉ chạy trang thử trên máy này.",
        "   → Muốn dùng Telegram, đặt mã của bot vào TIENDO_TELEGRAM_TOKEN hoặc TIENDO_TELEGRAM_TOKEN_FILE.",
        "3. [Gợi ý] Chưa có cơ sở dữ liệu ở data/tiendo.sqlite3.",
        "   → Bắt đầu bằng: tiendo plan import TỆP, rồi tiendo units import TỆP.",
        "✅ Chạy được, chỉ có mấy gợi ý trên.",
    ]
    assert terminal.files() == {}


def test_it_counts_what_must_be_mended(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIENDO_TELEGRAM_TOKEN", "123")
    terminal.writes("config.toml", NAMED + '[web]\nhost = "0.0.0.0"\n')
    said = terminal.types("check")
    assert said.code == 1
    assert said.out[:4] == [
        "1. [Nên sửa] Trang web mở ở địa chỉ 0.0.0.0, máy khác vào được.",
        '   → Ghi host = "127.0.0.1" ở nhóm [web], trừ khi phía trước có máy chủ trung gian bảo vệ.',
        "2. [Phải sửa] Mã Telegram không đúng dạng.",
        "   → Chép lại trọn mã từ @BotFather: dãy số, dấu hai chấm, rồi khoảng 35 ký tự.",
    ]
    assert said.out[-1] == "Có 2 chỗ cần sửa."


def test_it_names_what_the_office_still_lacks(ready: Terminal, office: Terminal) -> None:
    ready.writes("config.toml", NAMED)
    before = office.files()
    said = office.types("check")
    assert said.code == 0
    assert said.out[2:6] == [
        "2. [Gợi ý] Văn phòng chưa có ai tham gia.",
        "   → Tạo mã bằng lệnh: tiendo invite --office",
        "3. [Gợi ý] 9/9 công đoàn cơ sở chưa có chủ tịch tham gia.",
        "   → In mã bằng lệnh: tiendo invite --missing --sheet TỆP.html",
    ]
    assert said.out[0].startswith("1. [Gợi ý] Chưa nạp kế hoạch năm 20")
    assert office.files() == before


def test_it_names_who_cannot_be_reached_and_what_could_not_be_read(ready: Terminal, office: Terminal) -> None:
    with office.tables() as uow:
        person = uow.people.add(Person("Đặng Thị Thu", "chị"))
        for unit in uow.units.find():
            role = Role.STAFF if unit.level == "office" else Role.CHAIR
            uow.memberships.add(Membership(person.id, unit.id, role, NOW.date()))
        uow.contacts.add(Contact(person.id, "telegram", "1", ContactState.UNREACHABLE, NOW))
        uow.inbox.add(InboxRow("telegram", "7", "{", NOW, state=InboxState.FAILED))
    assert office.types("check").out == [
        "1. [Gợi ý] 1 người không nhận được tin nữa (đã chặn trợ lý hoặc bỏ tài khoản).",
        "   → Gọi hỏi những người ấy; nhờ mở lại trợ lý hoặc gửi mã mới.",
        "2. [Gợi ý] 1 tin gửi đến chưa xử lý được.",
        "   → Nhật ký của tiendo run ghi lý do; người gửi đã được nhờ nhắn lại.",
        "✅ Chạy được, chỉ có mấy gợi ý trên.",
    ]


def test_it_is_content_with_a_complete_office(ready: Terminal, office: Terminal) -> None:
    with office.tables() as uow:
        person = uow.people.add(Person("Đặng Thị Thu", "chị"))
        for unit in uow.units.find():
            role = Role.STAFF if unit.level == "office" else Role.CHAIR
            uow.memberships.add(Membership(person.id, unit.id, role, NOW.date()))
    said = office.types("check")
    assert (said.code, said.out) == (0, ["✅ Mọi thứ đã sẵn sàng."])


def test_an_office_without_units_is_told_how_to_get_them(ready: Terminal) -> None:
    ready.types("invite", "--office")
    assert ready.types("check").out[2:4] == [
        "2. [Gợi ý] Chưa có đơn vị nào.",
        "   → Điền danh sách: tiendo units template TỆP.xlsx, rồi tiendo units import TỆP.xlsx",
    ]


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (
            "UPDATE alembic_version SET version_num = '9999'",
            "1. [Phải sửa] Cơ sở dữ liệu data/tiendo.sqlite3 do bản tiendo mới hơn ghi nên bản này không mở. "
            "Anh/chị cập nhật chương trình; dữ liệu vẫn nguyên.",
        ),
        (
            "DROP TABLE alembic_version",
            "1. [Phải sửa] data/tiendo.sqlite3 không phải cơ sở dữ liệu của tiendo, hoặc đã hỏng. Em không "
            "thay đổi gì trong đó.",
        ),
        (
            "UPDATE alembic_version SET version_num = '0000'",
            "1. [Gợi ý] Cơ sở dữ liệu data/tiendo.sqlite3 thuộc bản cũ hơn.",
        ),
    ],
)
def test_it_looks_at_the_database_without_changing_it(
    ready: Terminal, office: Terminal, statement: str, line: str
) -> None:
    office.changes(statement)
    before = office.files()
    said = office.types("check")
    assert said.out[0] == line
    assert said.code == (0 if "Gợi ý" in line else 1)
    assert office.files() == before


def test_an_empty_database_is_no_fault(ready: Terminal) -> None:
    (ready.folder / "data").mkdir()
    ready.writes("data/tiendo.sqlite3", "")
    said = ready.types("check")
    assert (said.code, said.out[0]) == (0, "1. [Gợi ý] Cơ sở dữ liệu data/tiendo.sqlite3 còn trống.")


def test_broken_settings_are_all_named_at_once(terminal: Terminal) -> None:
    terminal.writes("config.toml", "[periods]\ndue_day = 32\n[lgo]\n")
    said = terminal.types("check")
    assert (said.code, said.out) == (2, [])
    assert [line[:3] for line in said.err] == ["1. ", "2. "]


def test_it_checks_the_words_of_the_office(ready: Terminal) -> None:
    ready.writes("config.toml", NAMED + '[year]\nplan = 2024\n[language]\nvocabulary = "tu-vung"\n')
    (ready.folder / "tu-vung").mkdir()
    ready.writes(
        "tu-vung/a.toml", '[phrases]\nmenber = ["anh em mình"]\n[indicators.tang_qua]\nwords = ["suất quà"]\n'
    )
    said = ready.types("check")
    assert said.code == 1
    assert said.out[:2] == [
        "1. [Phải sửa] Tệp tu-vung/a.toml có mục lạ: [phrases] menber.",
        "   → Có phải ý là [phrases] member không?",
    ]
    assert ready.types("run").err == [
        "Tệp tu-vung/a.toml có mục lạ: [phrases] menber. Có phải ý là [phrases] member không?"
    ]


def test_it_names_an_indicator_of_the_words_that_no_plan_has(ready: Terminal) -> None:
    ready.types("plan", "import", PLAN, "--yes")
    ready.writes("config.toml", NAMED + '[year]\nplan = 2024\n[language]\nvocabulary = "tu-vung"\n')
    (ready.folder / "tu-vung").mkdir()
    ready.writes("tu-vung/a.toml", '[indicators.tang_qua]\nwords = ["suất quà"]\n')
    said = ready.types("check")
    assert any(
        line.endswith("Tệp từ ngữ có chỉ tiêu tang_qua nhưng chưa kế hoạch nào có chỉ tiêu này.")
        for line in said.out
    )
