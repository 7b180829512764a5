"""A plan as `tiendo plan read --json` prints it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from domain.plan import Target, Task, YearPlan


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
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "indicator": target.indicator,
        "text": target.text,
        "goal": _number(target.goal),
        "unit": target.unit,
        "measure": target.measure.value,
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "group": task.group,
        "group_title": task.group_title,
        "text": task.text,
        "when": task.when,
        "start": task.start.isoformat(),
        "end": task.end.isoformat(),
        "recurring": task.recurring,
        "assignees": list(task.assignees),
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
