"""The dialogue on the plan itself, and the question about what was past already when it was imported."""

from __future__ import annotations

from bot.conversation.listing import shortened
from bot.conversation.plan_taken import target_heading
from bot.conversation.turn import Turn
from bot.services.context import Context
from bot.services.past_tasks import PastQuestion, ask_about_past_tasks, note_asked, past_tasks_question
from bot.services.plans import plans_in_force
from domain.messages import Choice
from domain.people import Person
from domain.permissions import Action, may
from domain.plan import PlanHead, YearPlan
from domain.tasks import tasks_of_quarter
from messages_vi.address import call, capital, pronoun
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import day, number, quarter
from messages_vi.plans import plan_label, plan_line

_LINE = 100
_SHOWN = 20
_SHOWN_BESIDE = 10


def how_to_import(turn: Turn) -> Marked:
    """Return what to do while there is no plan, or with a plan sent in chat."""
    if not may(turn.roles, Action.IMPORT_PLAN):
        return _("There is no plan of the year yet; the office brings it in, {you}.", you=turn.you)
    return _(
        "There is no plan of the year yet. {You} sends the document here (.docx, .pdf, .txt or .toml); I "
        "read it and ask before I take it in.",
        You=capital(turn.you),
    )


def plan_name(head: PlanHead) -> Marked:
    """Return what a plan is called within a sentence: kế hoạch 31/KH-LĐLĐ."""
    if head.number:
        return _("plan {number}", number=head.number)
    return _("plan of {year}", year=str(head.year))


def ask_staff_about_past_tasks(context: Context) -> int:
    """Ask all staff once which tasks past at the import are done; return how many were asked."""
    return ask_about_past_tasks(context, _past_text)


def past_question(context: Context, person: Person) -> tuple[Marked, tuple[Choice, ...]] | None:
    """Return the question for somebody who was not asked yet, and note it as asked; None for nothing to ask.

    For whoever joins after the import, and for /nhiemvu.
    """
    question = past_tasks_question(context, person)
    if question is None:
        return None
    note_asked(context, question)
    return _past_text(question)


def _past_text(question: PastQuestion) -> tuple[Marked, tuple[Choice, ...]]:
    numbers = [task.position for task in question.tasks]
    lines = [
        _(
            "📌 {Name}, {count} tasks of the plan were past their date when it came in. Which are done?",
            Name=capital(call(question.person)),
            count=number(len(numbers)),
        )
    ]
    lines += [
        _(
            "{number}. {task} (until {day})",
            number=number(one.position),
            task=shortened(one.text, _LINE),
            day=day(one.end),
        )
        for one in question.tasks[:_SHOWN]
    ]
    if len(numbers) > _SHOWN:
        lines.append(_("… and tasks {numbers}.", numbers=", ".join(map(number, numbers[_SHOWN:]))))
    lines.append(
        _(
            "For some of them write their numbers, {you}: *done {first}*. I ask this once, and never "
            "remind of them.",
            you=pronoun(question.person),
            first=" ".join(map(number, numbers[:2])),
        )
    )
    token = question.token
    return join(lines), (
        Choice(_("All of them are done"), f"task.past:all.{token}"),
        Choice(_("None of them yet"), f"task.past:none.{token}"),
    )


def show(turn: Turn, rest: str) -> None:
    """Answer /kehoach: the year's plan, then those beside it."""
    plans = plans_in_force(turn.context)
    running = plans.running(turn.today)
    if not running:
        turn.say(how_to_import(turn))
        return
    choices = [Choice(_("See progress"), "prog.all:")]
    if turn.is_office:
        choices.append(Choice(_("See tasks"), "task.now:"))
    lines = _lines(turn, plans.main) if plans.main else []
    for plan in running:
        if plan is not plans.main:
            lines += _lines_beside(plan)
    turn.say(join(lines), *choices)


def target_lines_beside(turn: Turn) -> list[Marked]:
    """Return a line for each plan whose targets are not the year's: where they can be seen."""
    plans = plans_in_force(turn.context)
    return [
        _(
            "{Plan} has {count} targets of its own: type */kehoach* to see them.",
            Plan=capital(plan_label(plan.head)),
            count=number(len(plan.targets)),
        )
        for plan in plans.running(turn.today)
        if plan is not plans.main and plan.targets
    ]


def _lines(turn: Turn, plan: YearPlan) -> list[Marked]:
    lines = [_heading(plan)]
    if plan.head.title:
        lines.append(_("“{title}”", title=shortened(plan.head.title, _LINE)))
    if plan.targets:
        lines.append(_("*Targets of {year}:*", year=str(plan.head.year)))
    lines += [
        _("{number}. {text}", number=number(one.position), text=shortened(one.text, _LINE))
        for one in plan.targets
    ]
    if turn.is_office and plan.tasks:
        lines.append(_("*Tasks by quarter:* {line}.", line=_by_quarter(plan)))
    return lines


def _lines_beside(plan: YearPlan) -> list[Marked]:
    lines = [_("📌 {Plan}: {counts}.", Plan=capital(plan_line(plan.head)), counts=_counts(plan))]
    if plan.targets:
        lines.append(target_heading(plan.head))
    lines += [_("• {line}", line=shortened(one.text, _LINE)) for one in plan.targets[:_SHOWN_BESIDE]]
    left = len(plan.targets) - _SHOWN_BESIDE
    return [*lines, _("… and {count} more.", count=number(left))] if left > 0 else lines


def _counts(plan: YearPlan) -> Marked:
    return _(
        "{targets} targets, {tasks} tasks",
        targets=number(len(plan.targets)),
        tasks=number(len(plan.tasks)),
    )


def _heading(plan: YearPlan) -> Marked:
    named = [Marked(capital(plan_name(plan.head)))]
    if plan.head.date is not None:
        named.append(_("dated {day}", day=f"{day(plan.head.date)}/{plan.head.date.year}"))
    if plan.head.issuer:
        named.append(_("of {issuer}", issuer=plan.head.issuer))
    return _("{plan}: {counts}.", plan=join(named, " "), counts=_counts(plan))


def _by_quarter(plan: YearPlan) -> Marked:
    counts = ((one, len(tasks_of_quarter(plan.tasks, plan.head.year, one))) for one in range(1, 5))
    each = (_("{quarter} {count}", quarter=quarter(one), count=number(count)) for one, count in counts)
    return join(each, ", ")
