from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.invites import (
    code_in,
    create_invite,
    create_link_code,
    is_code_tried,
    last_day,
    live_invites,
    show_code,
    split_name,
)
from domain.errors import InputError
from domain.people import Role
from tests.people import MONDAY, House

CODE = "HCK497QT"


@pytest.mark.parametrize(
    "typed",
    [
        "HCK497QT",
        "HCK4-97QT",
        "hck4-97qt",
        " hck4 97qt ",
        "h c k 4 9 7 q t",
        "HCK4–97QT",
        "HCK4\u200b-97QT",
        "Mã của em là hck4-97qt ạ",
        "Chào chị Hoa. Đây là mã để chủ tịch CĐCS Hạt điều Phước Minh tham gia:\nHCK4-97QT\n"
        "Bấm vào đây: https://t.me/an_hoa_bot?start=HCK497QT",
        "HCK4-97QṬ",
    ],
)
def test_it_reads_a_code_however_it_is_typed(typed: str) -> None:
    assert code_in(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "xin chào",
        "kết nạp 5 đoàn viên ngày 12/4",
        "0987654321",
        "2345-6789",
        "CPTM TNHH",
        "HCK4-97Q",
        "HCK4-97QTX",
        "/baocao",
        "2024-2025",
    ],
)
def test_it_finds_no_code_where_there_is_none(typed: str) -> None:
    assert code_in(typed) == ""


@pytest.mark.parametrize(
    ("typed", "tried"),
    [("HCK4-97Q", True), ("ABCD1234", True), ("0987654321", False), ("kết nạp 5", False), ("tiendo", False)],
)
def test_it_knows_a_code_with_a_slip(typed: str, tried: bool) -> None:
    assert is_code_tried(typed) is tried


@pytest.mark.parametrize("typed", ["8CK4-97QT", "BCK4-97QT"])
def test_it_takes_a_letter_for_the_digit_that_it_looks_like(typed: str) -> None:
    assert code_in(typed) == "8CK497QT"


@given(st.text(max_size=40))
def test_it_reads_nothing_but_codes_out_of_any_text(text: str) -> None:
    found = code_in(text)
    assert found == "" or (len(found) == 8 and code_in(show_code(found)) == found)


@pytest.mark.parametrize(
    ("typed", "address", "name"),
    [
        ("chị Nguyễn Thị Hoa", "chị", "Nguyễn Thị Hoa"),
        ("Anh Trần Minh Đức", "anh", "Trần Minh Đức"),
        ("nguyễn thị hoa", "", "Nguyễn Thị Hoa"),
        ("NGUYỄN THỊ HOA", "", "Nguyễn Thị Hoa"),
        ("đ/c Lê Văn Tám", "", "Lê Văn Tám"),
        ("đồng chí chị Lan", "chị", "Lan"),
        ("cô Phạm Thị Lan", "chị", "Phạm Thị Lan"),
        ("thầy Tú", "anh", "Tú"),
        ("Chu Văn An", "", "Chu Văn An"),
        ("Anh", "", "Anh"),
        ("", "", ""),
    ],
)
def test_it_parts_the_form_of_address_from_the_name(typed: str, address: str, name: str) -> None:
    assert split_name(typed) == (address, name)


def test_it_makes_codes_that_are_short_and_hard_to_mistake(house: House) -> None:
    with house.context("staff") as context:
        codes = [
            create_invite(context, house.units["dieu"], Role.DEPUTY, f"Lê Văn {letter}").code
            for letter in "ABCDEFGH"
        ]
    assert len(set(codes)) == 8
    for code in codes:
        assert len(code) == 8
        assert not set(code) & set("01OIAEUYDW")
        assert code_in(show_code(code).lower()) == code


def test_it_is_valid_for_as_long_as_the_office_says(house: House) -> None:
    with house.context("staff") as context:
        invite = create_invite(context, house.units["dieu"], Role.CHAIR, "chị Hoa")
        assert invite.expires_at == MONDAY + timedelta(days=30)
        assert last_day(context, invite).isoformat() == "2024-05-15"


def test_it_withdraws_the_earlier_code_for_the_same_person(house: House) -> None:
    dieu, may = house.units["dieu"], house.units["may"]
    with house.context("staff") as context:
        first = create_invite(context, dieu, Role.CHAIR, "chị Nguyễn Thị Hoa")
        others = [
            create_invite(context, dieu, Role.DEPUTY, "chị Nguyễn Thị Hoa"),
            create_invite(context, dieu, Role.CHAIR, "anh Lê Văn Tám"),
            create_invite(context, may, Role.CHAIR, "chị Nguyễn Thị Hoa"),
        ]
        second = create_invite(context, dieu, Role.CHAIR, "nguyen thi hoa")
        live = {invite.id for invite in live_invites(context)}
    assert live == {invite.id for invite in others} | {second.id}
    assert first.id not in live


@pytest.mark.parametrize(("unit", "role"), [("dieu", Role.STAFF), ("van-phong", Role.CHAIR)])
def test_it_refuses_a_role_at_the_wrong_kind_of_unit(house: House, unit: str, role: Role) -> None:
    with house.context("admin") as context, pytest.raises(InputError, match="role_not_here"):
        create_invite(context, house.units[unit], role)


def test_it_keeps_one_code_for_a_second_channel(house: House) -> None:
    with house.context("chair") as context:
        person_id = house.people["chair"].id
        first = create_link_code(context, person_id)
        second = create_link_code(context, person_id)
        assert second.expires_at == MONDAY + timedelta(days=1)
        assert context.uow.invites.get(first.id).expires_at == MONDAY
        assert live_invites(context) == []


def test_it_notes_who_made_a_code_without_naming_anybody(house: House) -> None:
    with house.context("staff") as context:
        invite = create_invite(context, house.units["dieu"], Role.CHAIR, "chị Nguyễn Thị Hoa")
        entry = context.uow.audit.first("-id")
    assert entry is not None
    assert (entry.person_id, entry.action, entry.record_id) == (
        house.people["staff"].id,
        "invite.create",
        invite.id,
    )
    assert "Hoa" not in entry.detail
    assert invite.code not in entry.detail
