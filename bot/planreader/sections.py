"""The parts of a plan: its head, the sections with targets, the sections with tasks, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.planreader.markers import Kind, Marker, marker_of
from bot.planreader.paragraphs import Paragraph
from bot.planreader.vocabulary import (
    LABEL,
    ROLE_FIRM_SKIP,
    ROLE_FIRM_TASKS,
    ROLE_SKIP,
    ROLE_TARGETS,
    ROLE_TASKS,
)
from bot.planreader.words import fold

_HEADING_LENGTH = 90
_LETTERS = re.compile(r"[^\W\d_]{2}.*[^\W\d_]{2}")
_TIMED = re.compile(r"(?:thang|quy|tuan|hoc ky|dot) (?:thu )?(?:\d{1,2}|[ivx]+)\b")
_LEADS_IN = re.compile(r"(?:cac |mot so |nhung |he thong |cu the |muc tieu, |nhiem vu, )?")
_ONLY_TIME = re.compile(
    r"(?:thang|quy|tuan|hoc ky) (?:thu )?(?:\d{1,2}|[ivx]+)(?:\s*(?:/|-|–|nam"
    r"|,)?\s*\d{1,4})*\s*(?:\(.*\))?\W*"
)
_SIGNED = re.compile(
    r"(?:t[./]? ?m|k[./]? ?t|t[./]? ?l|tuq)[./ ]{1,2}\s*(?:ban|bch|btv|chu tich|cong doan|ldld|thuong)"
)
_RESULTS = re.compile(r"ket qua|danh gia|tinh hinh|nam truoc")


class Role(StrEnum):
    """What stands in a section."""

    HEAD = "head"
    TARGETS = "targets"
    TASKS = "tasks"
    SKIPPED = "skipped"  # purposes, requirements, who carries it out, addressees
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Section:
    """One section: its role, its heading ("III", "NHIỆM VỤ"), and the paragraphs below it."""

    role: Role
    number: str = ""
    title: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)


def sections_of(paragraphs: Iterable[Paragraph]) -> list[Section]:
    """Return the sections in document order; the first one is the head, which may be empty.

    Headings are Roman numerals or capitals letters; numbers serve where the document has neither. A
    numbered heading inside a section may change its role: "2. Chỉ tiêu" below "I. Mục đích, chỉ tiêu". The
    rows of a table whose columns are known make a section of their own, whatever stands above it.
    """
    marked = [(paragraph, marker_of(paragraph.text)) for paragraph in paragraphs]
    outer = _outer_kinds(marker.kind for paragraph, marker in marked if paragraph.row is None)
    sections = [Section(Role.HEAD)]
    chapter = Role.UNKNOWN
    for paragraph, marker in marked:
        heading = _heading(paragraph, marker, outer, sections[-1])
        if heading is None:
            sections[-1:] = _with_paragraph(sections[-1], paragraph)
            continue
        if marker.kind is Kind.CHAPTER:
            chapter = heading.role
        elif heading.role is Role.UNKNOWN and chapter is Role.TASKS:
            heading.role = Role.TASKS
        sections.append(heading)
    if all(section.role is Role.SKIPPED for section in sections[1:]):
        return [*_by_numbers(sections[0]), *sections[1:]]
    return sections


def _by_numbers(head: Section) -> list[Section]:
    """Divide a document without any named section: what stands from its first number on is its work."""
    kinds = [marker_of(paragraph.text).kind for paragraph in head.paragraphs]
    first = next((i for i, kind in enumerate(kinds) if kind is Kind.NUMBER), None)
    if first is None:
        return [head]
    rest = Section(Role.UNKNOWN, "", "", head.paragraphs[first:])
    return [Section(Role.HEAD, "", "", head.paragraphs[:first]), rest]


def role_of(title: str) -> Role:
    """Return the role that a heading's words announce."""
    folded = fold(title)
    found = [
        (match.start(), role)
        for role, words in ((Role.TARGETS, ROLE_TARGETS), (Role.TASKS, ROLE_TASKS))
        if (match := words.search(folded))
    ]
    if ROLE_FIRM_SKIP.match(folded) or (not found and ROLE_SKIP.search(folded)):
        return Role.SKIPPED
    if not found and _TIMED.match(folded):
        return Role.TASKS
    skipped = ROLE_SKIP.match(folded)
    if skipped and not ROLE_TARGETS.search(folded) and not ROLE_FIRM_TASKS.search(folded):
        return Role.SKIPPED
    return min(found)[1] if found else Role.UNKNOWN


def _with_paragraph(section: Section, paragraph: Paragraph) -> list[Section]:
    """Return the section with the paragraph in it, or followed by one of the role that its table has."""
    row = paragraph.row
    wanted = section.role if row is None else Role.TARGETS if row.is_goal else Role.TASKS
    told = section.role is Role.SKIPPED and _RESULTS.match(fold(section.title))
    if wanted is section.role or told:
        section.paragraphs.append(paragraph)
        return [section]
    return [section, replace(section, role=wanted, paragraphs=[paragraph])]


def _outer_kinds(kinds: Iterable[Kind]) -> frozenset[Kind]:
    outer = frozenset(kinds) & {Kind.CHAPTER, Kind.ROMAN}
    return outer or frozenset({Kind.NUMBER})


def _heading(
    paragraph: Paragraph, marker: Marker, outer: frozenset[Kind], current: Section
) -> Section | None:
    if paragraph.row is not None:
        return None
    if marker.kind in (Kind.CHAPTER, Kind.ROMAN):
        return Section(role_of(marker.rest), marker.number, marker.rest)
    if marker.kind is Kind.NONE:
        return _unnumbered(paragraph, current)
    if marker.kind is not Kind.NUMBER or "." in marker.number or len(marker.rest) > _HEADING_LENGTH:
        return None
    role = role_of(marker.rest)
    if Kind.NUMBER in outer:
        is_head = role is not Role.UNKNOWN and _announces(marker.rest, role)
    else:
        is_head = current.role is not Role.TASKS and _announces(marker.rest, role)
    return Section(role, marker.number, marker.rest) if is_head else None


def _announces(title: str, role: Role) -> bool:
    """Tell whether a numbered heading begins with the words of its role, and is no sentence of a task."""
    words = {Role.TARGETS: ROLE_TARGETS, Role.TASKS: ROLE_FIRM_TASKS, Role.SKIPPED: ROLE_SKIP}
    found = words[role].search(fold(title)) if role in words else None
    return found is not None and _LEADS_IN.fullmatch(fold(title)[: found.start()]) is not None


def _unnumbered(paragraph: Paragraph, current: Section) -> Section | None:
    """Return the section that a line without a number begins: one that names its role, or one in capitals.

    Capitals alone do it only below the head, where the title stands in capitals too.
    """
    text, folded = paragraph.text, fold(paragraph.text)
    if LABEL.match(folded) or len(text) > _HEADING_LENGTH:
        return None
    if re.match(r"noi nhan\s*:?|phu luc\b", folded) or _SIGNED.match(folded):
        return Section(Role.SKIPPED, "", text)
    if _ONLY_TIME.fullmatch(folded) and current.role is not Role.TASKS:
        return Section(Role.TASKS, "", text)
    role = role_of(text)
    loud = text.isupper() and _LETTERS.search(text) is not None
    if (loud or paragraph.strong) and role is not Role.UNKNOWN and _announces(text, role):
        return Section(role, "", text)
    if not loud or current.role in (Role.HEAD, Role.SKIPPED) or _ONLY_TIME.fullmatch(folded):
        return None
    return Section(Role.TASKS if current.role is Role.TASKS else Role.UNKNOWN, "", text)


def bodies(sections: Iterable[Section], *roles: Role) -> Iterator[Section]:
    """Yield the sections of these roles, in document order."""
    return (section for section in sections if section.role in roles)
