"""The paragraphs of a Word file (.docx), those of its tables included, in document order."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from bot.planreader.paragraphs import Paragraph
from bot.planreader.tables import Cell, lines_of_table
from bot.planreader.word_numbering import Numbering
from bot.planreader.words import compose, squeeze
from domain.errors import InputError

MAX_UNPACKED_BYTES = 40 * 1024 * 1024
MAX_XML_BYTES = 12 * 1024 * 1024
"""A plan of a hundred pages is one megabyte of XML and some pictures; a zip bomb unpacks to gigabytes."""
MAX_PARTS = 2000
MAX_COLUMNS = 63
"""Word itself allows no more."""
_DAMAGE = (SyntaxError, LookupError, ValueError, AttributeError, zipfile.BadZipFile, zlib.error, EOFError)
_MACROS = re.compile(r"vbaProject|vbaData|macrosheets|activeX", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NOT_TEXT = frozenset(
    {
        _WORD + "del",
        _WORD + "moveFrom",
        _WORD + "pPr",
        _WORD + "rPr",
        _WORD + "instrText",
        _COMPATIBILITY + "Fallback",
    }
)
_TRANSPARENT = frozenset(
    _WORD + tag for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
_BREAKS = {_WORD + "br": "\n", _WORD + "cr": "\n", _WORD + "tab": "\t", _WORD + "noBreakHyphen": "-"}


def read_word_file(name: str, content: bytes) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a .docx with their automatic numbers and bullets written out.

    Raises: InputError `unknown-file` for a zip that is no Word file, `unsafe-file` for one with macros or
    one that unpacks to more than MAX_UNPACKED_BYTES, `unreadable-file` for a damaged one.
    """
    _guard(name, content)
    # python-docx takes a third of a second to import; commands that read no plan should not wait for it.
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(BytesIO(content))
        return tuple(_paragraphs(document.element.body, Numbering(document.part)))
    except (OpcError, *_DAMAGE) as error:
        # A damaged package shows in any of these ways, depending on which part is broken; broken XML is a
        # SyntaxError to lxml.
        raise InputError("unreadable-file", name=name) from error


def _guard(name: str, content: bytes) -> None:
    try:
        parts = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise InputError("unreadable-file", name=name) from error
    names = {part.filename for part in parts}
    if "word/document.xml" not in names:
        raise InputError("unknown-file", name=name)
    # zipfile never unpacks more of a part than the size declared here, so the sum can be trusted.
    xml = max(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if (
        len(parts) > MAX_PARTS
        or xml > MAX_XML_BYTES
        or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES
    ):
        raise InputError("unsafe-file", name=name)
    if any(_MACROS.search(part) for part in names):
        raise InputError("unsafe-file", name=name)
    if any(part.flag_bits & 1 for part in parts):
        raise InputError("unreadable-file", name=name)


def _paragraphs(body: Any, numbering: Numbering) -> Iterator[Paragraph]:
    for element in body.iterchildren():
        if element.tag == _WORD + "p":
            yield from _lines(element, numbering)
        elif element.tag == _WORD + "tbl":
            yield from lines_of_table(_grid(element, numbering))
        elif element.tag in _TRANSPARENT:
            yield from _paragraphs(element, numbering)


def _grid(table: Any, numbering: Numbering) -> list[list[Cell]]:
    """Return the cells of each row; a cell merged downwards repeats what it holds."""
    grid: list[list[Cell]] = []
    for row in _children(table, "tr"):
        cells: list[Cell] = [Cell(width=0)] * _skipped(row)
        for cell in _children(row, "tc"):
            width = _width(cell)
            merged = cell.find(f"{_WORD}tcPr/{_WORD}vMerge")
            goes_on = merged is not None and merged.get(_WORD + "val", "continue") == "continue"
            above = grid[-1][len(cells)] if goes_on and grid and len(cells) < len(grid[-1]) else None
            own = above.paragraphs if above is not None else tuple(_paragraphs(cell, numbering))
            cells += [Cell(own, width), *[Cell(width=0)] * (width - 1)]
        grid.append(cells)
    return grid


def _width(cell: Any) -> int:
    span = cell.find(f"{_WORD}tcPr/{_WORD}gridSpan")
    return min(max(int(span.get(_WORD + "val", "1")), 1), MAX_COLUMNS) if span is not None else 1


def _skipped(row: Any) -> int:
    """Return how many columns a row leaves free on its left."""
    before = row.find(f"{_WORD}trPr/{_WORD}gridBefore")
    return min(max(int(before.get(_WORD + "val", "0")), 0), MAX_COLUMNS) if before is not None else 0


def _children(element: Any, tag: str) -> Iterator[Any]:
    """Yield the children named `tag`, also from inside content controls; those of inner tables stay out."""
    for child in element.iterchildren():
        if child.tag == _WORD + tag:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _children(child, tag)


def _lines(element: Any, numbering: Numbering) -> Iterator[Paragraph]:
    """Yield the lines of a paragraph: one, or several where it was broken by hand."""
    text = compose("".join(_pieces(element)))
    mark = numbering.mark_of(element)
    strong = _is_strong(element)
    for line in filter(None, map(squeeze, text.split("\n"))):
        yield Paragraph(f"{mark} {line}" if mark else line, strong)
        mark = ""


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag in _NOT_TEXT:
            continue
        if child.tag == _WORD + "t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _pieces(child)


def _is_strong(element: Any) -> bool:
    """Tell whether a paragraph has a heading's style, is centred, or is all bold."""
    style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
    if style is not None and style.get(_WORD + "val", "").lower().startswith(("heading", "title")):
        return True
    aligned = element.find(f"{_WORD}pPr/{_WORD}jc")
    if aligned is not None and aligned.get(_WORD + "val") == "center":
        return True
    runs = [run for run in element.iter(_WORD + "r") if "".join(_pieces(run)).strip()]
    return bool(runs) and all(_is_on(run.find(f"{_WORD}rPr/{_WORD}b")) for run in runs)


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(_WORD + "val", "true") not in ("0", "false", "off")
