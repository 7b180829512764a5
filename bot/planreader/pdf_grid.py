"""The tables that ruled lines make on a page, merged cells told by the lines that are missing."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.planreader.pdf_page import Letter, Page, Ruling

_NEAR = 3.0
"""Points within which two lines are one, and a line reaches another."""
_MOST_LINES = 400


@dataclass(slots=True)
class Box:
    """One cell: the columns and rows it covers, and its letters."""

    row: int
    column: int
    rows: int
    columns: int
    letters: list[Letter] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: where its columns and rows are divided, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]
    at: dict[tuple[int, int], Box]

    @property
    def top(self) -> float:
        """Where the table begins."""
        return self.ys[0]


def grids_of(page: Page) -> tuple[list[Grid], list[Letter]]:
    """Return the tables of a page from top to bottom, and the letters that stand in none of them.

    A frame without any line inside it is no table.
    """
    grids = sorted(
        (grid for group in _connected(page.rulings) if (grid := _grid(group))), key=lambda grid: grid.top
    )
    outside = [letter for letter in page.letters if not any(_put(grid, letter) for grid in grids)]
    return grids, outside


def _connected(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Yield the groups of lines that touch one another."""
    joined = _merged(rulings)
    if len(joined) > _MOST_LINES:
        joined = joined[:_MOST_LINES]
    parent = list(range(len(joined)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for i, a in enumerate(joined):
        for j in range(i):
            if _touch(a, joined[j]):
                parent[root(i)] = root(j)
    groups: dict[int, list[Ruling]] = defaultdict(list)
    for index, ruling in enumerate(joined):
        groups[root(index)].append(ruling)
    yield from groups.values()


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Join pieces of one line: browsers draw a table's lines cell by cell."""
    merged: list[Ruling] = []
    rows: dict[tuple[bool, int], list[Ruling]] = {}
    for one in sorted(rulings, key=lambda one: (one.level, one.at, one.start)):
        key = next(
            (
                (one.level, place)
                for place in (round(one.at), round(one.at) - 1, round(one.at) + 1)
                if (one.level, place) in rows
            ),
            (one.level, round(one.at)),
        )
        rows.setdefault(key, []).append(one)
    for pieces in rows.values():
        current: Ruling | None = None
        for one in sorted(pieces, key=lambda one: one.start):
            if current is not None and one.start <= current.end + _NEAR:
                current = Ruling(one.level, current.at, current.start, max(current.end, one.end))
            else:
                if current is not None:
                    merged.append(current)
                current = one
        if current is not None:
            merged.append(current)
    return merged


def _touch(a: Ruling, b: Ruling) -> bool:
    if a.level == b.level:
        return False
    level, upright = (a, b) if a.level else (b, a)
    return (
        level.start - _NEAR <= upright.at <= level.end + _NEAR
        and upright.start - _NEAR <= level.at <= upright.end + _NEAR
    )


def _grid(group: Sequence[Ruling]) -> Grid | None:
    uprights = [one for one in group if not one.level]
    levels = [one for one in group if one.level]
    xs = _places(one.at for one in uprights)
    # A row broken by the end of the page has no line there; the uprights show how far it reaches.
    edges = [edge for one in uprights for edge in (one.start, one.end)]
    ys = _places([*(one.at for one in levels), *([min(edges), max(edges)] if edges else [])])
    if len(xs) < 3 or len(ys) < 3:
        return None
    boxes = _boxes(xs, ys, uprights, levels)
    at = {
        (row, column): box
        for box in boxes
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    }
    return Grid(xs, ys, tuple(boxes), at) if len(boxes) > 1 else None


def _places(values: Iterable[float]) -> tuple[float, ...]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return tuple(places)


def _boxes(
    xs: Sequence[float], ys: Sequence[float], uprights: Sequence[Ruling], levels: Sequence[Ruling]
) -> list[Box]:
    taken: set[tuple[int, int]] = set()
    found: list[Box] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            wide = 1
            while column + wide < len(xs) - 1 and not _stands(
                uprights, xs[column + wide], ys[row], ys[row + 1]
            ):
                wide += 1
            high = 1
            while row + high < len(ys) - 1 and not _stands(
                levels, ys[row + high], xs[column], xs[column + wide]
            ):
                high += 1
            taken |= {(row + i, column + j) for i in range(high) for j in range(wide)}
            found.append(Box(row, column, high, wide))
    return found


def _stands(lines: Iterable[Ruling], at: float, start: float, end: float) -> bool:
    """Tell whether one of the lines runs at `at` over the middle of the stretch."""
    middle = (start + end) / 2
    return any(abs(line.at - at) <= _NEAR and line.start <= middle <= line.end for line in lines)


def _put(grid: Grid, letter: Letter) -> bool:
    """Put a letter into the cell around it; False when it stands outside of the table."""
    x, y = letter.middle
    column, row = bisect_right(grid.xs, x) - 1, bisect_right(grid.ys, y) - 1
    if not (0 <= column < len(grid.xs) - 1 and 0 <= row < len(grid.ys) - 1):
        return False
    grid.at[row, column].letters.append(letter)
    return True
