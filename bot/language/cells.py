"""Figures pasted out of a sheet: "ĐV mới;7;;Đối thoại;1", and rows below a header that names the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bot.language import answers
from bot.language.normalise import fold
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token
from domain.understanding import Intent, Item, Reading

_SEPARATORS = frozenset({"|", ";", ","})
_NAMED = tags(
    "admit new_member member dialogue dialogue_short conference conference_short agreement agreement_short "
    "union found"
)
_PASSED = tags("past_vague admit member done union class_small class_large")
_LONGEST_NAME = 6
_PLACES = ("don vi", "dv", "cong ty", "cty", "doanh nghiep", "dn", "truong", "ten", "co so", "cdcs", "noi")
_DAYS = ("ngay", "thoi gian")
_PEOPLE = ("so nguoi", "nguoi du", "so ld", "so lao dong", "so nld", "du", "dai bieu", "so dai bieu")
_RESULTS = ("ket qua", "kq", "so lieu", "thuc hien", "th", "so luong", "sl", "dat", "gia tri", "so")
_WHOLES = ("tong", "cong", "tc")
_NOTHING = frozenset({"", "-", "0", "00", "k", "ko", "khong"})
_PROBE = 1097  # A number that no header brings.
_FEWEST_CELLS = 2
_QUOTES = 4  # "ĐV mới","8"
_MOST_CELLS = 20
_FIRST_ROWS = 5  # A header stands among them.

Probe = Callable[[str], Sequence[Item]]


class _Cell(NamedTuple):
    text: str
    start: int

    @property
    def key(self) -> str:
        return fold(self.text)


class _Columns(NamedTuple):
    """What stands in which column of a table."""

    codes: dict[int, str]
    place: int | None
    day: int | None
    people: int | None


def barred(line: str) -> str:
    """Return a table of commas with bars for them, letter for letter, so that "9,1,0" is three numbers."""
    header, *body = line.split("\n")
    commas = header.count(",")
    if not commas or not body or any(letter.isdigit() for letter in header):
        return line
    if any(row.count(",") != commas or not row.replace(",", "").strip() for row in body):
        return line
    numbers = all(any(cell.strip().isdecimal() for cell in row.split(",")) for row in body)
    return line.replace(",", "|") if numbers and ", " not in line else line


def pair_cells(tokens: list[Token]) -> list[Token]:
    """Return the tokens with a colon for the sign between a name and the cell of its number."""
    found: list[Token] = []
    at = 0
    quoted = [token.text for token in tokens].count('"') >= _QUOTES
    tokens = [token for token in tokens if token.text != '"'] if quoted else tokens
    while at < len(tokens):
        width = _joint(tokens, at, quoted=quoted)
        found.append(tokens[at]._replace(text=":", low=":", key=":") if width else tokens[at])
        at += width or 1
    return found


def _joint(tokens: Sequence[Token], at: int, *, quoted: bool) -> int:
    """Return how many signs part the name of an indicator from a cell of nothing but its number; else 0."""
    sign = tokens[at].text
    if sign not in _SEPARATORS or tokens[at].kind is not Kind.SIGN or not _ends_name(tokens, at):
        return 0
    number = at + 1
    if number >= len(tokens) or tokens[number].kind is not Kind.NUMBER:
        return 0
    after = tokens[number + 1] if number + 1 < len(tokens) else None
    if after is not None and after.kind is not Kind.BREAK and after.text not in _SEPARATORS:
        return 0
    close = tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[number].start
    return 1 if sign != "," or close or quoted else 0


def _ends_name(tokens: Sequence[Token], at: int) -> bool:
    for back in range(at - 1, max(-1, at - 1 - _LONGEST_NAME), -1):
        token = tokens[back]
        if token.has(*_NAMED) and not token.has(Tag.PLANNED):
            return True
        if token.kind is not Kind.DATE and not token.tags & _PASSED and token.text not in "()":
            return False
    return False


def table(line: str, today: date, probe: Probe) -> Reading | None:
    """Return the reading of a table whose header names at least one indicator; None where there is none.

    `probe` reads a short line: it tells which indicator the heading of a column names.
    """
    if "\n" not in line:
        return None
    for separator in "|;,":
        rows = list(_rows(line, separator))
        for at, header in enumerate(rows[:-1][:_FIRST_ROWS]):
            body = [row for row in rows[at + 1 :] if len(row) == len(header)]
            if _may_head(header) and len(body) == len(rows) - at - 1:
                columns = _columns(header, body, probe)
                if columns.codes:
                    return _reading(line, body, columns, today)
                if (items := _down(header, body, probe)) is not None:
                    return _answer(line, items, [])
    return None


def _rows(line: str, separator: str) -> Iterator[list[_Cell]]:
    start = 0
    for text in line.split("\n"):
        cells = list(_cells(text, start, separator))
        if separator == "|" and len(cells) > 1:  # "| a | b |"
            cells = cells[not cells[0].text : len(cells) - (not cells[-1].text)]
        if not set(text) <= set("|-+: "):
            yield cells
        start += len(text) + 1


def _cells(text: str, start: int, separator: str) -> Iterator[_Cell]:
    for part in text.split(separator):
        bare = part.strip()
        yield _Cell(bare, start + part.index(bare))
        start += len(part) + len(separator)


def _may_head(cells: Sequence[_Cell]) -> bool:
    return _FEWEST_CELLS <= len(cells) <= _MOST_CELLS and all(
        cell.text and not cell.text.isdigit() for cell in cells
    )


def _columns(header: Sequence[_Cell], body: Sequence[Sequence[_Cell]], probe: Probe) -> _Columns:
    def first(starts: tuple[str, ...]) -> int | None:
        return next((at for at, cell in enumerate(header) if _begins(cell.key, starts)), None)

    place = next((at for at in _worded(body) if _begins(header[at].key, _PLACES)), None)
    codes: dict[int, str] = {}
    for at, cell in enumerate(header):
        counted = all(_counts(row[at].text) for row in body)
        items = probe(f"{cell.text}: {_PROBE}") if counted and at != place else ()
        if len(items) == 1 and items[0].value == _PROBE:
            codes[at] = items[0].indicator
    return _Columns(codes, place, first(_DAYS), first(_PEOPLE))


def _worded(body: Sequence[Sequence[_Cell]]) -> list[int]:
    return [at for at in range(len(body[0])) if not any(row[at].text.isdigit() for row in body)]


def _begins(key: str, starts: tuple[str, ...]) -> bool:
    return any(key == start or key.startswith(f"{start} ") for start in starts)


def _counts(text: str) -> bool:
    return text.isdecimal() or fold(text) in _NOTHING


def _down(header: Sequence[_Cell], body: Sequence[Sequence[_Cell]], probe: Probe) -> list[Item] | None:
    """Return the items of a table with an indicator in each row; None where no column says what was done."""
    numeric = [at for at in range(len(header)) if all(_counts(row[at].text) for row in body)]
    results = [at for at in numeric if _begins(header[at].key, _RESULTS)]
    if not results or len(body) > _MOST_CELLS:
        return None
    items: list[Item] = []
    named = False
    for row in body:
        found = next((one for at in _worded(body) if (one := probe(f"{row[at].text}: {_PROBE}"))), ())
        cell = row[results[-1]]
        named = named or len(found) == 1
        if len(found) == 1 and found[0].value == _PROBE and cell.text.isdecimal() and int(cell.text):
            span = (cell.start, cell.start + len(cell.text))
            items.append(Item(found[0].indicator, int(cell.text), spans=(span,)))
    return items if named else None


def _answer(line: str, items: Sequence[Item], codes: Sequence[str]) -> Reading:
    zeros = tuple(code for code in codes if all(item.indicator != code for item in items))
    return Reading(Intent.REPORT if items else Intent.NONE_TO_REPORT, line, tuple(items), zeros)


def _reading(line: str, body: Sequence[Sequence[_Cell]], columns: _Columns, today: date) -> Reading:
    items: list[Item] = []
    for row in body:
        if any(_begins(cell.key, _WHOLES) for cell in row):
            continue
        items += _items(row, columns, today)
    return _answer(line, _added(items), list(columns.codes.values()))


def _items(row: Sequence[_Cell], columns: _Columns, today: date) -> Iterator[Item]:
    place = row[columns.place].text if columns.place is not None else None
    on = answers.date_in(row[columns.day].text, today) if columns.day is not None else None
    people = row[columns.people].text if columns.people is not None else ""
    for at, code in columns.codes.items():
        cell = row[at]
        if cell.text.isdecimal() and int(cell.text):
            present = int(people) if people.isdecimal() and code != "doan_vien_moi" else None
            span = (cell.start, cell.start + len(cell.text))
            yield Item(code, int(cell.text), on, place or None, present, spans=(span,))


def _added(items: Sequence[Item]) -> list[Item]:
    """Add up what has neither a day nor a place: rows of workshops are one unit's figure."""
    found: dict[tuple[str, date | None, str | None], Item] = {}
    for item in items:
        key = (item.indicator, item.on, item.place)
        known = found.get(key)
        found[key] = (
            item
            if known is None
            else Item(
                item.indicator,
                known.value + item.value,
                item.on,
                item.place,
                known.people,
                spans=(*known.spans, *item.spans),
            )
        )
    return list(found.values())
