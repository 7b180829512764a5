"""Documents of different make, each beside what a careful person finds in it.

The expectations (`*.expected.json`) were written by hand, from the documents alone. Where they leave room,
they say so: `fuzzy` for a window whose first day is a matter of taste, null for an end that is open.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.planreader.as_json import plan_json
from bot.planreader.reader import read_plan
from domain.errors import InputError
from messages_vi.indicators import STANDING

FOLDER = Path(__file__).parent / "data" / "documents"
STANDING_CODES = {indicator.code for indicator in STANDING}
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")


def expected(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return found


PLANS = [path for path in DOCUMENTS if expected(path)["is_plan"]]
OTHERS = [path for path in DOCUMENTS if not expected(path)["is_plan"]]


@cache
def read(path: Path) -> dict[str, Any]:
    return plan_json(read_plan(path.name, path.read_bytes()))


def cases(part: str, *, undated: bool = False) -> list[Any]:
    return [
        pytest.param(path, one, id=f"{path.stem}: {one['contains']}")
        for path in PLANS
        for one in expected(path)[part]
        if one.get("undated") or not undated
    ]


def holds(text: str, contains: str) -> bool:
    return squeezed(contains) in squeezed(text)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


def windows(task: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    return [tuple(window) for window in task.get("windows", [[task["start"], task["end"]]])]


def fits(found: dict[str, Any], window: tuple[str | None, str | None], *, fuzzy: bool) -> bool:
    start, end = window
    return (start is None or fuzzy or found["start"] == start) and (end is None or found["end"] == end)


def is_whole(found: dict[str, Any], plan: dict[str, Any]) -> bool:
    period = plan["period"]
    return bool((found["start"], found["end"]) == (period["start"], period["end"]))


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_what_is_no_plan_is_told_by_its_kind(path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_plan(path.name, path.read_bytes())
    assert caught.value.code == "not-a-plan"
    assert caught.value.values["kind"] in ("báo cáo", "bảng", "công văn", "biên bản")


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_the_head_is_read(path: Path) -> None:
    plan, wanted = read(path), expected(path)
    assert (plan["number"] or None, plan["date"]) == (wanted["number"], wanted["date"])
    assert holds(plan["issuer"], wanted["issuer"])
    assert plan["period"]["start"][:4] == str(wanted["start_year"])
    assert plan["period"]["end"][:4] == str(wanted["end_year"])


@pytest.mark.parametrize(("path", "target"), cases("targets"))
def test_each_target_is_found(path: Path, target: dict[str, Any]) -> None:
    (found,) = [
        one
        for one in read(path)["targets"]
        if holds(one["text"], target["contains"]) and one["goal"] == target["goal"]
    ]
    assert (found["unit"] == "%") is target["percent"]
    assert (found["bound"] == "ceiling") is (target["kind"] == "at_most")
    assert (found["indicator"] if found["indicator"] in STANDING_CODES else None) == target["indicator"]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_nothing_else_is_taken_for_a_target(path: Path) -> None:
    assert len(read(path)["targets"]) == len(expected(path)["targets"])


@pytest.mark.parametrize(("path", "task"), cases("tasks"))
def test_each_task_has_its_windows_and_its_people(path: Path, task: dict[str, Any]) -> None:
    plan = read(path)
    found = [one for one in plan["tasks"] if holds(one["text"], task["contains"])]
    assert len(found) == len(windows(task))
    for one, window in zip(found, windows(task), strict=True):
        assert (one["leads"], one["joins"]) == (task["leads"], task["joins"])
        assert one["recurring"] or fits(one, window, fuzzy=task.get("fuzzy", False))
        assert not one["recurring"] or task["recurring"]
        assert one["recurring"] or not task["recurring"] or is_whole(one, plan)
        assert is_whole(one, plan) or not task.get("undated")
    if task["times"]:
        assert found[0]["times"]["count"] == task["times"]


@pytest.mark.parametrize(("path", "task"), cases("tasks", undated=True))
def test_what_cannot_be_dated_keeps_its_phrase_and_a_warning(path: Path, task: dict[str, Any]) -> None:
    plan = read(path)
    (found,) = [one for one in plan["tasks"] if holds(one["text"], task["contains"])]
    assert found["when"] is None or any(found["when"] in warning for warning in plan["warnings"])


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_nothing_else_is_taken_for_a_task(path: Path) -> None:
    tasks = expected(path)["tasks"]
    others = [
        found["text"]
        for found in read(path)["tasks"]
        if not any(holds(found["text"], task["contains"]) for task in tasks)
    ]
    assert others == []
