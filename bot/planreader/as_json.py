"""A plan as `tiendo plan read --json` prints it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.planreader.frames import year_frame
from bot.planreader.goals import bound_of
from bot.planreader.people import joiners, leaders
from bot.planreader.phrasewords import how_often
from bot.planreader.words import fold
from domain.plan import Target, Task, YearPlan

_PER = {"ngay": "day", "tuan": "week", "thang": "month", "quy": "quarter", "qui": "quarter", "nam": "year"}


def plan_json(plan: YearPlan) -> dict[str, Any]:
    """Return the plan in JSON values: dates in ISO form, goals as numbers, whole where they are whole."""
    head = plan.head
    return {
        "number": head.number,
        "date": head.date.isoformat() if head.date else None,
        "year": head.year,
        "issuer": head.issuer,
        "title": head.title,
        "targets": [_target(target) for target in plan.targets],
        "tasks": [_task(task) for task in plan.tasks],
        "warnings": list(plan.warnings),
        "period": _period(plan),
    }


def _period(plan: YearPlan) -> dict[str, str]:
    period = plan.period or year_frame(plan.head.year)
    return {"kind": period.kind.value, "start": period.start.isoformat(), "end": period.end.isoformat()}


def _times(when: str | None) -> dict[str, Any] | None:
    """Return how often a phrase asks for a task: 2 per "năm" for "2 lần/năm"."""
    found = how_often(fold(when)) if when else None
    return {"count": found[0], "per": _PER.get(found[1], found[1])} if found else None


def _target(target: Target) -> dict[str, Any]:
    return {
        "indicator": target.indicator,
        "text": target.text,
        "goal": _number(target.goal),
        "unit": target.unit,
        "measure": target.measure.value,
        "bound": bound_of(target.text).value,
    }


def _task(task: Task) -> dict[str, Any]:
    leads, joins = leaders(task.assignees), joiners(task.assignees)
    return {
        "group": task.group,
        "group_title": task.group_title,
        "text": task.text,
        "when": task.when,
        "start": task.start.isoformat(),
        "end": task.end.isoformat(),
        "recurring": task.recurring,
        "assignees": [*leads, *joins],
        "leads": leads,
        "joins": joins,
        "times": _times(task.when),
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
