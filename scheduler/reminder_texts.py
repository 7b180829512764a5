"""The words of a reminder: what, until when, what is there already, and how to finish in one reply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.calendar import WorkCalendar
from domain.ledger import COUNTED_STATES, Report, ReportState
from domain.messages import Choice
from domain.people import Person, Unit
from domain.plan import Indicator, PeriodKind, ReportingPeriod, Task
from domain.reminders import DueItem, ObligationKind, PersonReminder, Reason
from domain.tasks import quarter_of
from messages_vi.address import call, capital, pronoun
from messages_vi.catalogue import Marked, _, join
from messages_vi.figures import figures
from messages_vi.formats import number, quarter, weekday_day
from messages_vi.plans import plan_label
from messages_vi.reports import draft_choices, draft_lines, quoted
from storage.unit_of_work import UnitOfWork

Text = tuple[Marked, tuple[Choice, ...]]
_SHOWN = 5


def reminder_text(uow: UnitOfWork, calendar: WorkCalendar, reminder: PersonReminder, now: datetime) -> Text:
    """Return the one message for everything a person owes, and its choices.

    Somebody who answers for several units gets choices that name the unit. After a draft that waits for a
    word, "1" means that draft: the reports below it are answered in words.
    """
    person = uow.people.get(reminder.person_id)
    today = calendar.local_date(now)
    drafts = _of_kind(reminder, ObligationKind.DRAFT)
    parts = [_draft(uow, person, item, today, is_first=item is drafts[0]) for item in drafts]
    said = [_batch(item) for item in drafts]
    reports = [_period(uow, person, item, today, said) for item in _of_kind(reminder, ObligationKind.PERIOD)]
    if parts and reports:
        parts += [(text, ()) for text, _choices, _unit in reports]
        parts.append((_("Write the figures or *nothing to report*, or type */baocao*."), ()))
    elif len(reports) > 1:
        parts += [(text, _naming(unit, choices)) for text, choices, unit in reports]
    else:
        parts += [(text, choices) for text, choices, _unit in reports]
    tasks = _of_kind(reminder, ObligationKind.TASK)
    if tasks:
        parts.append((_tasks(uow, person, tasks, today), ()))
    answers = [choice for _text, choices in parts for choice in choices]
    return join((text for text, _choices in parts), "\n\n"), tuple(answers)


def _of_kind(reminder: PersonReminder, kind: ObligationKind) -> list[DueItem]:
    return [item for item in reminder.items if item.obligation.kind is kind]


def _naming(unit: Unit, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    return tuple(
        replace(choice, label=_("{choice} · {unit}", choice=choice.label, unit=unit.name))
        for choice in choices
    )


def _period(
    uow: UnitOfWork, person: Person, item: DueItem, today: date, said: Sequence[str]
) -> tuple[Marked, tuple[Choice, ...], Unit]:
    """Return the words about one period; figures of the batches that were `said` already wait above."""
    period_id, unit_id = _numbers(item.obligation.key)
    period, unit = uow.periods.get(period_id), uow.units.get(unit_id)
    there = _figures_of(uow, period, unit)
    waiting = _last_draft(uow, period, unit)
    lines = [_opening(person, period, unit, item, today)]
    if there:
        lines.append(_("So far I have: {figures}.", figures=there))
    if waiting and waiting[-1].batch not in said:
        text, choices = _still_waiting(uow, person, waiting)
        return join([*lines, text]), choices, unit
    if not there and not waiting:
        lines.append(_("I have no figures from {you} for this period yet.", you=pronoun(person)))
    return join(lines), _period_choices(there, f"{period.id}.{unit.id}"), unit


def _still_waiting(uow: UnitOfWork, person: Person, waiting: Sequence[Report]) -> Text:
    """Ask for the word that the newest figures wait for: a yes, or the answer to a question about them."""
    batch, you = waiting[-1].batch, pronoun(person)
    asked = _figures_in(uow, waiting)
    question = uow.open_questions.first(batch=batch)
    if question is None:
        text = _("{figures} still wait for {your} yes: right?", figures=asked, your=you)
        return text, draft_choices(batch, waiting[-1].id)
    about = _(
        "About “{text}” ({figures}) I still wait for {your} answer:",
        text=quoted(question.about),
        figures=asked,
        your=you,
    )
    return join([about, Marked(question.text)]), question.choices


def _last_draft(uow: UnitOfWork, period: ReportingPeriod, unit: Unit) -> list[Report]:
    """Return the newest figures of the period that nobody has agreed to, unless they are zeros only."""
    rows = uow.reports.find(period_id=period.id, unit_id=unit.id, state=ReportState.UNCONFIRMED)
    newest = [row for row in rows if row.batch == rows[-1].batch]
    return newest if any(row.value for row in newest) else []


def _opening(person: Person, period: ReportingPeriod, unit: Unit, item: DueItem, today: date) -> Marked:
    values = {
        "Name": capital(call(person)),
        "quarter": quarter(period.number),
        "unit": unit.name,
        "day": weekday_day(period.due_on, today),
    }
    if item.why is Reason.DUE_TODAY:
        return _("📌 {Name}, the {quarter} report of {unit} is due today, {day}.", **values)
    if item.why is Reason.LATE:
        return _("📌 {Name}, the {quarter} report of {unit} was due on {day}.", **values)
    days = number(item.days_left)
    return _(
        "📌 {Name}, the {quarter} report of {unit} is due on {day}, {days} days left.", days=days, **values
    )


def _period_choices(there: Marked, where: str) -> tuple[Choice, ...]:
    if there:
        return (
            Choice(_("Complete, close it for me"), f"report.enough:{where}"),
            Choice(_("I will add more"), f"report.more:{where}"),
        )
    return (
        Choice(_("Report now"), f"report.form:{where}"),
        Choice(_("Nothing to report this period"), f"report.nil:{where}"),
    )


def _figures_of(uow: UnitOfWork, period: ReportingPeriod, unit: Unit) -> Marked:
    rows = uow.reports.find(period_id=period.id, unit_id=unit.id, state=COUNTED_STATES)
    return figures(_indicators(uow), _sums(rows))


def _sums(rows: Sequence[Report]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        sums[row.indicator] += row.value
    return sums


def _indicators(uow: UnitOfWork) -> list[Indicator]:
    return uow.indicators.find("position")


def _batch(item: DueItem) -> str:
    return item.obligation.key.partition(":")[2]


def _draft(uow: UnitOfWork, person: Person, item: DueItem, today: date, *, is_first: bool) -> Text:
    batch = _batch(item)
    rows = uow.reports.find(batch=batch, state=ReportState.UNCONFIRMED)
    values = {
        "Name": capital(call(person)),
        "day": weekday_day(item.obligation.due_on, today),
        "your": pronoun(person),
    }
    question = uow.open_questions.first(batch=batch)
    if question is not None:
        heading = _asking(is_first, values | {"text": quoted(question.about)}, _figures_in(uow, rows))
        # The question was made of the catalogue's words when it was first put.
        return join([heading, Marked(question.text)]), question.choices
    heading = (
        _("{Name}, on {day} I wrote this down and still wait for {your} word:", **values)
        if is_first
        else _("This too I wrote down on {day} and still wait for {your} word:", **values)
    )
    lines = join([heading, draft_lines(rows, _indicators(uow), today)])
    return lines, draft_choices(batch, max((row.id for row in rows), default=None))


def _figures_in(uow: UnitOfWork, rows: Sequence[Report]) -> Marked:
    return figures(_indicators(uow), _sums(rows))


def _asking(is_first: bool, values: Mapping[str, str], kept: Marked) -> Marked:
    """Return how a question is put once more: which message it is about and what is kept apart until then."""
    about = (
        _("{Name}, on {day} {your} message was “{text}”.", **values)
        if is_first
        else _("And the message of {day}, “{text}”.", **values)
    )
    wait = (
        _("I keep {figures} apart until {your} answer:", figures=kept, your=values["your"])
        if kept
        else _("I still wait for {your} answer:", your=values["your"])
    )
    return join([about, wait], " ")


def _tasks(uow: UnitOfWork, person: Person, items: Sequence[DueItem], today: date) -> Marked:
    opened = [item for item in items if item.why is Reason.OPENED]
    late = [item for item in items if item.why is Reason.LATE]
    soon = [item for item in items if item not in opened and item not in late]
    tasks = {task.id: task for task in uow.tasks.find(id=[_numbers(i.obligation.key)[0] for i in items])}
    plans = _plans_beside(uow, tasks.values())
    headings = [
        (
            _(
                "{quarter} begins with {count} tasks of the plan:",
                quarter=quarter(quarter_of(today)),
                count=number(len(opened)),
            ),
            opened,
        ),
        (_("{count} tasks of the plan are due soon:", count=number(len(soon))), soon),
        (_("{count} tasks of the plan are past their day:", count=number(len(late))), late),
    ]
    said = [(heading, those) for heading, those in headings if those]
    lines: list[Marked] = []
    for place, (heading, those) in enumerate(said):
        first = _("📌 {Name}, {heading}", Name=capital(call(person)), heading=heading)
        lines += [first if place == 0 else Marked(capital(heading)), *_listed(those, tasks, plans, today)]
    lines.append(_("Type */nhiemvu* to see them all and mark what is done."))
    return join(lines)


def _plans_beside(uow: UnitOfWork, tasks: Iterable[Task]) -> Mapping[int, Marked]:
    """Return what the plans of tasks are called, by id: those that are not the office's plan of the year."""
    heads = uow.plans.find(id={task.plan_id for task in tasks})
    return {head.id: plan_label(head) for head in heads if head.kind is not PeriodKind.YEAR or head.scope}


def _listed(
    items: Sequence[DueItem], tasks: Mapping[int, Task], plans: Mapping[int, Marked], today: date
) -> list[Marked]:
    shown = [(item, tasks[_numbers(item.obligation.key)[0]]) for item in items[:_SHOWN]]
    lines = [_line(item, task, plans.get(task.plan_id), today) for item, task in shown]
    left = len(items) - len(lines)
    return [*lines, _("… and {count} more.", count=number(left))] if left else lines


def _line(item: DueItem, task: Task, plan: Marked | None, today: date) -> Marked:
    text = _shortened(task.text)
    when = weekday_day(item.obligation.due_on, today)
    if plan is not None and task.recurring:
        return _("• {task} (all the time; {plan})", task=text, plan=plan)
    if plan is not None:
        return _("• {task} (due {day}; {plan})", task=text, day=when, plan=plan)
    if task.recurring:
        return _("• {task} (all the time)", task=text)
    return _("• {task} (due {day})", task=text, day=when)


def _shortened(text: str, limit: int = 90) -> str:
    if len(text) <= limit:
        return text.rstrip(".;")
    return text[:limit].rsplit(" ", 1)[0].rstrip(",;") + "…"


def _numbers(key: str) -> tuple[int, int]:
    """Return the two numbers of a period's or a task's key: period:7:unit:12, task:5:2."""
    found = [int(part) for part in key.split(":") if part.isdigit()]
    return found[0], found[1]
