"""Who has not reported: the office sees every unit of a period, a chair the own one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.conversation.joining import example_line
from bot.conversation.listing import action_numbers, further, last_page, page_count, page_of
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.conversation.unit_talk import full_name
from bot.language.answers import numbers_in
from bot.language.normalise import fold
from bot.services.periods import closed_ids, sums
from bot.services.progress import progress_year
from bot.services.report_lines import indicators_known
from bot.services.silence import (
    PartialUnit,
    SilentUnit,
    Standings,
    period_in_question,
    standing_of_units,
)
from domain.errors import NotAllowed
from domain.people import Unit
from domain.periods import is_over
from domain.permissions import Action, may
from domain.plan import ReportingPeriod
from messages_vi import vocabulary
from messages_vi.address import call, capital
from messages_vi.catalogue import Marked, _, join
from messages_vi.figures import figures
from messages_vi.formats import number, quarter, weekday_day
from messages_vi.reports import period_name

_LONGEST_QUESTION = 60
_LEAST_WORDS = 3  # "chưa báo" may stand in any sentence, unless it begins one and a quarter follows.


def try_silent(turn: Turn) -> bool:
    """Answer a short line of the office that asks who has not reported, such as "ai chưa báo cáo quý 2".

    Return whether it was one.
    """
    if not may(turn.roles, Action.SEE_SUBMISSIONS) or not _asks(turn.text):
        return False
    _show(turn, "")
    return True


def _asks(text: str) -> bool:
    folded = f" {fold(text)} "
    phrases = [fold(words) for words in vocabulary.commands()["chuabao"]]
    asking = (words for words in phrases if len(words.split()) >= _LEAST_WORDS)
    if len(text) > _LONGEST_QUESTION:
        return False
    return folded.startswith(_with_quarter(phrases)) or any(f" {words} " in folded for words in asking)


def _with_quarter(phrases: Sequence[str]) -> tuple[str, ...]:
    return tuple(f" {words} {word} " for words in phrases for word in ("quy", "ky"))


def _show(turn: Turn, rest: str) -> None:
    """Answer /chuabao: "/chuabao quý 1" is about another quarter."""
    wanted = _quarter(turn, rest)
    period = period_in_question(turn.context, wanted)
    if period is None:
        turn.say(_not_begun(turn, wanted))
    elif may(turn.roles, Action.SEE_SUBMISSIONS):
        _say_page(turn, period, 0)
    else:
        _say_own(turn, period)


def _quarter(turn: Turn, rest: str) -> int | None:
    if turn.reading.quarter is not None:
        return turn.reading.quarter
    numbers = numbers_in(rest)
    return numbers[0] if len(numbers) == 1 and 1 <= numbers[0] <= 4 else None


def _not_begun(turn: Turn, wanted: int | None) -> Marked:
    you = capital(turn.you)
    if wanted is None:
        return _("There is no reporting period today. {You} names a quarter.", You=you)
    quarter_name, year = capital(quarter(wanted)), str(progress_year(turn.context))
    return _("{Quarter} of {year} has not begun. {You} asks later.", Quarter=quarter_name, year=year, You=you)


def _page(turn: Turn, rest: str) -> None:
    period_id, page = action_numbers(rest, 2)
    _say_page(turn, turn.context.uow.periods.get(period_id), page)


def _say_page(turn: Turn, period: ReportingPeriod, page: int) -> None:
    found = standing_of_units(turn.context, period)
    rows = (*found.silent, *found.partial)
    if not rows:
        turn.say(_nobody_missing(turn, found))
        return
    page = min(page, last_page(rows))
    shown = page_of(rows, page)
    lines = [_first_line(turn, found)]
    lines += _block(_("Not yet:"), [_silent_line(one) for one in shown if isinstance(one, SilentUnit)])
    partial = [_partial_line(turn, one) for one in shown if isinstance(one, PartialUnit)]
    lines += _block(_("Begun, not complete:"), partial)
    if page_count(len(rows)) > 1:
        pages = {"page": number(page + 1), "pages": number(page_count(len(rows)))}
        lines.append(_("(page {page}/{pages})", **pages))
    turn.say(join([*lines, _next_step(turn, found)]), *further(rows, page, f"chuabao.page:{period.id}"))


def _block(heading: Marked, lines: list[Marked]) -> list[Marked]:
    return [heading, *lines] if lines else []


def _nobody_missing(turn: Turn, found: Standings) -> Marked:
    if not found.total:
        return _("No union is known that would report in this period.")
    values = {"Quarter": _title(turn, found.period), "total": number(found.total), "You": capital(turn.you)}
    if found.late:
        return _(
            "✅ {Quarter}: all {total} units have closed, {late} late. {You} types */tiendo*.",
            late=number(found.late),
            **values,
        )
    return _("✅ {Quarter}: all {total} units have closed, on time. {You} types */tiendo*.", **values)


def _first_line(turn: Turn, found: Standings) -> Marked:
    closed = {"count": number(len(found.closed)), "total": number(found.total)}
    parts = [_("{count}/{total} units closed", **closed)]
    if found.late:
        parts = [_("{count}/{total} units closed ({late} late)", late=number(found.late), **closed)]
    if found.partial:
        parts.append(_("{count} begun", count=number(len(found.partial))))
    if found.silent:
        parts.append(_("{count} silent", count=number(len(found.silent))))
    due = _due(found.period, turn.today)
    return _(
        "{Quarter} ({due}): {counts}.", Quarter=_title(turn, found.period), due=due, counts=join(parts, ", ")
    )


def _title(turn: Turn, period: ReportingPeriod) -> str:
    return capital(period_name(period, turn.today))


def _due(period: ReportingPeriod, today: date) -> Marked:
    due, days = weekday_day(period.due_on, today), (period.due_on - today).days
    if days > 0:
        return _("due on {day}, {days} days left", day=due, days=number(days))
    return _("due today, {day}", day=due) if days == 0 else _("was due on {day}", day=due)


def _silent_line(one: SilentUnit) -> Marked:
    if one.speaker is None and not one.invited:
        return _("• {unit}: not joined", unit=one.unit.name)
    if one.speaker is None:
        return _("• {unit}: {who} (not joined)", unit=one.unit.name, who=one.invited)
    person = one.speaker.person
    who = join([part for part in (_named(one), person.phone) if part], ", ")
    if one.speaker.reachable:
        return _("• {unit}: {who}", unit=one.unit.name, who=who)
    return _("• {unit}: {who} (cannot be written to)", unit=one.unit.name, who=who)


def _named(one: SilentUnit) -> str:
    person = one.speaker.person if one.speaker else None
    return full_name(person) if person is not None and person.name else call(person)


def _partial_line(turn: Turn, one: PartialUnit) -> Marked:
    known = indicators_known(turn.context).values()
    parts = [figures(known, one.figures)] if one.figures else []
    if one.unconfirmed:
        parts.append(_("{figures} not confirmed by the sender", figures=figures(known, one.unconfirmed)))
    there = join(parts, "; ") or _("no figure confirmed yet")
    return _("• {unit}: {figures}", unit=one.unit.name, figures=there)


def _next_step(turn: Turn, found: Standings) -> Marked:
    if is_over(found.period, turn.today, turn.context.office.period_rule):
        return _("This period takes no more figures; {You} types */tiendo*.", You=capital(turn.you))
    if any(one.speaker is None for one in found.silent) and may(turn.roles, Action.SEE_NOT_JOINED):
        return _("I go on reminding who has joined; for codes {you} types */chuatham*.", you=turn.you)
    return _("I go on reminding; {you} calls if it is urgent.", you=turn.you)


def _say_own(turn: Turn, period: ReportingPeriod) -> None:
    if not turn.own_units:
        raise NotAllowed(Action.SEE_SUBMISSIONS)
    closed = [period.id in closed_ids(turn.context, unit.id) for unit in turn.own_units]
    lines = [_own_line(turn, unit, period, done) for unit, done in zip(turn.own_units, closed, strict=True)]
    if not all(closed) and not is_over(period, turn.today, turn.context.office.period_rule):
        lines.append(_how_to_go_on(turn, turn.own_units[closed.index(False)], period))
    turn.say(join([*lines, _("Only the office sees the other units.")]))


def _how_to_go_on(turn: Turn, unit: Unit, period: ReportingPeriod) -> Marked:
    values = {"You": capital(turn.you), "line": example_line(turn, unit)}
    if sums(turn.context, unit, period):
        return _("{You} writes further figures, such as *{line}*, or that it is enough.", **values)
    return _("{You} writes the figures, such as *{line}*, or that there is none.", **values)


def _own_line(turn: Turn, unit: Unit, period: ReportingPeriod, closed: bool) -> Marked:
    due = _due(period, turn.today)
    values = {"Quarter": _title(turn, period), "due": due, "unit": unit.name}
    there = {code: sum(both) for code, both in sums(turn.context, unit, period).items()}
    told = figures(indicators_known(turn.context).values(), there)
    if closed:
        return _("{Quarter} ({due}): *{unit}* has closed, thank {you}.", you=turn.you, **values)
    if told:
        return _("{Quarter} ({due}): *{unit}* has {figures}, not closed.", figures=told, **values)
    return _("{Quarter} ({due}): *{unit}* has no figure yet.", **values)


DIALOGUE = Dialogue(
    # A chair is let in to read of the own unit; the list asks for SEE_SUBMISSIONS itself.
    commands={"chuabao": Entry(_show, Action.SEE_OFFICE_PROGRESS)},
    actions={"chuabao.page": Entry(_page, Action.SEE_SUBMISSIONS)},
)
