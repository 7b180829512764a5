"""Paragraphs put together into a plan."""

from __future__ import annotations

from collections.abc import Sequence

from bot.planreader.head import is_plan_kind, kind_of, read_head
from bot.planreader.markers import Kind, marker_of
from bot.planreader.paragraphs import Paragraph
from bot.planreader.sections import Role, Section, bodies, sections_of
from bot.planreader.targets import read_targets, read_unnamed_targets
from bot.planreader.tasks import read_tasks
from bot.planreader.vocabulary import TIME_LABEL
from bot.planreader.words import fold
from domain.errors import InputError
from domain.plan import PeriodKind, PlanHead, YearPlan
from messages_vi.catalogue import _


def assemble(paragraphs: Sequence[Paragraph], name: str) -> YearPlan:
    """Return the plan that the paragraphs of the file `name` hold.

    Raises: InputError `not-a-plan` for a document of another kind and for one in which neither a target nor
    a task is found; `no-year` when nothing says which year the plan is for.
    """
    kind = kind_of(paragraphs)
    if not is_plan_kind(kind):
        raise InputError("not-a-plan", name=name, kind=kind)
    sections = sections_of(paragraphs)
    found = read_head(sections[0].paragraphs, paragraphs)
    wanted = _task_sections(sections, is_named_plan=kind is not None)
    targets, target_warnings = read_targets(bodies(sections, Role.TARGETS))
    if not targets and kind is not None:
        targets, target_warnings = read_unnamed_targets(sections)
    if found is None:
        is_plan = targets or any(section.paragraphs for section in wanted)
        raise InputError("no-year" if is_plan else "not-a-plan", name=name)
    head, period = found
    tasks, task_warnings = read_tasks(wanted, period, head.date)
    if not targets and not tasks:
        raise InputError("not-a-plan", name=name)
    warnings = [*_head_warnings(head), *_missing(targets, tasks), *target_warnings, *task_warnings]
    warnings += _unread(sections, wanted)
    said = None if period.kind is PeriodKind.YEAR else period
    return YearPlan(head, targets, tasks, tuple(map(str, warnings)), said)


def _task_sections(sections: Sequence[Section], *, is_named_plan: bool) -> list[Section]:
    """Return the sections with tasks: those named so, and those of other names in which times are given.

    A plan without either keeps its tasks below headings of its own: each of these is a group.
    """
    found = [
        section
        for section in sections
        if section.role is Role.TASKS or (section.role is Role.UNKNOWN and _gives_times(section))
    ]
    return found or (list(bodies(sections, Role.UNKNOWN)) if is_named_plan else [])


def _gives_times(section: Section) -> bool:
    return any(TIME_LABEL.search(fold(marker_of(line.text).rest)) for line in section.paragraphs)


def _unread(sections: Sequence[Section], read: Sequence[Section]) -> list[str]:
    """Return a warning for each section that looks like work and was not read."""
    return [
        _("Section {number} “{title}” was not read.", number=section.number, title=section.title)
        for section in bodies(sections, Role.UNKNOWN)
        if section not in read
        and any(marker_of(line.text).kind is Kind.BULLET for line in section.paragraphs)
    ]


def _head_warnings(head: PlanHead) -> list[str]:
    found = []
    if not head.number:
        found.append(_("The plan's number was not found."))
    if head.date is None:
        found.append(_("The plan's date was not found."))
    if not head.issuer:
        found.append(_("The plan's issuer was not found."))
    return list(found)


def _missing(targets: Sequence[object], tasks: Sequence[object]) -> list[str]:
    found = []
    if not targets:
        found.append(_("No target was found."))
    if not tasks:
        found.append(_("No task was found."))
    return list(found)
