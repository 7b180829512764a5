"""What names a plan: its number, day of issue, issuer, title and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.planreader.masks import without_dates
from bot.planreader.paragraphs import Paragraph
from bot.planreader.vocabulary import (
    DOCUMENT_DAY,
    DOCUMENT_NUMBER,
    ISSUER,
    ISSUER_ACTS,
    ISSUER_OWNS,
    ISSUER_PLACE,
    OTHER_TYPES,
    PLAN_TYPES,
)
from bot.planreader.words import fold, squeeze, without_ending
from domain.plan import PlanHead

_YEAR = re.compile(r"\bnam\s*(?P<year>20\d\d)(?!\s*[-–—]\s*\d)")
_TITLE_GOES_ON = re.compile(r"(?:nam \d{4}|giai doan|\()")
_KIND_BY_NUMBER = {"BC": "bao cao", "GM": "giay moi", "TB": "thong bao", "QĐ": "quyet dinh", "BB": "bien ban"}
_TYPE_PLACES = 25
_TITLE_LENGTH = 90


def kind_of(paragraphs: Sequence[Paragraph]) -> str | None:
    """Return the folded type words of the document ("ke hoach", "bao cao"), or None where it has none."""
    first = paragraphs[:_TYPE_PLACES]
    index = _type_index(first)
    if index is not None:
        return _type_of(first[index].text)
    if any(fold(paragraph.text).startswith("kinh gui") for paragraph in first):
        return "cong van"
    return _KIND_BY_NUMBER.get(_number(first).partition("/")[2].partition("-")[0])


def is_plan_kind(kind: str | None) -> bool:
    """Tell whether a document of this kind may hold a plan; one without type words may."""
    return kind is None or kind in PLAN_TYPES


def read_head(head: Sequence[Paragraph], body: Sequence[Paragraph]) -> PlanHead | None:
    """Return what names the plan, as far as it is written; None where no year can be found.

    `head` is what stands above the first section, `body` all paragraphs.
    """
    at = _type_index(head)
    above = head[: at if at is not None else len(head)]
    title = _title(head, at)
    issued = _issued(above if at is not None else head)
    year = _year(title, body, issued)
    if year is None:
        return None
    return PlanHead(_number(head), issued, year, _issuer(above, body), title)


def _type_index(paragraphs: Sequence[Paragraph]) -> int | None:
    return next((i for i, p in enumerate(paragraphs[:_TYPE_PLACES]) if _type_of(p.text)), None)


def _type_of(text: str) -> str | None:
    """Return the type words with which a line begins, unless it goes on as a sentence or a citation."""
    folded = fold(text)
    for kind in sorted((*PLAN_TYPES, *OTHER_TYPES), key=len, reverse=True):
        if re.match(rf"{kind}\b(?! so\b)", folded) and (
            text[: len(kind)].isupper() or len(text) < _TITLE_LENGTH
        ):
            return kind
    return None


def _title(head: Sequence[Paragraph], at: int | None) -> str:
    """Return the lines below the type words, or the line itself when it goes on behind them."""
    if at is None:
        return ""
    line = head[at].text
    kind = _type_of(line) or ""
    parts = [line] if len(line) > len(kind) + 1 else []
    for paragraph in head[at + 1 :]:
        if parts and not _belongs_to_title(paragraph, parts, head[at]):
            break
        parts.append(paragraph.text)
    return without_ending(squeeze(" ".join(parts)))


def _belongs_to_title(paragraph: Paragraph, parts: list[str], type_line: Paragraph) -> bool:
    if paragraph.strong and type_line.strong:
        return True
    return len(paragraph.text) < _TITLE_LENGTH and (
        _TITLE_GOES_ON.match(fold(paragraph.text)) is not None or parts[-1].endswith(",")
    )


def _number(head: Sequence[Paragraph]) -> str:
    for paragraph in head:
        found = DOCUMENT_NUMBER.match(fold(paragraph.text))
        if found and found["number"] and found["suffix"]:
            return "".join(paragraph.text[found.start("number") : found.end("suffix")].split())
    return ""


def _issued(head: Sequence[Paragraph]) -> date | None:
    for paragraph in head:
        found = DOCUMENT_DAY.search(fold(paragraph.text))
        if found and len(paragraph.text) < _TITLE_LENGTH and not re.search(r"\bso \d", fold(paragraph.text)):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return None
    return None


def _year(title: str, body: Sequence[Paragraph], issued: date | None) -> int | None:
    years = _YEAR.findall(without_dates(fold(title)))
    if years:
        return int(years[-1])
    for paragraph in body:
        folded = without_dates(fold(paragraph.text))
        found = re.search(
            r"(?:ke hoach|thuc hien|chi tieu|nhiem vu|cong tac|hoat dong)[^.;]{0,60}?" + _YEAR.pattern, folded
        )
        if found:
            return int(found["year"])
    return issued.year if issued else None


def _issuer(above: Sequence[Paragraph], body: Sequence[Paragraph]) -> str:
    """Return the body named last above the number, else the one that says it makes the plan."""
    named = _letter_head(above)
    if named:
        return named
    for pattern in (ISSUER_ACTS, ISSUER_OWNS):
        for paragraph in body:
            found = pattern.search(fold(paragraph.text))
            if found:
                return squeeze(paragraph.text[found.start("issuer") : found.end("issuer")])
    return ""


def _letter_head(above: Sequence[Paragraph]) -> str:
    named = ""
    for paragraph in above:
        folded = fold(paragraph.text)
        if not paragraph.text.isupper() or folded.startswith(("cong hoa", "doc lap", "so", "dang cong")):
            continue
        if named and ISSUER_PLACE.match(folded) and not ISSUER_PLACE.search(fold(named)):
            named += " " + paragraph.text
        elif ISSUER.search(folded):
            named = paragraph.text
    return squeeze(named)
