"""Answering a period: complete, more to come, or nothing to report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.report_draft import (
    line_of,
    own_unit,
    take,
    whole,
)
from bot.conversation.report_talk import is_closed, period_line, read_back, sums_text
from bot.conversation.report_waiting import remind_of
from bot.conversation.turn import Turn
from bot.services.open_questions import question_of
from bot.services.periods import period_at_hand
from bot.services.report_closing import close, keep_open
from bot.services.report_lines import Line, indicators_known, required, rows_of_period, unanswered
from bot.services.reporting import Draft, draft_of, is_all_nil, open_draft, record_nils
from domain.ledger import ReportState
from domain.messages import Choice, IncomingKind
from domain.people import Unit
from domain.plan import ReportingPeriod
from messages_vi.address import capital
from messages_vi.catalogue import _, join
from messages_vi.formats import day, local_date, weekday_day
from messages_vi.reports import enough_choices, names, period_name


def enough(turn: Turn, rest: str) -> None:
    """Close a period as complete, unless something of it still waits for a word."""
    unit, period = _unit_and_period(turn, rest)
    finish(turn, unit, period)


def more(turn: Turn, rest: str) -> None:
    """Leave a period open: more will come."""
    unit, period = _unit_and_period(turn, rest)
    if is_closed(turn, unit, period):
        say_closed_before(turn, unit, period)
        return
    keep_open(turn.context, unit, period)
    turn.done()
    turn.say(
        _(
            "All right, I keep {period} open until {day}. Write the rest whenever there is some, {you}.",
            period=period_name(period, turn.today),
            day=weekday_day(period.due_on, turn.today),
            you=turn.you,
        )
    )


def nil(turn: Turn, rest: str) -> None:
    """Close a period as "nothing to report", for a tap."""
    unit, period = _unit_and_period(turn, rest)
    _nothing_in(turn, unit, period, replace(line_of(turn), period_id=period.id))


def nothing(turn: Turn, unit: Unit, line: Line) -> None:
    """Take "nothing to report": for everything, or for what the line names."""
    period = period_at_hand(turn.context, unit, line.quarter)
    if period is None:
        turn.say(_("No reporting period is open today, so I have written down nothing."))
        return
    _nothing_in(turn, unit, period, line)


def finish(turn: Turn, unit: Unit, period: ReportingPeriod) -> None:
    """Close a period as complete; ask back where a draft waits or nothing was reported at all."""
    waiting = _waiting_draft(turn, unit, period)
    if waiting is not None:
        _read_back_first(turn, waiting)
    elif is_closed(turn, unit, period):
        say_closed_before(turn, unit, period)
    elif not _has_answers(turn, unit, period):
        _ask_whether_nothing(turn, unit, period)
    else:
        close_now(turn, unit, period)


def _has_answers(turn: Turn, unit: Unit, period: ReportingPeriod) -> bool:
    """Tell whether there is a figure, or a nil of all that must be answered: "enough" of nils is no nil."""
    rows = rows_of_period(turn.context, unit, period)
    return any(row.value for row in rows) or is_all_nil(turn.context, unit, period)


def close_now(turn: Turn, unit: Unit, period: ReportingPeriod) -> None:
    """Close a period with what is there; without any figure it is "nothing to report"."""
    there = sums_text(turn, unit, period)
    # An edit has the day of the message that it changes, so it cannot tell.
    said_on = turn.written_on if turn.incoming.kind is IncomingKind.TEXT else turn.today
    closed = close(turn.context, unit, period, nil=not there, said_on=said_on)
    turn.done()
    if closed.before:
        say_closed_before(turn, unit, period)
        return
    name = period_name(period, turn.today)
    head = (
        _("✅ Closed {period} of {unit}: {figures}.", period=name, unit=unit.name, figures=there)
        if there
        else _("✅ Noted: nothing to report of {unit} for {period}.", period=name, unit=unit.name)
    )
    turn.say(
        join(
            [
                head,
                _(
                    "I do not remind of this period any more. If something comes up, just write it. "
                    "Thank you, {name}.",
                    name=turn.name,
                ),
            ]
        )
    )


def after_figures(
    turn: Turn, unit: Unit, period: ReportingPeriod, lines: Sequence[str], *, changed: bool = False
) -> None:
    """Say what was stored and what to do next: nothing when the period is closed, else "is it complete?"."""
    name = capital(period_name(period, turn.today))
    if is_closed(turn, unit, period):
        closed = (
            _("{Period} stays closed, I only changed this.", Period=name)
            if changed
            else _("{Period} stays closed, I only added this.", Period=name)
        )
        turn.say(join([*lines, closed]))
        return
    question = _("Is {Period} complete, {you}?", Period=name, you=turn.you)
    turn.say(join([*lines, question]), *enough_choices(unit.id, period.id))


def _nothing_in(turn: Turn, unit: Unit, period: ReportingPeriod, line: Line) -> None:
    codes = {one.code for one in required(turn.context, unit)}
    draft = open_draft(turn.context, turn.incoming.chat_id, unit)
    if draft is not None:
        left = line.zeros or tuple(one.code for one in unanswered(turn.context, unit, period))
        take(turn, unit, replace(line, items=(), zeros=left, period_id=period.id))
    elif line.zeros and not codes <= set(line.zeros):
        _some_nil(turn, unit, period, line)
    elif is_closed(turn, unit, period):
        say_closed_before(turn, unit, period)
    else:
        _all_nil(turn, unit, period)


def _all_nil(turn: Turn, unit: Unit, period: ReportingPeriod) -> None:
    waiting = _waiting_draft(turn, unit, period)
    if waiting is not None:
        _read_back_first(turn, waiting)
        return
    there = sums_text(turn, unit, period)
    if not there:
        close_now(turn, unit, period)
        return
    turn.done()
    turn.say(
        _(
            "In {Period} I have {figures} of {unit}. Nothing more, shall I close it like this, {you}?",
            Period=capital(period_name(period, turn.today)),
            figures=there,
            unit=unit.name,
            you=turn.you,
        ),
        Choice(_("Nothing more, close it"), f"report.enough:{period.id}.{unit.id}"),
        Choice(_("More to come"), f"report.more:{period.id}.{unit.id}"),
        Choice(_("A figure there is wrong"), f"report.list:{unit.id}"),
    )


def _some_nil(turn: Turn, unit: Unit, period: ReportingPeriod, line: Line) -> None:
    kept = record_nils(turn.context, unit, period, line.zeros, line)
    known = indicators_known(turn.context)
    name = period_name(period, turn.today)
    lines: list[str] = []
    if kept:
        what = names([known[row.indicator] for row in kept])
        lines.append(_("✅ Noted: {unit} has no {what} in {period}.", unit=unit.name, what=what, period=name))
    elif any(unit.kind in known[code].kinds for code in line.zeros if code in known):
        lines.append(_("All right, nothing more to note for {period}.", period=name))
        lines.append(period_line(turn, unit, period))
    else:
        lines.append(_("All right, that is nothing {unit} has to report.", unit=unit.name))
    _go_on(turn, unit, period, lines)


def _go_on(turn: Turn, unit: Unit, period: ReportingPeriod, lines: Sequence[str]) -> None:
    left = unanswered(turn.context, unit, period)
    if is_all_nil(turn.context, unit, period) and not is_closed(turn, unit, period):
        close_now(turn, unit, period)
    elif left and not is_closed(turn, unit, period):
        turn.say(
            join([*lines, _("And {what}, {you}?", what=names(left), you=turn.you)]),
            Choice(_("Nothing of these either"), f"report.nil:{period.id}.{unit.id}"),
            Choice(_("Ask me one by one"), f"report.form:{period.id}.{unit.id}"),
            Choice(_("I report it later"), f"report.more:{period.id}.{unit.id}"),
        )
    else:
        after_figures(turn, unit, period, lines)


def _waiting_draft(turn: Turn, unit: Unit, period: ReportingPeriod) -> Draft | None:
    """Return a draft of the unit, from whichever chat, with figures of that period."""
    rows = rows_of_period(turn.context, unit, period)
    batch = next((row.batch for row in rows if row.state is ReportState.UNCONFIRMED and row.value), None)
    return draft_of(turn.context, batch, unit) if batch is not None else None


def _read_back_first(turn: Turn, draft: Draft) -> None:
    turn.done()
    first = _("I close the period once this is settled, {you}.", you=turn.you)
    question = question_of(turn.context, draft.batch)
    if question is not None:
        remind_of(turn, question, [first])
    else:
        read_back(turn, draft, [first])


def _ask_whether_nothing(turn: Turn, unit: Unit, period: ReportingPeriod) -> None:
    turn.done()
    turn.say(
        _(
            "I have no figures of {unit} for {Period} yet. Is there nothing to report, {you}?",
            unit=unit.name,
            Period=capital(period_name(period, turn.today)),
            you=turn.you,
        ),
        Choice(_("Nothing to report this period"), f"report.nil:{period.id}.{unit.id}"),
        Choice(_("More to come"), f"report.more:{period.id}.{unit.id}"),
    )


def say_closed_before(turn: Turn, unit: Unit, period: ReportingPeriod) -> None:
    """Tell that a period was closed before."""
    known = turn.context.uow.submissions.first(unit_id=unit.id, period_id=period.id)
    on = local_date(known.at) if known is not None else turn.today
    turn.done()
    turn.say(
        _(
            "{Period} of {unit} was closed on {day}. If something comes up, just write it, I add it.",
            Period=capital(period_name(period, turn.today)),
            unit=unit.name,
            day=day(on, turn.today),
        )
    )


def _unit_and_period(turn: Turn, rest: str) -> tuple[Unit, ReportingPeriod]:
    period_id, _dot, unit_id = rest.partition(".")
    return own_unit(turn, whole(unit_id)), turn.context.uow.periods.get(whole(period_id))
