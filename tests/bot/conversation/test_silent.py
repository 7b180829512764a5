"""Who asks which units have not reported reads it in whole sentences: staff, a leader, a chair."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.conversation.dialogues import build_router
from bot.services.ledger import add
from bot.services.report_closing import close, keep_open
from domain.ledger import Report, ReportState
from domain.people import Invite, Membership, Role, Unit, UnitKind, UnitLevel
from tests.people import MONDAY, Chat, House

JUNE_13 = datetime(2024, 6, 13, 2, 0, tzinfo=UTC)
JUNE_20 = datetime(2024, 6, 20, 2, 0, tzinfo=UTC)
JUNE_21 = datetime(2024, 6, 21, 2, 0, tzinfo=UTC)
ALL_SILENT = "Quý II (hạn thứ Năm 20/6, còn 7 ngày): 0/4 đơn vị đã chốt, 4 chưa báo."
REMINDING = "Em vẫn nhắc các đơn vị theo lịch; việc gấp thì {you} gọi điện giúp em."


@pytest.fixture
def chat(small_house: House) -> Chat:
    return Chat(small_house, build_router().answer, JUNE_13)


def close_units(chat: Chat, *codes: str, quarter: int = 2) -> None:
    with chat.house.context("staff", chat.now) as context:
        period = context.uow.periods.find(year=2024, number=quarter)[0]
        for code in codes:
            close(context, chat.house.units[code], period)


def report(chat: Chat, code: str) -> None:
    with chat.house.context("staff", chat.now) as context:
        period = context.uow.periods.find(year=2024, number=2)[0]
        for indicator, value in (("doan_vien_moi", 12), ("doi_thoai", 1)):
            unit_id = chat.house.units[code].id
            add(context, Report(indicator, value, unit_id, period.id, ReportState.PENDING, indicator, MONDAY))


def add_unions(chat: Chat, count: int) -> None:
    with chat.house.context() as context:
        for place in range(1, count + 1):
            name = f"CĐCS Cao su Đội {place:02d}"
            context.uow.units.add(Unit(f"x{place}", name, UnitLevel.GRASSROOTS, UnitKind.ENTERPRISE))


def test_staff_read_counts_then_silent_then_partial_units(chat: Chat) -> None:
    add_unions(chat, 1)
    close_units(chat, "dieu")
    report(chat, "may")
    with chat.house.context("staff", chat.now) as context:
        context.uow.people.change(chat.house.people["nurse"].id, phone="0912 345 678")
        period = context.uow.periods.find(year=2024, number=2)[0]
        keep_open(context, chat.house.units["truong"], period)
    assert chat.say("staff", "/chuabao") == [
        "Quý II (hạn thứ Năm 20/6, còn 7 ngày): 1/5 đơn vị đã chốt, 2 đang báo dở, 2 chưa báo.\n"
        "Chưa báo:\n"
        "• CĐCS Cao su Đội 01: chưa tham gia\n"
        "• CĐCS Trạm Y tế xã Lộc Ninh: chị Võ Thị Sáu, 0912 345 678\n"
        "Đang báo dở:\n"
        "• CĐCS May Suối Đá: 12 đoàn viên mới, 1 cuộc đối thoại\n"
        "• CĐCS Trường Tiểu học Cầu Khởi: chưa có số nào được xác nhận\n"
        "Nơi đã tham gia em vẫn nhắc theo lịch; nơi chưa tham gia chị gõ /chuatham để lấy mã mời."
    ]


def test_the_name_on_a_code_and_a_lost_chat_are_told(chat: Chat) -> None:
    close_units(chat, "dieu", "truong")
    tram = chat.house.units["tram"].id
    with chat.house.context() as context:
        context.uow.contacts.change_where({"chat_id": "other_chair"}, state="unreachable")
        context.uow.memberships.change_where({"unit_id": tram}, valid_to=date(2024, 6, 1))
        context.uow.invites.add(Invite("A", tram, Role.CHAIR, "chị Lý Thị Mai", MONDAY, MONDAY))
    assert chat.say("leader", "/chuabao") == [
        "Quý II (hạn thứ Năm 20/6, còn 7 ngày): 2/4 đơn vị đã chốt, 2 chưa báo.\n"
        "Chưa báo:\n"
        "• CĐCS May Suối Đá: anh Trần Minh Đức (em không nhắn tới được)\n"
        "• CĐCS Trạm Y tế xã Lộc Ninh: chị Lý Thị Mai (chưa tham gia)\n" + REMINDING.format(you="anh")
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "/chuabao",
        "chưa báo",
        "chua bao cao",
        "ai chưa báo cáo",
        "ai chua nop",
        "Đơn vị nào chưa báo cáo?",
        "danh sách chưa báo cáo",
        "đơn vị nào chưa báo cáo quý này",
        "don vi nao chua nop quy nay vay em",
        "ai chưa báo cáo quý 2",
        "cho chị danh sách đơn vị chưa báo cáo",
    ],
)
@pytest.mark.parametrize("who", ["staff", "leader"])
def test_the_office_asks_in_its_own_words(chat: Chat, who: str, typed: str) -> None:
    (answer,) = chat.say(who, typed)
    assert answer.splitlines()[0] == ALL_SILENT


@pytest.mark.parametrize("typed", ["/chuabao quý 1", "/chuabao 1", "ai chưa báo cáo quý I", "chưa báo quý 1"])
def test_another_quarter_is_named_and_said_to_be_over(chat: Chat, typed: str) -> None:
    close_units(chat, "dieu", "truong", "tram", quarter=1)
    expected = (
        "Quý I (hạn thứ Tư 20/3 đã qua): 3/4 đơn vị đã chốt (3 sau hạn), 1 chưa báo.\n"
        "Chưa báo:\n"
        "• CĐCS May Suối Đá: anh Trần Minh Đức\n"
        "Kỳ này đã khép, số báo bây giờ em ghi vào kỳ đang mở. Chị gõ /tiendo để xem tiến độ chung."
    )
    (answer,) = chat.say("staff", typed)
    assert answer == expected


def test_a_quarter_that_has_not_begun_is_said_to_be_so(chat: Chat) -> None:
    assert chat.say("staff", "/chuabao quý 4") == [
        "Quý IV năm 2024 chưa bắt đầu nên chưa đơn vị nào phải báo. Chị gõ /chuabao để xem kỳ đang mở."
    ]


@pytest.mark.parametrize(
    ("now", "due"), [(JUNE_20, "hạn hôm nay, thứ Năm 20/6"), (JUNE_21, "hạn thứ Năm 20/6 đã qua")]
)
def test_the_period_past_its_cutoff_is_at_hand_until_it_is_over(chat: Chat, now: datetime, due: str) -> None:
    chat.now = now
    (answer,) = chat.say("staff", "/chuabao")
    assert answer.splitlines()[0] == f"Quý II ({due}): 0/4 đơn vị đã chốt, 4 chưa báo."


def test_staff_hear_when_all_have_closed(chat: Chat) -> None:
    close_units(chat, "dieu", "may", "truong")
    chat.now = JUNE_20
    close_units(chat, "tram")
    assert chat.say("staff", "/chuabao") == [
        "✅ Quý II: cả 4 đơn vị đã chốt báo cáo, đều đúng hạn.\nChị gõ /tiendo để xem tiến độ chung."
    ]


def test_staff_hear_how_many_closed_late(chat: Chat) -> None:
    close_units(chat, "dieu", "may", "truong")
    chat.now = JUNE_21
    close_units(chat, "tram")
    assert chat.say("leader", "/chuabao") == [
        "✅ Quý II: cả 4 đơn vị đã chốt báo cáo, 1 đơn vị chốt sau hạn.\nAnh gõ /tiendo để xem tiến độ chung."
    ]


def test_long_lists_come_in_pages_of_ten(chat: Chat) -> None:
    add_unions(chat, 8)
    report(chat, "may")
    (first,) = chat.say("staff", "/chuabao")
    assert first.splitlines()[0].endswith("0/12 đơn vị đã chốt, 1 đang báo dở, 11 chưa báo.")
    assert first.count("•") == 10
    assert "Đang báo dở" not in first
    assert first.splitlines()[-2] == "(trang 1/2)"
    assert chat.choices("staff") == ["Trang sau"]
    (second,) = chat.tap("staff", "Trang sau")
    assert second == (
        "Quý II (hạn thứ Năm 20/6, còn 7 ngày): 0/12 đơn vị đã chốt, 1 đang báo dở, 11 chưa báo.\n"
        "Chưa báo:\n"
        "• CĐCS Trường Tiểu học Cầu Khởi: chị Phạm Thị Lan\n"
        "Đang báo dở:\n"
        "• CĐCS May Suối Đá: 12 đoàn viên mới, 1 cuộc đối thoại\n"
        "(trang 2/2)\n"
        "Nơi đã tham gia em vẫn nhắc theo lịch; nơi chưa tham gia chị gõ /chuatham để lấy mã mời."
    )


def test_an_office_without_unions_hears_so(chat: Chat) -> None:
    with chat.house.context() as context:
        context.uow.units.change_where({"level": UnitLevel.GRASSROOTS}, valid_to=date(2024, 6, 1))
    assert chat.say("staff", "/chuabao") == [
        "Kỳ này chưa có công đoàn cơ sở nào phải báo. Gõ /donvi để xem danh sách đơn vị."
    ]


# Somebody who reports for a unit


def test_a_chair_reads_of_the_own_unit_only(chat: Chat) -> None:
    unit = "Quý II (hạn thứ Năm 20/6, còn 7 ngày): CĐCS Hạt điều Phước Minh "
    others = "Các đơn vị khác thì chỉ văn phòng xem được."
    write = (
        "Chị có số thì nhắn em, ví dụ: kết nạp 5 đoàn viên ngày 13/6, đối thoại 1 lần; "
        "không có gì mới thì nhắn không phát sinh."
    )
    more = (
        "Chị có số mới thì nhắn em, ví dụ: kết nạp 5 đoàn viên ngày 13/6, đối thoại 1 lần; "
        "không còn gì thêm thì nhắn đủ rồi."
    )
    assert chat.say("chair", "ai chưa báo cáo") == [f"{unit}chưa có số nào.\n{write}\n{others}"]
    report(chat, "dieu")
    assert chat.say("chair", "/chuabao") == [
        f"{unit}đang có 12 đoàn viên mới, 1 cuộc đối thoại, chưa chốt.\n{more}\n{others}"
    ]
    chat.say("chair", "đủ rồi")
    assert chat.say("chair", "/chuabao") == [f"{unit}đã chốt, em cảm ơn chị.\n{others}"]


def test_a_line_that_only_mentions_it_is_no_question(chat: Chat) -> None:
    (answer,) = chat.say("staff", "hai đơn vị kia chưa báo thì để mai chị gọi")
    assert answer.startswith("Em chưa hiểu tin này")


def test_a_chair_gets_no_page_of_the_others(chat: Chat) -> None:
    (answer,) = chat.tap_action("chair", "chuabao.page:2.0")
    assert answer.startswith("Việc này em chưa làm cho ")


def test_a_question_of_a_chair_still_goes_to_the_office(chat: Chat) -> None:
    (answer,) = chat.say("chair", "đơn vị nào chưa báo cáo quý này vậy em")
    assert "CĐCS May Suối Đá" not in answer


def test_staff_who_chair_a_union_read_the_whole_list(chat: Chat) -> None:
    with chat.house.context() as context:
        staff, may = chat.house.people["staff"], chat.house.units["may"]
        context.uow.memberships.add(Membership(staff.id, may.id, Role.DEPUTY, date(2024, 1, 1)))
    (answer,) = chat.say("staff", "ai chưa báo cáo quý 2")
    assert answer.splitlines()[0] == ALL_SILENT
