"""Tasks in words: a quarter's list with its groups, one task in full, what was marked, what a chair owes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.conversation.listing import shortened
from bot.services.progress import UnitDue
from bot.services.tasks import QuarterTasks, TaskView
from domain.messages import Choice
from domain.plan import Indicator, PlanHead
from domain.tasks import TaskStanding
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join, mark
from messages_vi.figures import figures
from messages_vi.formats import day, number, quarter, weekday_day
from messages_vi.plans import plan_label
from messages_vi.reports import period_name

_LINE = 90
_HEADING = 60
_SOON_DAYS = 14
_COUNTS = {
    TaskStanding.DONE: mark("{count} done"),
    TaskStanding.DUE: mark("{count} under way"),
    TaskStanding.UPCOMING: mark("{count} still to begin"),
    TaskStanding.LATE: mark("{count} late"),
}


def quarter_heading(found: QuarterTasks) -> Marked:
    """Return the first line of a quarter's list: how many there are and how they stand."""
    counted = ((key, found.count(standing)) for standing, key in _COUNTS.items())
    counts = join([_(key, count=number(count)) for key, count in counted if count], ", ")
    values = {"Quarter": capital(quarter(found.quarter)), "year": str(found.year)}
    if not found.tasks:
        return _("{Quarter}/{year} has no task in the plan.", **values)
    total = number(len(found.tasks))
    return _("📌 {Quarter}/{year} has {total} tasks: {counts}.", total=total, counts=counts, **values)


def late_line(late: Sequence[TaskView]) -> Marked:
    """Return the numbers of tasks that should have been done in an earlier quarter."""
    numbers = dict.fromkeys(number(view.number) for view in late)
    return _("*Late from before:* tasks {numbers}.", numbers=", ".join(numbers))


def task_lines(views: Iterable[TaskView], today: date, beside: Mapping[int, PlanHead]) -> list[Marked]:
    """Return tasks by number, the title of each group above its first, and that of a plan of its own."""
    lines: list[Marked] = []
    plan = group = None
    for view in views:
        if view.task.plan_id != plan and view.task.plan_id in beside:
            lines.append(_("*{Plan}*", Plan=capital(plan_label(beside[view.task.plan_id]))))
            group = None
        plan = view.task.plan_id
        if view.task.group_title and (view.task.group, view.task.group_title) != group:
            lines.append(_group(view))
        group = view.task.group, view.task.group_title
        lines.append(task_line(view, today))
    return lines


def task_line(view: TaskView, today: date) -> Marked:
    """Return one task with its number and where it stands."""
    return _numbered(view, shortened(view.task.text, _LINE), today)


def task_detail(view: TaskView, today: date, plan: PlanHead | None = None) -> Marked:
    """Return one task in full: its text, its group, its window and what was noted.

    `plan` is the one it comes from where that is not the year's.
    """
    lines = [
        _(
            "{number}. {task} ({when})",
            number=number(view.number),
            task=view.task.text,
            when=_when(view, today),
        )
    ]
    if plan is not None:
        lines.append(_("From {plan}.", plan=plan_label(plan)))
    if view.task.group_title:
        lines.append(_group(view))
    if view.task.when:
        lines.append(_("Time in the plan: {when}.", when=view.task.when))
    if view.task.assignees:
        lines.append(_("Assigned to: {names}.", names=", ".join(view.task.assignees)))
    if view.state is not None and view.state.note:
        lines.append(_("Note: {note}", note=view.state.note))
    return join(lines)


def named(views: Iterable[TaskView]) -> Marked:
    """Return tasks in a sentence, one line each: • việc 3: …"""
    each = (
        _("• task {number}: {task}", number=number(view.number), task=_with_quarter(view)) for view in views
    )
    return join(each)


def due_text(due: UnitDue, indicators: Iterable[Indicator], you: str, today: date) -> Marked:
    """Return what a unit owes this period: until when, what is there, and what is still waited for."""
    lines = [_due_heading(due, today)]
    there = figures(indicators, due.figures)
    if there:
        lines.append(_("I have: {figures}.", figures=there))
    if due.waited_for:
        names = join([one.name for one in due.waited_for], ", ")
        lines.append(_("Not heard of yet: {names}.", names=names))
    elif there:
        lines.append(_("Nothing is missing: if there is no more, {you}, close it.", you=you))
    return join(lines)


def due_choices(due: UnitDue) -> tuple[Choice, ...]:
    """Return how a unit's report can be begun or finished, as in a reminder."""
    where = f"{due.period.id}.{due.unit.id}"
    if due.figures:
        return (
            Choice(_("Complete, close it for me"), f"report.enough:{where}"),
            Choice(_("I will add more"), f"report.more:{where}"),
        )
    return (
        Choice(_("Report now"), f"report.form:{where}"),
        Choice(_("Nothing to report this period"), f"report.nil:{where}"),
    )


def _due_heading(due: UnitDue, today: date) -> Marked:
    values: Mapping[str, str] = {
        "unit": due.unit.name,
        "period": period_name(due.period, today),
        "day": weekday_day(due.period.due_on, today),
    }
    if due.days_left > 0:
        return _(
            "📌 *{unit}*: report of {period}, due on {day} ({days} days left).",
            days=number(due.days_left),
            **values,
        )
    if due.days_left == 0:
        return _("📌 *{unit}*: report of {period}, due today, {day}.", **values)
    return _("📌 *{unit}*: report of {period}, was due on {day}, still welcome.", **values)


def _numbered(view: TaskView, text: str, today: date) -> Marked:
    return _("{number}. {task} ({when})", number=number(view.number), task=text, when=_when(view, today))


def _group(view: TaskView) -> Marked:
    title = shortened(view.task.group_title, _HEADING)
    if not view.task.group:
        return _("*{title}*", title=title)
    return _("*Group {group}: {title}*", group=view.task.group, title=title)


def _with_quarter(view: TaskView) -> Marked:
    text = shortened(view.task.text, _LINE)
    if not view.instance.quarter:
        return text
    return _("{task} ({quarter})", task=text, quarter=quarter(view.instance.of_year))


def _when(view: TaskView, today: date) -> Marked:
    if view.standing is TaskStanding.DONE and view.state is not None:
        return _("done already")
    end = day(view.instance.end, today)
    if view.standing is TaskStanding.LATE:
        return _("*late*, due {day}", day=end)
    if view.task.recurring:
        return _("goes on all year")
    if view.standing is TaskStanding.UPCOMING:
        return _("from {start} to {end}", start=day(view.instance.start, today), end=end)
    left = (view.instance.end - today).days
    if left == 0:
        return _("due today")
    if left <= _SOON_DAYS:
        return _("due {day}, {days} days left", day=end, days=number(left))
    return _("due {day}", day=end)
