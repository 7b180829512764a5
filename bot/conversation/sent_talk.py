"""What is said about a plan or a list of units that staff sent as a file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.conversation.listing import shortened
from bot.conversation.plan import plan_name
from bot.conversation.plan_taken import is_of_the_year, taking_lines
from bot.services.plans import PlanDifference
from bot.services.units_import import UnitsPreview
from domain.plan import PeriodKind, PlanHead, Target, Task, YearPlan
from domain.tasks import tasks_of_quarter
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import day, number, quarter
from messages_vi.plans import period_name, plan_label

SHOWN = 10
_LINE = 90
_WARNINGS = 5
_NAMES = 5


def plan_summary(plan: YearPlan, change: PlanDifference, you: str) -> Marked:
    """Return what was found in a plan: its head, the targets, the tasks by quarter and what is doubtful."""
    lines = [
        _(
            "I read {plan} of {period}: {targets} targets, {tasks} tasks. Nothing was taken in yet.",
            plan=plan_name(plan.head),
            period=period_name(plan.period or plan.head.period),
            targets=number(len(plan.targets)),
            tasks=number(len(plan.tasks)),
        )
    ]
    lines += [target_line(place, one) for place, one in enumerate(plan.targets[:SHOWN], 1)]
    if plan.tasks and (plan.period or plan.head.period).kind is PeriodKind.YEAR:
        lines.append(_("*Tasks by quarter:* {line}.", line=_by_quarter(plan)))
    lines += [_("⚠️ {warning}", warning=one) for one in plan.warnings[:_WARNINGS]]
    if len(plan.warnings) > _WARNINGS:
        rest = number(len(plan.warnings) - _WARNINGS)
        lines.append(_("… and {count} more places to look at, in the .toml file.", count=rest))
    lines += [*_changes(change), *taking_lines(change, plan)]
    lines.append(how_to_correct(you))
    return join(lines)


def how_to_correct(you: str) -> Marked:
    """Return how a plan that was read can be corrected."""
    return _(
        "To correct: *task 3: 30/6*, *target 2: 25*, *leave out task 5*, {you}; or send the .toml back.",
        you=you,
    )


def target_line(place: int, target: Target) -> Marked:
    """Return a target with its goal: 1. 106 đoàn viên · Phát triển đoàn viên mới."""
    goal = number(int(target.goal) if target.goal == target.goal.to_integral_value() else target.goal)
    unit = "%" if target.unit == "%" else f" {target.unit}"
    return _(
        "{place}. {goal} · {text}",
        place=number(place),
        goal=f"{goal}{unit}",
        text=shortened(target.text, _LINE),
    )


def task_line(place: int, task: Task) -> Marked:
    """Return a task with its days: 3. Tổ chức … (1/4 đến 30/6)."""
    return _(
        "{place}. {text} ({window})",
        place=number(place),
        text=shortened(task.text, _LINE),
        window=window(task),
    )


def window(task: Task) -> Marked:
    """Return when a task is to be done."""
    if task.recurring:
        return _("all the time")
    return _("{start} to {end}", start=day(task.start), end=day(task.end, task.start))


def list_summary(change: UnitsPreview, notes: Sequence[str]) -> Marked:
    """Return what a list of units would change."""
    lines = [
        _(
            "The list adds {added} units, changes {changed}, leaves {unchanged} as they are.",
            added=number(len(change.added)),
            changed=number(len(change.changed)),
            unchanged=number(len(change.unchanged)),
        )
    ]
    if change.added:
        lines.append(_("New: {names}.", names=_some([row.name for row in change.added])))
    if change.changed:
        lines.append(_("Changed: {names}.", names=_some([one.unit.name for one in change.changed])))
    if change.missing:
        count = number(len(change.missing))
        lines.append(_("{count} known units are not in the list; they stay as they are.", count=count))
    lines += [_("⚠️ {warning}", warning=note) for note in islice(notes, _WARNINGS)]
    return join(lines)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMES]) + (" …" if len(names) > _NAMES else "")


def _changes(change: PlanDifference) -> list[Marked]:
    if change.stored is None:
        return []
    return [
        _(
            "{Plan} is in use already: with this file {added} tasks come in, {changed} change, {removed} go.",
            Plan=capital(_stored_name(change.stored)),
            added=number(len(change.tasks_added)),
            changed=number(len(change.tasks_changed)),
            removed=number(len(change.tasks_removed)),
        )
    ]


def _stored_name(head: PlanHead) -> str:
    return plan_name(head) if is_of_the_year(head) else plan_label(head)


def _by_quarter(plan: YearPlan) -> Marked:
    counts = ((one, len(tasks_of_quarter(plan.tasks, plan.head.year, one))) for one in range(1, 5))
    each = (_("{quarter} {count}", quarter=quarter(one), count=number(count)) for one, count in counts)
    return join(each, ", ")
