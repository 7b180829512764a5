"""The pages of a PDF as one text: lines joined, page numbers and repeated heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.planreader.markers import Kind, marker_of
from bot.planreader.paragraphs import Paragraph, begins_anew, head_columns
from bot.planreader.pdf_grid import Grid, grids_of
from bot.planreader.pdf_head import head_of
from bot.planreader.pdf_page import Letter, Line, Page, lines_of
from bot.planreader.tables import Cell, lines_of_table
from bot.planreader.vocabulary import STANDALONE
from bot.planreader.words import fold, squeeze

_MARGIN = 0.12
"""Share of a page's height at its top and its bottom where page numbers and repeated heads stand."""
_PAGE_NUMBER = re.compile(r"(?:trang )?[-–—]*\s*\d{1,3}\s*[-–—]*(?:\s*(?:/|tren)\s*\d{1,3})?")
_PRINTED = re.compile(r"(?:file|https?)://|\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d\d(?: [AP]M)?\b|\d\d:\d\d, \d")
_BROKEN = re.compile(r"\w[-/]$")
_SAME_COLUMN = 4.0
_WIDE_GAP = 0.75
_INDENT = 9.0
_HEAD_LINES = 24
_MOST_HEAD_ROWS = 3
_LONG_LINE = 30


@dataclass(frozen=True, slots=True)
class _Table:
    xs: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


_Block = Line | _Table


def paragraphs_of_pages(pages: Sequence[Page]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the pages in order, rows of known tables as such."""
    read = _without_margins(pages)
    blocks = _one_text([_blocks(page) for page in read])
    found = [Paragraph(line) for line in read[0].head] if read else []
    lines: list[Line] = []
    right = _right_edge(blocks)
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
            continue
        found += _joined(lines, right, is_top=not found)
        lines = []
        found += lines_of_table(block.rows)
    return (*found, *_joined(lines, right, is_top=not found))


@dataclass(slots=True)
class _Read:
    """A page with its lines found; `head` are those of its letter head."""

    height: float
    lines: list[Line]
    grids: list[Grid]
    head: list[str] = field(default_factory=list)


def _without_margins(pages: Sequence[Page]) -> list[_Read]:
    """Return the pages without page numbers and without what stands at the edge of most of them."""
    read = [_read(page, is_first=number == 0) for number, page in enumerate(pages)]
    shapes = Counter(
        shape for page in read for shape in {_shape(line) for line in page.lines if _edge(line, page)}
    )
    for page in read:
        page.lines = [
            line for line in page.lines if not (_edge(line, page) and _is_furniture(line, shapes, read))
        ]
    return read


def _read(page: Page, *, is_first: bool) -> _Read:
    grids, outside = grids_of(page)
    outside = _without_page_number(outside, page.height)
    head, below = head_of(outside, page.width) if is_first else ([], outside)
    return _Read(page.height, lines_of(below), grids, head)


def _without_page_number(letters: Sequence[Letter], height: float) -> list[Letter]:
    """Return the letters without those of a page number, and of what a browser prints at the edges."""
    gone = [
        line
        for line in lines_of(letters)
        if _in_margin(line, height)
        and (_PAGE_NUMBER.fullmatch(fold(squeeze(line.text))) or _PRINTED.search(line.text))
    ]
    return [one for one in letters if not any(line.y0 < one.middle[1] < line.y1 for line in gone)]


def _in_margin(line: Line, height: float) -> bool:
    middle = (line.y0 + line.y1) / 2
    return middle < height * _MARGIN or middle > height * (1 - _MARGIN)


def _edge(line: Line, page: _Read) -> bool:
    return _in_margin(line, page.height)


def _is_furniture(line: Line, shapes: Counter[str], pages: Sequence[_Read]) -> bool:
    often = shapes[_shape(line)]
    return often >= 2 and often * 2 >= len(pages) and marker_of(line.text).kind is Kind.NONE


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", fold(squeeze(line.text)))


def _blocks(page: _Read) -> list[_Block]:
    placed: list[tuple[float, _Block]] = [(line.y0, line) for line in page.lines]
    placed += [(grid.top, _table(grid)) for grid in page.grids]
    return [block for _, block in sorted(placed, key=lambda one: one[0])]


def _table(grid: Grid) -> _Table:
    rows = []
    for row in range(len(grid.ys) - 1):
        cells = []
        for column in range(len(grid.xs) - 1):
            box = grid.at[row, column]
            is_first = box.column == column
            cells.append(Cell(_cell_text(box.letters), box.columns) if is_first else Cell(width=0))
        rows.append(tuple(cells))
    return _Table(grid.xs, tuple(rows))


def _cell_text(letters: Sequence[Letter]) -> tuple[Paragraph, ...]:
    """Return a cell's paragraphs: its lines joined, but for those that begin with a mark."""
    found: list[Paragraph] = []
    for line in lines_of(letters):
        text = squeeze(line.text)
        if found and not (marker_of(text).kind is not Kind.NONE and begins_anew(found[-1].text, text)):
            found[-1] = replace(found[-1], text=_together(found[-1].text, text))
        else:
            found.append(Paragraph(text, line.bold))
    return tuple(found)


def _one_text(pages: Sequence[list[_Block]]) -> list[_Block]:
    """Return the blocks of all pages; a table that goes on over the page is one table."""
    text: list[_Block] = []
    for blocks in pages:
        rest = blocks
        if text and blocks and isinstance(text[-1], _Table) and isinstance(blocks[0], _Table):
            joined = _over_the_page(text[-1], blocks[0])
            if joined is not None:
                text[-1], rest = joined, blocks[1:]
        text += rest
    return text


def _over_the_page(above: _Table, below: _Table) -> _Table | None:
    if len(above.xs) != len(below.xs):
        return None
    if any(abs(a - b) > _SAME_COLUMN for a, b in zip(above.xs, below.xs, strict=True)):
        return None
    rows, fresh = above.rows, below.rows[_heads_again(above, below) :]
    if not fresh:
        return above
    first = fresh[0]
    if not first[0].text and any(cell.text[:1].islower() for cell in first):
        last = tuple(_both(a, b) for a, b in zip(rows[-1], first, strict=True))
        return _Table(above.xs, (*rows[:-1], last, *fresh[1:]))
    return _Table(above.xs, (*rows, *fresh))


def _heads_again(above: _Table, below: _Table) -> int:
    """Return how many rows at the top of a page only repeat the table's heads."""
    again = 0
    for head, row in zip(above.rows[:_MOST_HEAD_ROWS], below.rows, strict=False):
        if [cell.text for cell in head] != [cell.text for cell in row]:
            break
        again += 1
    return again


def _both(above: Cell, below: Cell) -> Cell:
    if not below.paragraphs:
        return above
    if not above.paragraphs:
        return Cell(below.paragraphs, above.width)
    seam = replace(above.paragraphs[-1], text=f"{above.paragraphs[-1].text} {below.paragraphs[0].text}")
    return Cell((*above.paragraphs[:-1], seam, *below.paragraphs[1:]), above.width)


def _right_edge(blocks: Sequence[_Block]) -> float:
    edges = sorted(block.x1 for block in blocks if isinstance(block, Line) and len(block.text) > _LONG_LINE)
    return edges[int(len(edges) * 0.95)] if edges else 0.0


def _joined(lines: Sequence[Line], right: float, *, is_top: bool) -> Iterator[Paragraph]:
    """Yield the paragraphs that lines make.

    A line goes on with the one above when that one is full, or when it begins with a small letter.
    """
    left = min((line.x0 for line in lines), default=0.0)
    text, last = "", None
    for number, line in enumerate(lines):
        sides = head_columns(line.text) if is_top and number < _HEAD_LINES else [squeeze(line.text)]
        if len(sides) == 1 and last is not None and _goes_on(text, last, line, left, right):
            text, last = _together(text, sides[0]), line
            continue
        if text and last is not None:
            yield Paragraph(text, _is_strong(last, left, right))
        for side in sides[:-1]:
            yield Paragraph(side, line.bold)
        text, last = sides[-1], line if len(sides) == 1 else None
        if last is None:
            yield Paragraph(text, line.bold)
            text = ""
    if text and last is not None:
        yield Paragraph(text, _is_strong(last, left, right))


def _together(above: str, below: str) -> str:
    """Join two lines; "62-KH/HU" was broken behind its hyphen and takes no space."""
    return above + below if _BROKEN.search(above) else f"{above} {below}"


def _is_strong(line: Line, left: float, right: float) -> bool:
    """Tell whether a paragraph's last line is bold or stands in the middle between the edges."""
    before, behind = line.x0 - left, right - line.x1
    return line.bold or (before > 4 * _INDENT and abs(before - behind) < _INDENT)


def _goes_on(text: str, above: Line, line: Line, left: float, right: float) -> bool:
    words = squeeze(line.text)
    if begins_anew(text, words):
        return False
    height = above.y1 - above.y0
    if line.y0 - above.y1 > height * _WIDE_GAP:
        return False
    is_full = above.x1 + line.first_word + height * 0.3 >= right
    if STANDALONE.match(fold(text)) and not is_full:
        return False
    if words[0].islower() or (text.endswith(",") and above.bold == line.bold):
        return not (text.endswith((".", ";")) and not is_full)
    if text.endswith((".", ";", ":")) and line.x0 - left > _INDENT:
        return False
    return is_full
