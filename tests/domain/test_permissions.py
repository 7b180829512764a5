from datetime import UTC, datetime

import pytest

from domain.errors import NotAllowed
from domain.people import Contact, ContactState, Person, Role, Sender, Unit, UnitKind, UnitLevel
from domain.permissions import ALLOWED, Action, may, require, roles_at

CHAIR, DEPUTY, STAFF, LEADER, ADMIN = Role.CHAIR, Role.DEPUTY, Role.STAFF, Role.LEADER, Role.ADMIN
# Written by role, the other way round than the table, so that a slip in one shows in the other.
OF_A_UNIT = {
    Action.REPORT,
    Action.CONFIRM_REPORT,
    Action.CORRECT_REPORT,
    Action.CLOSE_PERIOD,
    Action.SEE_OWN_HISTORY,
    Action.SEE_OWN_PROGRESS,
}
OF_ALL = {Action.SEE_OFFICE_PROGRESS, Action.LINK_CHANNEL, Action.MANAGE_OWN_DATA}
OF_A_LEADER = {Action.SEE_UNIT_FIGURES, Action.SEE_SUBMISSIONS, Action.SEE_TASKS, Action.EXPORT_REPORT}
OF_STAFF = OF_A_LEADER | {
    Action.MARK_TASK_DONE,
    Action.APPROVE,
    Action.ENTER_FOR_UNIT,
    Action.REMOVE_EVIDENCE,
    Action.BROADCAST,
    Action.INVITE,
    Action.SEE_NOT_JOINED,
    Action.HANDOVER,
    Action.MANAGE_UNITS,
    Action.IMPORT_PLAN,
    Action.SEE_REMINDERS,
}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (CHAIR, OF_ALL | OF_A_UNIT),
        (DEPUTY, OF_ALL | OF_A_UNIT),
        (LEADER, OF_ALL | OF_A_LEADER),
        (STAFF, OF_ALL | OF_STAFF),
        (ADMIN, OF_ALL | OF_STAFF | {Action.INVITE_STAFF}),
    ],
)
def test_it_allows_each_role_its_own_work_and_no_more(role: Role, expected: set[Action]) -> None:
    assert {action for action in Action if may({role}, action)} == expected


@pytest.mark.parametrize("action", Action)
def test_it_allows_a_stranger_nothing(action: Action) -> None:
    assert not may((), action)
    with pytest.raises(NotAllowed):
        require((), action)


def test_it_has_a_line_for_every_action() -> None:
    assert set(ALLOWED) == set(Action)
    assert all(ALLOWED.values())


def test_it_adds_up_the_roles_of_one_person() -> None:
    require([CHAIR, STAFF], Action.REPORT)
    require([CHAIR, STAFF], Action.APPROVE)
    with pytest.raises(NotAllowed) as caught:
        require([CHAIR, STAFF], Action.INVITE_STAFF)
    assert caught.value.args == (Action.INVITE_STAFF,)


def a_unit(unit_id: int) -> Unit:
    return Unit(f"u{unit_id}", f"CĐCS {unit_id}", UnitLevel.GRASSROOTS, UnitKind.SCHOOL, id=unit_id)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([(1, CHAIR)], {CHAIR}),
        ([(2, CHAIR)], set()),
        ([(1, DEPUTY), (2, CHAIR)], {DEPUTY}),
        ([(9, STAFF), (2, CHAIR)], {STAFF}),
        ([], set()),
    ],
)
def test_it_takes_the_chair_of_another_unit_for_a_stranger(
    held: list[tuple[int, Role]], expected: set[Role]
) -> None:
    now = datetime(2024, 4, 1, tzinfo=UTC)
    contact = Contact(1, "telegram", "77", ContactState.ACTIVE, now)
    roles = tuple((a_unit(unit_id), role) for unit_id, role in held)
    assert roles_at(Sender(Person("Hoa"), contact, roles), 1) == expected
