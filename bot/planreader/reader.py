"""The door of the plan reader: a file in, a plan out."""

from __future__ import annotations

from pathlib import PurePath

from bot.planreader.assembly import assemble
from bot.planreader.decoding import decode
from bot.planreader.paragraphs import Paragraph
from bot.planreader.pdf_file import read_pdf_file
from bot.planreader.text_tables import paragraphs_of
from bot.planreader.toml_plan import parse_plan
from bot.planreader.word_file import read_word_file
from domain.errors import InputError
from domain.plan import YearPlan

MAX_BYTES = 10 * 1024 * 1024
"""Ten megabytes: a plan of forty pages with a scanned seal has two."""
MAX_PARAGRAPHS = 5000
MAX_PARAGRAPH_CHARS = 10_000
MAX_CHARS = 1_000_000
MAX_LINES = 50_000
"""A plan of forty pages has some 600 paragraphs and 120,000 characters; without these limits a hostile text
could keep us busy for minutes."""
_TEXT_NAMES = frozenset({".txt", ".text", ""})
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_PDF_PLACES = 1024
"""Bytes in which a PDF names itself; some mailers put a line before it."""
_MACRO_NAMES = frozenset({".docm", ".dotm"})


def read_plan(name: str, content: bytes) -> YearPlan:
    """Return the plan in a file: a text, a Word file (.docx), a PDF with text, or our own .toml.

    What the bytes are decides before what `name` says.
    Raises: InputError with the file's `name`. `file-too-large` (in bytes or paragraphs), `unknown-file` (a
    kind that is not read), `unsafe-file` (macros, zip bombs), `unreadable-file` (damaged or locked),
    `no-text` (a scanned PDF), `not-a-plan` (nothing found, or a document of another `kind`), `no-year`, and
    `toml-fault` with `line` and `reason`.
    Source: DESIGN.md section 2.
    """
    ending = PurePath(name).suffix.lower()
    if len(content) > MAX_BYTES:
        raise InputError("file-too-large", name=name)
    if ending in _MACRO_NAMES:
        raise InputError("unsafe-file", name=name)
    if content.startswith(_ZIP):
        return _assemble(name, read_word_file(name, content))
    if ending == ".pdf" or _PDF in content[:_PDF_PLACES]:
        return _assemble(name, read_pdf_file(name, content))
    if ending == ".docx":
        raise InputError("unreadable-file", name=name)
    if ending == ".toml":
        return parse_plan(_text(name, content), name)
    if ending not in _TEXT_NAMES:
        raise InputError("unknown-file", name=name)
    text = _text(name, content)
    if len(text.splitlines()) > MAX_LINES:
        raise InputError("file-too-large", name=name)
    return _assemble(name, paragraphs_of(text))


def _assemble(name: str, paragraphs: tuple[Paragraph, ...]) -> YearPlan:
    lengths = [len(paragraph.text) for paragraph in paragraphs]
    if (
        len(lengths) > MAX_PARAGRAPHS
        or max(lengths, default=0) > MAX_PARAGRAPH_CHARS
        or sum(lengths) > MAX_CHARS
    ):
        raise InputError("file-too-large", name=name)
    return assemble(paragraphs, name)


def _text(name: str, content: bytes) -> str:
    try:
        return decode(content)
    except ValueError as error:
        raise InputError("unreadable-file", name=name) from error
