from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest

from bot.services.enrolment import (
    Redeemed,
    Refusal,
    Refused,
    create_missing_invites,
    hand_over,
    invite_cards,
    next_role,
    not_joined,
    redeem_code,
)
from bot.services.invites import create_invite, create_link_code, show_code
from domain.messages import Incoming, IncomingKind
from domain.people import Contact, ContactState, Role, Unit, UnitKind, UnitLevel
from tests.people import MONDAY, House

MAY_1 = datetime(2024, 5, 1, 2, 0, tzinfo=MONDAY.tzinfo)


def typed(chat_id: str, account: str = "local", name: str = "") -> Incoming:
    return Incoming(account, chat_id, "m1", MONDAY, IncomingKind.TEXT, sender_name=name)


def invite(house: House, unit: str = "dieu", role: Role = Role.DEPUTY, name: str = "chị Lý Thị Mai") -> str:
    with house.context("staff") as context:
        return create_invite(context, house.units[unit], role, name).code


def redeem(
    house: House,
    chat_id: str,
    code: str,
    *,
    now: datetime = MONDAY,
    account: str = "local",
    agreed: bool = False,
) -> Redeemed | Refused:
    with house.context(now=now) as context:
        return redeem_code(context, typed(chat_id, account), code, agreed=agreed)


def roles(
    house: House, chat_id: str, now: datetime = MONDAY, account: str = "local"
) -> list[tuple[str, Role]]:
    with house.context(now=now) as context:
        contact = context.uow.contacts.first(account=account, chat_id=chat_id)
        assert contact is not None
        held = context.uow.queries.roles_of(contact.person_id, context.today)
    return [(unit.code, role) for unit, role in held]


def test_it_turns_a_stranger_into_the_person_invited(house: House) -> None:
    joined = redeem(house, "new", show_code(invite(house)).lower())
    assert isinstance(joined, Redeemed)
    assert (joined.person.name, joined.person.address) == ("Lý Thị Mai", "chị")
    assert joined.unit == house.units["dieu"]
    assert joined.membership is not None
    assert joined.membership.valid_from == date(2024, 4, 15)
    assert roles(house, "new") == [("dieu", Role.DEPUTY)]


def test_it_takes_the_name_of_the_messenger_where_the_code_has_none(house: House) -> None:
    code = invite(house, name="")
    with house.context() as context:
        joined = redeem_code(context, typed("new", name="Lý Mai"), code)
    assert isinstance(joined, Redeemed)
    assert (joined.person.name, joined.person.address) == ("Lý Mai", "")


def test_it_opens_once(house: House) -> None:
    code = invite(house)
    redeem(house, "first", code)
    assert redeem(house, "second", code) == Refused(Refusal.UNUSABLE)


def test_it_lets_one_of_two_in_who_type_the_same_code_at_once(house: House) -> None:
    code = invite(house)
    together = Barrier(2)

    def try_it(chat_id: str) -> Redeemed | Refused:
        together.wait(timeout=10)
        return redeem(house, chat_id, code)

    with house.context() as context:
        people, held = context.uow.people.count(), context.uow.memberships.count()
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(try_it, ["first", "second"]))
    assert sorted(type(result).__name__ for result in results) == ["Redeemed", "Refused"]
    with house.context() as context:
        assert context.uow.people.count() == people + 1
        assert context.uow.memberships.count() == held + 1


def test_it_never_says_why_a_code_does_not_open(house: House) -> None:
    used, expired, withdrawn = invite(house, name="A"), invite(house, name="B"), invite(house, name="C")
    redeem(house, "first", used)
    invite(house, name="C")
    late = MONDAY + timedelta(days=30)
    answers = [
        redeem(house, "s1", "HHHH2222"),
        redeem(house, "s2", used),
        redeem(house, "s3", expired, now=late),
        redeem(house, "s4", withdrawn),
        redeem(house, "s5", ""),
    ]
    assert answers == [Refused(Refusal.UNUSABLE)] * 5


def test_it_stops_looking_at_codes_for_a_while_after_five_wrong_ones(house: House) -> None:
    code = invite(house)
    pause_over = MONDAY + timedelta(minutes=15)
    wrong = [redeem(house, "guesser", f"HHHH222{digit}") for digit in range(3, 8)]
    assert wrong == [Refused(Refusal.UNUSABLE)] * 4 + [Refused(Refusal.PAUSED, until=pause_over)]
    assert redeem(house, "guesser", code) == Refused(Refusal.PAUSED, until=pause_over)
    almost = pause_over - timedelta(seconds=1)
    assert redeem(house, "guesser", code, now=almost) == Refused(Refusal.PAUSED, until=pause_over)
    assert isinstance(redeem(house, "guesser", code, now=pause_over), Redeemed)


def test_it_counts_wrong_codes_for_each_chat_alone(house: House) -> None:
    code = invite(house)
    for digit in range(3, 8):
        redeem(house, "guesser", f"HHHH222{digit}")
    assert isinstance(redeem(house, "new", code), Redeemed)


def test_it_begins_to_count_anew_after_a_right_code(house: House) -> None:
    first, second = invite(house, name=""), invite(house, "may", name="")
    for digit in range(3, 7):
        redeem(house, "new", f"HHHH222{digit}")
    redeem(house, "new", first)
    for digit in range(3, 7):
        assert redeem(house, "new", f"HHHH222{digit}") == Refused(Refusal.UNUSABLE)
    assert isinstance(redeem(house, "new", second), Redeemed)


def test_it_adds_a_second_unit_to_the_person_of_the_chat(house: House) -> None:
    code = invite(house, "truong", Role.CHAIR, "chị Nguyễn Thị Hoa")
    joined = redeem(house, "chair", code)
    assert isinstance(joined, Redeemed)
    assert joined.person.id == house.people["chair"].id
    assert roles(house, "chair") == [("dieu", Role.CHAIR), ("truong", Role.CHAIR)]


def test_it_asks_before_a_code_for_another_name_is_used_up(house: House) -> None:
    code = invite(house, "truong", Role.CHAIR, "cô Lý Thị Mai")
    asked = redeem(house, "staff", code)
    assert asked == Refused(Refusal.OTHER_NAME, invited="cô Lý Thị Mai", unit=house.units["truong"])
    assert roles(house, "staff") == [("van-phong", Role.STAFF)]
    assert isinstance(redeem(house, "new", code), Redeemed)


def test_it_uses_a_code_for_another_name_once_agreed(house: House) -> None:
    code = invite(house, "truong", Role.CHAIR, "cô Lý Thị Mai")
    assert isinstance(redeem(house, "chair", code, agreed=True), Redeemed)
    assert roles(house, "chair") == [("dieu", Role.CHAIR), ("truong", Role.CHAIR)]
    assert redeem(house, "chair", code, agreed=True) == Refused(Refusal.ALREADY_YOURS)


def test_it_gives_nobody_the_same_role_twice(house: House) -> None:
    redeem(house, "chair", invite(house, "dieu", Role.CHAIR, "chị Nguyễn Thị Hoa"))
    assert roles(house, "chair") == [("dieu", Role.CHAIR)]


def test_it_knows_somebody_who_comes_back(house: House) -> None:
    chair = house.people["chair"]
    with house.context() as context:
        context.uow.memberships.change_where({"person_id": chair.id}, valid_to=date(2024, 3, 31))
    joined = redeem(house, "chair", invite(house, "dieu", Role.CHAIR, "chị Nguyễn Thị Hoa"))
    assert isinstance(joined, Redeemed)
    assert joined.person.id == chair.id


def test_it_gives_a_chat_that_changed_hands_to_the_next_person(house: House) -> None:
    chair = house.people["chair"]
    with house.context() as context:
        context.uow.memberships.change_where({"person_id": chair.id}, valid_to=date(2024, 3, 31))
    joined = redeem(house, "chair", invite(house, "dieu", Role.CHAIR, "anh Lý Văn Nam"))
    assert isinstance(joined, Redeemed)
    assert joined.person.id != chair.id
    with house.context() as context:
        assert context.uow.people.get(chair.id).name == "Nguyễn Thị Hoa"
        assert context.uow.contacts.count(person_id=chair.id) == 0


def test_it_knows_one_person_on_two_channels(house: House) -> None:
    chair = house.people["chair"]
    with house.context("chair") as context:
        code = create_link_code(context, chair.id).code
    joined = redeem(house, "zalo-7", code, account="zalo")
    assert isinstance(joined, Redeemed)
    assert (joined.person.id, joined.unit, joined.membership) == (chair.id, None, None)
    assert roles(house, "zalo-7", account="zalo") == roles(house, "chair") == [("dieu", Role.CHAIR)]
    with house.context() as context:
        assert context.uow.people.get(chair.id).preferred_account == "zalo"
        assert context.uow.people.count(name=chair.name) == 1


@pytest.mark.parametrize(
    ("chat_id", "why"), [("chair", Refusal.ALREADY_YOURS), ("other_chair", Refusal.OTHER_PERSON)]
)
def test_it_links_no_chat_that_has_its_person(house: House, chat_id: str, why: Refusal) -> None:
    with house.context("chair") as context:
        code = create_link_code(context, house.people["chair"].id).code
    assert redeem(house, chat_id, code) == Refused(why)
    assert isinstance(redeem(house, "zalo-7", code, account="zalo"), Redeemed)


def test_it_links_nothing_a_day_later_or_after_the_role_ended(house: House) -> None:
    chair = house.people["chair"]
    with house.context("chair") as context:
        code = create_link_code(context, chair.id).code
    late = redeem(house, "zalo-7", code, account="zalo", now=MONDAY + timedelta(days=1))
    with house.context() as context:
        context.uow.memberships.change_where({"person_id": chair.id}, valid_to=date(2024, 3, 31))
    assert [late, redeem(house, "zalo-8", code, account="zalo")] == [Refused(Refusal.UNUSABLE)] * 2


def test_it_takes_a_chat_back_that_its_person_had_left(house: House) -> None:
    with house.context() as context:
        context.uow.contacts.change_where({"chat_id": "chair"}, state=ContactState.LEFT)
        code = create_link_code(context, house.people["chair"].id).code
    assert isinstance(redeem(house, "chair", code), Redeemed)
    with house.context() as context:
        contact = context.uow.contacts.first(chat_id="chair")
    assert contact is not None
    assert contact.state is ContactState.ACTIVE


def hand_over_dieu(house: House, name: str, starts_on: date) -> str:
    with house.context("staff") as context:
        done = hand_over(context, house.units["dieu"], name, starts_on)
        assert done.invite.starts_on == starts_on
        return done.invite.code


def test_it_serves_both_chairs_right_around_the_day_of_a_handover(house: House) -> None:
    code = hand_over_dieu(house, "anh Lý Văn Nam", date(2024, 5, 1))
    joined = redeem(house, "new", code)
    assert isinstance(joined, Redeemed)
    eve = MAY_1 - timedelta(days=1)
    assert roles(house, "chair", eve) == [("dieu", Role.CHAIR)]
    assert roles(house, "new", eve) == []
    assert roles(house, "chair", MAY_1) == []
    assert roles(house, "new", MAY_1) == [("dieu", Role.CHAIR)]
    with house.context(now=eve) as context:
        waiting = next_role(context, joined.person)
        assert waiting is not None
        assert waiting.valid_from == date(2024, 5, 1)
    with house.context(now=MAY_1) as context:
        assert next_role(context, joined.person) is None


def test_it_ends_the_old_chair_on_the_day_even_if_nobody_came(house: House) -> None:
    code = hand_over_dieu(house, "anh Lý Văn Nam", date(2024, 5, 1))
    assert roles(house, "chair", MAY_1) == []
    late = MAY_1 + timedelta(days=9)
    assert isinstance(redeem(house, "new", code, now=late), Redeemed)
    assert roles(house, "new", late) == [("dieu", Role.CHAIR)]


def test_it_tells_who_leaves_and_leaves_the_deputy_alone(house: House) -> None:
    with house.context("staff") as context:
        done = hand_over(context, house.units["dieu"], "anh Lý Văn Nam", date(2024, 5, 1))
    assert [person.name for person in done.leaving] == ["Nguyễn Thị Hoa"]
    assert done.invite.replaces_person_id == house.people["chair"].id
    assert roles(house, "deputy", MAY_1) == [("dieu", Role.DEPUTY)]


def test_it_puts_a_handover_right_by_another(house: House) -> None:
    wrong = hand_over_dieu(house, "anh Lý Văn Nam", date(2024, 5, 1))
    redeem(house, "wrong", wrong)
    right = hand_over_dieu(house, "chị Lý Thị Mai", date(2024, 5, 1))
    assert isinstance(redeem(house, "right", right), Redeemed)
    assert roles(house, "wrong", MAY_1) == []
    assert roles(house, "right", MAY_1) == [("dieu", Role.CHAIR)]
    assert roles(house, "chair", MAY_1 - timedelta(days=1)) == [("dieu", Role.CHAIR)]


def test_it_withdraws_codes_for_the_chair_of_before(house: House) -> None:
    earlier = invite(house, "dieu", Role.CHAIR, "chị Nguyễn Thị Hoa")
    hand_over_dieu(house, "anh Lý Văn Nam", date(2024, 5, 1))
    assert redeem(house, "new", earlier) == Refused(Refusal.UNUSABLE)


def add_union(house: House, code: str, name: str, **more: object) -> Unit:
    unit = Unit(code, name, UnitLevel.GRASSROOTS, UnitKind.ENTERPRISE, **more)  # type: ignore[arg-type]
    with house.context() as context:
        return context.uow.units.add(unit)


def test_it_lists_the_unions_without_a_chair_by_name(house: House) -> None:
    add_union(house, "c", "CĐCS Điện tử Bình Minh")
    add_union(house, "a", "CĐCS Bao bì Suối Đá")
    add_union(house, "old", "CĐCS Giải thể", valid_to=date(2024, 1, 31))
    with house.context("staff") as context:
        found = not_joined(context)
    assert [unit.name for unit in found.units] == ["CĐCS Bao bì Suối Đá", "CĐCS Điện tử Bình Minh"]
    assert found.total == 6


def test_it_counts_a_chair_still_to_begin_as_joined(house: House) -> None:
    add_union(house, "a", "CĐCS Bao bì Suối Đá")
    with house.context("staff") as context:
        unit = context.uow.units.find(code="a")[0]
        code = hand_over(context, unit, "anh Lý Văn Nam", date(2024, 5, 1)).invite.code
        assert [one.code for one in not_joined(context).units] == ["a"]
    redeem(house, "new", code)
    with house.context("staff") as context:
        assert not_joined(context).units == ()


def test_it_makes_the_codes_that_are_missing_and_keeps_the_others(house: House) -> None:
    first, second = add_union(house, "a", "CĐCS Bao bì"), add_union(house, "b", "CĐCS Cao su")
    with house.context("staff") as context:
        kept = create_invite(context, second, Role.CHAIR, "anh Lý Văn Nam")
        made = create_missing_invites(context)
        again = create_missing_invites(context)
    assert [(unit.id, one.person_name) for unit, one in made] == [
        (first.id, ""),
        (second.id, "anh Lý Văn Nam"),
    ]
    assert made == again
    assert made[1][1].code == kept.code


def test_it_makes_a_new_code_for_the_same_name_when_the_old_one_ran_out(house: House) -> None:
    unit = add_union(house, "a", "CĐCS Bao bì")
    with house.context("staff") as context:
        old = create_invite(context, unit, Role.CHAIR, "anh Lý Văn Nam")
    with house.context("staff", now=MONDAY + timedelta(days=31)) as context:
        made = create_missing_invites(context)
    assert [one.person_name for _, one in made] == ["anh Lý Văn Nam"]
    assert made[0][1].code != old.code


def test_it_gives_the_cards_to_print_of_every_code_that_still_opens(house: House) -> None:
    with house.context("staff") as context:
        staff = create_invite(context, house.units["van-phong"], Role.LEADER, "anh Hồ Văn Bình")
        may = create_invite(context, house.units["may"], Role.CHAIR, "anh Trần Minh Đức")
        used = create_invite(context, house.units["dieu"], Role.CHAIR, "chị Nguyễn Thị Hoa")
        create_link_code(context, house.people["chair"].id)
    redeem(house, "chair", used.code)
    with house.context("staff") as context:
        cards = invite_cards(context)
    assert [(card.unit, card.person, card.code) for card in cards] == [
        ("CĐCS May Suối Đá", "anh Trần Minh Đức", show_code(may.code)),
        ("Công đoàn phường An Hòa", "anh Hồ Văn Bình", show_code(staff.code)),
    ]
    assert cards[0].link == f"https://t.me/an_hoa_bot?start={may.code}"
    assert cards[0].expires == date(2024, 5, 15)


def test_it_is_not_confused_by_the_same_chat_id_on_another_account(house: House) -> None:
    with house.context() as context:
        context.uow.contacts.add(
            Contact(house.people["staff"].id, "zalo", "chair", ContactState.ACTIVE, MONDAY)
        )
    redeem(house, "chair", invite(house, "truong", Role.CHAIR, "chị Nguyễn Thị Hoa"))
    assert roles(house, "chair", account="zalo") == [("van-phong", Role.STAFF)]
