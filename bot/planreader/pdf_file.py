"""The paragraphs of a PDF that carries text, out of the letters and ruled lines of its pages."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from bot.planreader.paragraphs import Paragraph
from bot.planreader.pdf_page import Letter, Page, Ruling
from bot.planreader.pdf_text import paragraphs_of_pages
from domain.errors import InputError

MAX_PAGES = 150
MAX_LETTERS = 300_000
MAX_RULINGS = 100_000
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
"""A plan of forty pages unpacks to some five megabytes, its fonts included."""
MAX_CONTENT_BYTES = 1024 * 1024
"""Drawing instructions of one page: a full page of text has a tenth of it."""
_FEWEST_LETTERS = 20
_THIN = 3.0
"""Points: a filled box thinner than this is a ruled line."""
_STREAM = re.compile(rb"stream\r?\n")
_CHUNK = 65536
_DAMAGE = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError),
    *(struct.error, zlib.error, EOFError, NotImplementedError, UnicodeError),
)


def read_pdf_file(name: str, content: bytes) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a PDF: broken lines joined, page numbers and repeated heads left out.

    Raises: InputError `unreadable-file` for one that is damaged or wants a password, `unsafe-file` for one
    that unpacks to more than MAX_UNPACKED_BYTES, `file-too-large` for too many pages or letters, `no-text`
    for one whose pages are only pictures.
    """
    _guard(name, content)
    pages = _pages(name, content)
    if sum(len(page.letters) for page in pages) < _FEWEST_LETTERS:
        raise InputError("no-text", name=name)
    return paragraphs_of_pages(pages)


def _guard(name: str, content: bytes) -> None:
    """Refuse a PDF that unpacks too large: the library beneath unpacks a stream without asking how long."""
    left, end = MAX_UNPACKED_BYTES, 0
    for found in _STREAM.finditer(content):
        if found.start() < end:
            continue
        end = content.find(b"endstream", found.end())
        end = end if end >= 0 else len(content)
        left -= _unpacked(content[found.end() : end], left)
        if left <= 0:
            raise InputError("unsafe-file", name=name)


def _unpacked(data: bytes, most: int) -> int:
    """Return how long a stream is once unpacked, packed twice included; 0 for other kinds."""
    total = 0
    for _ in range(3):
        data = _inflated(data, most - total + 1)
        total += len(data)
        if not data or total > most:
            break
    return total


def _inflated(data: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, max(most, 1))
    except zlib.error:
        return b""


def _pages(name: str, content: bytes) -> list[Page]:
    # The library takes a tenth of a second to import; commands that read no PDF should not wait for it.
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        return list(_read(name, content))
    except PDFPasswordIncorrect as error:
        raise InputError("unreadable-file", name=name) from error
    except (PDFException, PSException, *_DAMAGE) as error:
        # A damaged file shows in any of these ways, depending on which part is broken.
        raise InputError("unreadable-file", name=name) from error


def _read(name: str, content: bytes) -> Iterator[Page]:
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdftypes import stream_value

    manager = PDFResourceManager()
    device = _counting_device(name, manager)
    interpreter = PDFPageInterpreter(manager, device)
    found = list(islice(PDFPage.get_pages(BytesIO(content)), MAX_PAGES + 1))
    if not found:
        raise ValueError("no pages")
    if len(found) > MAX_PAGES:
        raise InputError("file-too-large", name=name)
    for one in found:
        if sum(len(stream_value(part).get_data()) for part in one.contents) > MAX_CONTENT_BYTES:
            raise InputError("file-too-large", name=name)
        interpreter.process_page(one)
        page = _page(device.get_result())
        if len(page.rulings) > MAX_RULINGS:
            raise InputError("file-too-large", name=name)
        yield page


def _counting_device(name: str, manager: Any) -> Any:
    """Return what takes a page's letters and lines; it stops a document of too many letters at once."""
    from pdfminer.converter import PDFPageAggregator

    class Counting(PDFPageAggregator):
        letters = 0

        def render_char(self, *args: Any, **named: Any) -> float:
            self.letters += 1
            if self.letters > MAX_LETTERS:
                raise InputError("file-too-large", name=name)
            return super().render_char(*args, **named)

    return Counting(manager, laparams=None)


def _page(layout: Any) -> Page:
    """Return a page with the origin in its upper left corner."""
    top = layout.y1
    page = Page(layout.x1 - layout.x0, top - layout.y0)
    for thing in _things(layout):
        kind = type(thing).__name__
        if kind == "LTChar":
            _add_letter(page, thing, top)
        elif kind in ("LTLine", "LTRect", "LTCurve"):
            page.rulings += _rulings(thing, top)
    return page


def _things(container: Any, depth: int = 0) -> Iterator[Any]:
    for thing in container:
        if type(thing).__name__ == "LTFigure" and depth < 5:
            yield from _things(thing, depth + 1)
        else:
            yield thing


def _add_letter(page: Page, char: Any, top: float) -> None:
    text = char.get_text()
    if text.startswith("(cid:") or not char.upright:
        return
    bold = "bold" in char.fontname.lower()
    page.letters.append(Letter(text, char.x0, top - char.y1, char.x1, top - char.y0, bold))


def _rulings(shape: Any, top: float) -> Iterator[Ruling]:
    """Yield the ruled lines of a shape: a thin one is one line, a drawn box its four sides."""
    x0, x1, y0, y1 = shape.x0, shape.x1, top - shape.y1, top - shape.y0
    wide, high = x1 - x0, y1 - y0
    if high <= _THIN < wide:
        yield Ruling(True, (y0 + y1) / 2, x0, x1)
    elif wide <= _THIN < high:
        yield Ruling(False, (x0 + x1) / 2, y0, y1)
    elif type(shape).__name__ == "LTRect" and shape.stroke and wide > _THIN and high > _THIN:
        yield from (Ruling(True, y0, x0, x1), Ruling(True, y1, x0, x1))
        yield from (Ruling(False, x0, y0, y1), Ruling(False, x1, y0, y1))
