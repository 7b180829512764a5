"""Who may do what: one table, asked before every command."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from domain.errors import NotAllowed
from domain.people import OFFICE_ROLES, UNIT_ROLES, Role, Sender


class Action(StrEnum):
    """Everything that people do with the bot."""

    REPORT = "report"
    CONFIRM_REPORT = "confirm_report"
    CORRECT_REPORT = "correct_report"
    CLOSE_PERIOD = "close_period"
    SEE_OWN_HISTORY = "see_own_history"
    SEE_OWN_PROGRESS = "see_own_progress"
    SEE_OFFICE_PROGRESS = "see_office_progress"  # the office's totals, without other units' figures
    SEE_UNIT_FIGURES = "see_unit_figures"  # any unit's figures, evidence and history
    SEE_SUBMISSIONS = "see_submissions"  # who has reported and who has not
    SEE_TASKS = "see_tasks"
    MARK_TASK_DONE = "mark_task_done"
    APPROVE = "approve"
    ENTER_FOR_UNIT = "enter_for_unit"
    REMOVE_EVIDENCE = "remove_evidence"
    BROADCAST = "broadcast"
    INVITE = "invite"
    INVITE_STAFF = "invite_staff"
    SEE_NOT_JOINED = "see_not_joined"
    HANDOVER = "handover"
    MANAGE_UNITS = "manage_units"
    IMPORT_PLAN = "import_plan"
    EXPORT_REPORT = "export_report"
    SEE_REMINDERS = "see_reminders"
    LINK_CHANNEL = "link_channel"
    MANAGE_OWN_DATA = "manage_own_data"


_EVERYONE = frozenset(Role)
_OFFICE_WORK = frozenset({Role.STAFF, Role.ADMIN})
_ADMIN = frozenset({Role.ADMIN})

ALLOWED: dict[Action, frozenset[Role]] = {
    Action.REPORT: UNIT_ROLES,
    Action.CONFIRM_REPORT: UNIT_ROLES,
    Action.CORRECT_REPORT: UNIT_ROLES,
    Action.CLOSE_PERIOD: UNIT_ROLES,
    Action.SEE_OWN_HISTORY: UNIT_ROLES,
    Action.SEE_OWN_PROGRESS: UNIT_ROLES,
    Action.SEE_OFFICE_PROGRESS: _EVERYONE,
    Action.SEE_UNIT_FIGURES: OFFICE_ROLES,
    Action.SEE_SUBMISSIONS: OFFICE_ROLES,
    Action.SEE_TASKS: OFFICE_ROLES,
    Action.MARK_TASK_DONE: _OFFICE_WORK,
    Action.APPROVE: _OFFICE_WORK,
    Action.ENTER_FOR_UNIT: _OFFICE_WORK,
    Action.REMOVE_EVIDENCE: _OFFICE_WORK,
    Action.BROADCAST: _OFFICE_WORK,
    Action.INVITE: _OFFICE_WORK,
    Action.INVITE_STAFF: _ADMIN,
    Action.SEE_NOT_JOINED: _OFFICE_WORK,
    Action.HANDOVER: _OFFICE_WORK,
    Action.MANAGE_UNITS: _OFFICE_WORK,
    Action.IMPORT_PLAN: _OFFICE_WORK,
    Action.EXPORT_REPORT: OFFICE_ROLES,
    Action.SEE_REMINDERS: _OFFICE_WORK,
    Action.LINK_CHANNEL: _EVERYONE,
    Action.MANAGE_OWN_DATA: _EVERYONE,
}


def may(roles: Iterable[Role], action: Action) -> bool:
    """Tell whether one of `roles` allows `action`; without a role nothing is allowed.

    For what concerns one unit pass `roles_at`, not every role a person holds anywhere.
    Source: DESIGN.md section 6, promise 5.
    """
    return not ALLOWED[action].isdisjoint(roles)


def require(roles: Iterable[Role], action: Action) -> None:
    """Return if one of `roles` allows `action`.

    Raises: NotAllowed, with the action, if none does.
    Source: DESIGN.md section 6, promise 5.
    """
    if not may(roles, action):
        raise NotAllowed(action)


def roles_at(sender: Sender, unit_id: int) -> frozenset[Role]:
    """Return the roles that count for one unit: those held for it, and office roles held anywhere.

    So the chair of one unit is a stranger to another.
    Source: DESIGN.md section 6, promise 5.
    """
    return frozenset(role for unit, role in sender.roles if unit.id == unit_id or role in OFFICE_ROLES)
