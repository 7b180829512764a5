"""What the columns of a table hold, told by their heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.planreader.vocabulary import (
    COLUMN_ASIDE,
    COLUMN_GOAL,
    COLUMN_GROUP,
    COLUMN_JOIN,
    COLUMN_LEAD,
    COLUMN_NUMBER,
    COLUMN_RESULT,
    COLUMN_TARGET,
    COLUMN_TASK,
    COLUMN_TIME,
    COLUMN_UNIT,
    SCORE_HEAD,
)

_FULL_TIME = re.compile(r"thoi (?:gian|han|diem)|tien do|lich thuc hien|ngay thang|hoan thanh")
_MARK = re.compile(r"(?:thang|t\.?|quy|q\.?|tuan) ?(?:\d{1,2}|[ivx]+)(?:/\d{4})?")
_UNITS_OF_TIME = {"thang": "Tháng", "quy": "Quý", "tuan": "Tuần"}
_OF_UNIT = re.compile(r"don vi (?:tinh|do)|dvt|d\.v\.t|dv tinh")
_NOBODY = re.compile(
    r"don vi tinh|ket qua|kinh phi|ghi chu|so luong|dia diem"
    r"|(?:thuc hien|uoc|dat).*\d{4}|thuc hien (?:nam|ky|den)"
)
_LONGEST_HEAD = 90
_FEWEST_MARKS = 3
_LATE_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table keeps what; None where it has no such column.

    `marks` are columns that stand for a month or quarter each and are crossed where a task falls in it.
    `group` is a column that names the field of each row. `unit_of_time` is the head "Tháng" of a column that
    holds bare numbers.
    """

    what: int
    number: int | None = None
    when: int | None = None
    leads: tuple[int, ...] = ()
    joins: tuple[int, ...] = ()
    goal: int | None = None
    unit: int | None = None
    marks: tuple[tuple[int, str], ...] = ()
    unit_of_time: str = ""
    group: int | None = None
    is_scoring: bool = False

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that a row of work fills, beside its number."""
        places = (self.when, self.goal, *self.leads, *self.joins, *(column for column, _ in self.marks))
        return tuple(place for place in places if place is not None)


def columns_of(heads: Sequence[str]) -> Columns | None:
    """Return what the columns of these folded heads hold, or None when they head no plan's table."""
    if max(map(len, heads), default=0) > _LONGEST_HEAD or sum(1 for head in set(heads) if head) < 2:
        return None
    number = next((i for i, head in enumerate(heads) if COLUMN_NUMBER.fullmatch(head.rstrip("."))), None)
    if any(SCORE_HEAD.search(head) for head in heads):
        return Columns(0, is_scoring=True)
    return _of_work(heads, number) or _of_goals(heads, number)


def _of_work(heads: Sequence[str], number: int | None) -> Columns | None:
    when = _time_column(heads, number)
    marks = tuple((i, head) for i, head in enumerate(heads) if _MARK.fullmatch(head))
    marks = marks if len(marks) >= _FEWEST_MARKS else ()
    taken = {number, when, *(column for column, _ in marks)}
    group = next((i for i, head in enumerate(heads) if i not in taken and COLUMN_GROUP.match(head)), None)
    what = _first(heads, COLUMN_TASK, {*taken, group})
    if what is None:
        group, what = None, group
    if what is None or any(_OF_UNIT.match(head) for head in heads):
        return None
    joins = _people(heads, COLUMN_JOIN, {*taken, what, group})
    leads = _people(heads, COLUMN_LEAD, {*taken, what, group, *joins})
    if when is None and not marks and not (leads or joins):
        return None
    unit = _UNITS_OF_TIME.get(heads[when], "") if when is not None else ""
    marks = () if when is not None else marks
    return Columns(what, number, when, leads, joins, marks=marks, unit_of_time=unit, group=group)


def _time_column(heads: Sequence[str], number: int | None) -> int | None:
    free = [(i, head) for i, head in enumerate(heads) if i != number and not _MARK.fullmatch(head)]
    full = [i for i, head in free if _FULL_TIME.search(head) and not COLUMN_TASK.match(head)]
    short = [i for i, head in free if COLUMN_TIME.match(head)]
    return next(iter((*full, *short)), None)


def _people(heads: Sequence[str], words: re.Pattern[str], taken: set[int | None]) -> tuple[int, ...]:
    """Return the columns of people. A head of both kinds ("chủ trì, phối hợp") is one of those who lead."""
    found = [i for i, head in enumerate(heads) if i not in taken and words.search(head)]
    if words is COLUMN_JOIN:
        found = [i for i in found if not re.search("chu tri|thuc hien,", heads[i])]
    return tuple(i for i in found if not _NOBODY.match(heads[i]))


def _of_goals(heads: Sequence[str], number: int | None) -> Columns | None:
    unit = next((i for i, head in enumerate(heads) if i != number and COLUMN_UNIT.match(head)), None)
    taken = {number, unit}
    what = _first(heads, COLUMN_TARGET, taken)
    if what is None:
        return None
    results = {i for i, head in enumerate(heads) if COLUMN_RESULT.match(head)}
    goals = [
        i for i, head in enumerate(heads) if i not in {*taken, what, *results} and COLUMN_GOAL.search(head)
    ]
    goals = [i for i in goals if not re.match("ghi chu|don vi thuc hien|nam truoc", heads[i])]
    if not goals:
        return None
    return Columns(what, number, goal=_year_goal(heads, goals), unit=unit)


def _year_goal(heads: Sequence[str], goals: list[int]) -> int:
    """Return the column of the whole plan: "cả năm", else that of the latest year, else the first."""
    whole = [i for i in goals if re.search("ca nam|tong|toan nam", heads[i])]
    if whole:
        return whole[0]
    dated = [(max(_LATE_YEAR.findall(heads[i])), -i) for i in goals if _LATE_YEAR.search(heads[i])]
    return -max(dated)[1] if dated else goals[0]


def _first(heads: Sequence[str], words: re.Pattern[str], taken: set[int | None]) -> int | None:
    """Return the first column whose head has such words, notes and places last."""
    found = [i for i, head in enumerate(heads) if i not in taken and words.search(head)]
    main = [i for i in found if not COLUMN_ASIDE.match(heads[i])]
    return next(iter((*main, *found)), None)
