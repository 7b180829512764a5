"""What names a plan: its number, day of issue, issuer, title, and the period it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.planreader.frames import year_frame
from bot.planreader.masks import without_dates
from bot.planreader.paragraphs import Paragraph
from bot.planreader.planperiods import period_in
from bot.planreader.vocabulary import (
    DOCUMENT_DAY,
    DOCUMENT_NUMBER,
    ISSUER,
    ISSUER_ACTS,
    ISSUER_OWNS,
    ISSUER_PLACE,
    KIND_BY_NUMBER,
    OTHER_TYPES,
    PLAN_TYPES,
)
from bot.planreader.words import fold, squeeze, without_ending
from domain.plan import PeriodKind, PlanHead, PlanPeriod

_YEAR = re.compile(r"\bnam\s*(?P<year>20\d\d)(?!\s*[-–—]\s*\d)")
_TITLE_GOES_ON = re.compile(r"(?:nam \d{4}|nam hoc|giai doan|thang \d|quy [ivx\d]|\()")
_TYPE_PLACES = 25
_TITLE_LENGTH = 90
_SIGNATURE_PLACES = 12
_PLACE_AND_DAY = re.compile(r"[^,;:.]{2,40}, ngay \d{1,2} ?(?:thang|/) ?\d{1,2} ?(?:nam|/) ?\d{4}\.?")
_KINDS = sorted((*PLAN_TYPES, *OTHER_TYPES), key=len, reverse=True)
_OCCASIONS = re.compile(r"(?:hoi nghi|dai hoi|le |buoi|hop|toa dam|lam viec|gap mat|ngay hoi|hoi thi)")


def kind_of(paragraphs: Sequence[Paragraph]) -> str | None:
    """Return the type words of the document ("kế hoạch", "báo cáo"), or None where it has none."""
    first = paragraphs[:_TYPE_PLACES]
    index = _type_index(first)
    if index is not None:
        kind = _type_of(first[index].text)
        below = fold(first[index + 1].text) if index + 1 < len(first) else ""
        is_agenda = kind == "chương trình" and len(first[index].text) <= len(kind) + 1
        return "chương trình hội nghị" if is_agenda and _OCCASIONS.match(below) else kind
    if any(fold(paragraph.text).startswith("kinh gui") for paragraph in first):
        return "công văn"
    return KIND_BY_NUMBER.get(_number(first).partition("/")[2].partition("-")[0])


def is_plan_kind(kind: str | None) -> bool:
    """Tell whether a document of this kind may hold a plan; one without type words may."""
    return kind is None or kind in PLAN_TYPES


def is_type_line(text: str) -> bool:
    """Tell whether a line is nothing but the type of a document: "KẾ HOẠCH"."""
    kind = _type_of(text)
    return kind is not None and text.isupper()


def read_head(head: Sequence[Paragraph], body: Sequence[Paragraph]) -> tuple[PlanHead, PlanPeriod] | None:
    """Return what names the plan, as far as it is written, and its period; None where no year can be found.

    `head` is what stands above the first section, `body` all paragraphs.
    """
    at = _type_index(head)
    above = head[: at if at is not None else len(head)]
    title = _title(head, at)
    issued = _issued(above if at is not None else head) or _signed(body)
    period = _period(title, head, body, issued)
    if period is None:
        return None
    return PlanHead(_number(head), issued, period.start.year, _issuer(above, body), title), period


def _type_index(paragraphs: Sequence[Paragraph]) -> int | None:
    """Return the place of the type words: a line in capitals, else the first that begins with them."""
    found = [i for i, p in enumerate(paragraphs[:_TYPE_PLACES]) if _type_of(p.text)]
    loud = [i for i in found if paragraphs[i].text[: len(_type_of(paragraphs[i].text) or "")].isupper()]
    return next(iter((*loud, *found)), None)


def _type_of(text: str) -> str | None:
    """Return the type words with which a line begins, unless it goes on as a sentence or a citation."""
    lower, folded = text.lower(), fold(text)
    for kind in _KINDS:
        if not lower.startswith(kind) and (folded != lower or not folded.startswith(fold(kind))):
            continue
        if re.match(r"(?!\w)(?! so\b)", folded[len(kind) :]) and (
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


def _signed(body: Sequence[Paragraph]) -> date | None:
    """Return the day above the signature, where schools write it."""
    lines = [line for line in body[-_SIGNATURE_PLACES:] if _PLACE_AND_DAY.fullmatch(fold(line.text))]
    return _issued(lines)


def _period(
    title: str, head: Sequence[Paragraph], body: Sequence[Paragraph], issued: date | None
) -> PlanPeriod | None:
    """Return the period that the title names; a year in the text goes before a programme's years there."""
    of_school = any(re.search(r"\btruong\b|giao duc|nha giao", fold(line.text)) for line in head)
    named = period_in(title, of_school=of_school)
    if named and named.kind is not PeriodKind.YEARS:
        return named
    year = _year(head if named else body)
    if year is None and not named:
        year = issued.year if issued else None
    return year_frame(year) if year else named


def _year(body: Sequence[Paragraph]) -> int | None:
    for paragraph in body:
        folded = without_dates(fold(paragraph.text))
        found = re.search(
            r"(?:ke hoach|thuc hien|chi tieu|nhiem vu|cong tac|hoat dong)[^.;]{0,60}?" + _YEAR.pattern, folded
        )
        if found:
            return int(found["year"])
    return None


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
