"""A plan as a .toml file that staff can correct by hand, and back."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.planreader.frames import year_frame
from bot.planreader.goals import Goal
from bot.planreader.targets import target_of
from bot.planreader.timephrases import read_windows
from bot.planreader.toml_values import Table
from domain.errors import InputError
from domain.plan import Measure, PeriodKind, PlanHead, PlanPeriod, Target, Task, YearPlan
from messages_vi.catalogue import _

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_EARLIEST_YEAR, _LATEST_YEAR = 2000, 2100


def dump_plan(plan: YearPlan) -> str:
    """Return the plan as TOML with Vietnamese comments; `parse_plan` gives the same plan back.

    Ids, and when it was imported, are the database's and are left out; positions are the order.
    """
    head = plan.head
    return "\n".join(
        [
            *_comment(_("This is the plan as the program read it. Correct it here and import it again.")),
            *_comment(_("Lines that begin with # are notes and are not read.")),
            f"number = {_string(head.number)}",
            *([f"date = {head.date.isoformat()}"] if head.date else []),
            f"year = {head.year}",
            f"issuer = {_string(head.issuer)}",
            f"title = {_string(head.title)}",
            *_period_lines(plan.period),
            "",
            *_comment(_("What to look at again; delete a line once it is settled.")),
            f"warnings = {_strings(plan.warnings)}",
            "",
            *_comment(_("Targets. measure is sum, distinct_units or share_of_eligible.")),
            *(line for target in plan.targets for line in _target_lines(target)),
            "",
            *_comment(_("Tasks. Without start and end, the window is read from when.")),
            *(line for task in plan.tasks for line in _task_lines(task)),
            "",
        ]
    )


def parse_plan(text: str, name: str = "") -> YearPlan:
    """Return the plan that a .toml text holds.

    Raises: InputError `toml-fault` with `name`, `line` (1 is the first) and `reason`, a Vietnamese sentence;
    `not-a-plan` for one with neither targets nor tasks.
    """
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        # Not only TOMLDecodeError: a number of thousands of digits and brackets a thousand deep end here too.
        raise InputError(
            "toml-fault", name=name, line=_line_of(error, text), reason=_("This line is not valid TOML.")
        ) from error
    top = Table(values, text, name)
    top.known(
        *("number", "date", "year", "issuer", "title", "period", "period_start", "period_end", "warnings"),
        *("targets", "tasks"),
    )
    head = PlanHead(
        top.text("number"),
        top.day("date"),
        top.whole("year", _EARLIEST_YEAR, _LATEST_YEAR),
        top.text("issuer"),
        top.text("title"),
    )
    period = _period(top)
    frame = period or year_frame(head.year)
    tables = top.tables("targets")
    targets = _distinct(tuple(_target(table, place) for place, table in enumerate(tables, 1)), tables)
    tasks = tuple(_task(table, place, frame, head.date) for place, table in enumerate(top.tables("tasks"), 1))
    if not targets and not tasks:
        raise InputError("not-a-plan", name=name)
    return YearPlan(head, targets, tasks, top.texts("warnings"), period)


def _target(table: Table, position: int) -> Target:
    table.known("indicator", "text", "goal", "unit", "measure")
    text, unit = table.text("text", required=True), table.text("unit")
    read = target_of(Goal(text, table.number("goal"), unit), position)
    code = table.text("indicator") or read.indicator
    if not _CODE.fullmatch(code):
        raise table.fault("indicator", _("An indicator's code has only small letters a-z, digits and _."))
    measure = table.text("measure") or read.measure.value
    if measure not in tuple(Measure):
        raise table.fault("measure", _("measure is one of sum, distinct_units, share_of_eligible."))
    return replace(read, indicator=code, unit=unit, measure=Measure(measure))


def _period(top: Table) -> PlanPeriod | None:
    """Return the period of a plan that is not for one calendar year."""
    kind = top.text("period")
    start, end = top.day("period_start"), top.day("period_end")
    if not kind and start is None and end is None:
        return None
    if kind not in tuple(PeriodKind):
        raise top.fault("period", _("period is one of {kinds}.", kinds=", ".join(PeriodKind)))
    if start is None or end is None or end < start:
        raise top.fault("period", _("A period has period_start and, not before it, period_end."))
    return PlanPeriod(PeriodKind(kind), start, end)


def _period_lines(period: PlanPeriod | None) -> Iterator[str]:
    if period is not None:
        yield f"period = {_string(period.kind.value)}"
        yield f"period_start = {period.start.isoformat()}"
        yield f"period_end = {period.end.isoformat()}"


def _task(table: Table, position: int, frame: PlanPeriod, issued: date | None) -> Task:
    table.known("group", "group_title", "text", "when", "start", "end", "recurring", "assignees")
    when = table.optional_text("when")
    windows = read_windows(when, frame, issued) if when else ()
    # A task has one window here: one that is done at several times stands several times, with its days.
    start = table.day("start") or (windows[0].start if windows else frame.start)
    end = table.day("end") or (windows[-1].end if windows else frame.end)
    if end < start:
        raise table.fault("end", _("The end lies before the start."))
    return Task(
        table.text("group"),
        table.text("group_title"),
        table.text("text", required=True),
        when,
        start,
        end,
        table.flag("recurring", bool(windows and windows[0].recurring)),
        table.texts("assignees"),
        position,
    )


def _distinct(targets: tuple[Target, ...], tables: list[Table]) -> tuple[Target, ...]:
    """Return the targets. Raises: InputError when two count the same indicator."""
    seen: set[str] = set()
    for target, table in zip(targets, tables, strict=True):
        if target.indicator in seen:
            raise table.fault("indicator", _("Another target already has this indicator."))
        seen.add(target.indicator)
    return targets


def _target_lines(target: Target) -> Iterator[str]:
    yield "[[targets]]"
    yield f"indicator = {_string(target.indicator)}"
    yield f"text = {_string(target.text)}"
    yield f"goal = {target.goal:f}"
    yield f"unit = {_string(target.unit)}"
    yield f"measure = {_string(target.measure.value)}"
    yield ""


def _task_lines(task: Task) -> Iterator[str]:
    yield "[[tasks]]"
    yield f"group = {_string(task.group)}"
    yield f"group_title = {_string(task.group_title)}"
    yield f"text = {_string(task.text)}"
    if task.when is not None:
        yield f"when = {_string(task.when)}"
    yield f"start = {task.start.isoformat()}"
    yield f"end = {task.end.isoformat()}"
    yield f"recurring = {'true' if task.recurring else 'false'}"
    if task.assignees:
        yield f"assignees = {_strings(task.assignees)}"
    yield ""


def _comment(text: str) -> Iterator[str]:
    return (f"# {line}" for line in text.splitlines())


def _string(text: str) -> str:
    """Return `text` as a TOML basic string: JSON's escapes, and U+007F that JSON leaves alone."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _strings(texts: tuple[str, ...]) -> str:
    if not texts:
        return "[]"
    return "[\n" + "".join(f"  {_string(text)},\n" for text in texts) + "]"


def _line_of(error: Exception, text: str) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else (text.rstrip().count("\n") + 1)
