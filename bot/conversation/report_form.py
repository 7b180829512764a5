"""/baocao: one question for each indicator that the unit must answer, until all are answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.asides import let_pass
from bot.conversation.report_change import typed_item
from bot.conversation.report_close import after_figures, say_closed_before
from bot.conversation.report_draft import (
    COUNT_STEP,
    Form,
    files_taken,
    line_of,
    memory_of,
    own_draft,
    own_unit,
    proceed,
    take,
    take_files,
    whole,
)
from bot.conversation.report_pending import ask_unit_for, pending_of
from bot.conversation.report_pending import begin as begin_line
from bot.conversation.report_talk import is_closed, office_only, period_line
from bot.conversation.turn import Turn
from bot.services.media import attach
from bot.services.periods import period_at_hand
from bot.services.report_lines import indicators_known, unanswered
from bot.services.reporting import Draft, open_draft
from bot.services.words import read
from domain.errors import NotFound
from domain.people import Unit
from domain.plan import Measure, ReportingPeriod
from domain.understanding import Intent, Reading
from messages_vi.address import capital
from messages_vi.catalogue import _, join
from messages_vi.reports import named_line

STEP = COUNT_STEP


def baocao(turn: Turn, rest: str) -> None:
    """Begin the guided form, or take the line that stands behind the command."""
    reading = read(turn.context, rest, turn.today)
    if not turn.own_units:
        office_only(turn)
    elif reading.intent in (Intent.REPORT, Intent.NONE_TO_REPORT):
        begin_line(turn, pending_of(turn, reading, *take_files(turn)))
    elif len(turn.own_units) > 1:
        turn.done()
        ask_unit_for(turn, "report.begin")
    else:
        begin(turn, str(turn.own_units[0].id))


def begin(turn: Turn, rest: str) -> None:
    """Begin the form for one unit, for the period being asked or else today's."""
    unit = own_unit(turn, whole(rest))
    period = period_at_hand(turn.context, unit)
    if period is None:
        turn.say(_("No reporting period is open today, so I have written down nothing."))
    else:
        _begin(turn, unit, period)


def form(turn: Turn, rest: str) -> None:
    """Begin the form for the period of a reminder."""
    period_id, _dot, unit_id = rest.partition(".")
    _begin(turn, own_unit(turn, whole(unit_id)), turn.context.uow.periods.get(whole(period_id)))


def _begin(turn: Turn, unit: Unit, period: ReportingPeriod) -> None:
    draft = open_draft(turn.context, turn.incoming.chat_id, unit)
    if is_closed(turn, unit, period) and draft is None:
        say_closed_before(turn, unit, period)
    elif draft is None and not unanswered(turn.context, unit, period):
        turn.done()
        after_figures(turn, unit, period, [_all_there(turn, unit, period)])
    else:
        here = draft or Draft(str(turn.context.inbox_id), unit, ())
        memory = memory_of(turn, here.batch)
        proceed(turn, here, replace(memory, batch=here.batch, form=Form(unit.id, period.id)))


def _all_there(turn: Turn, unit: Unit, period: ReportingPeriod) -> str:
    return join(
        [period_line(turn, unit, period), _("Every item has its answer. If there is more, just write it.")]
    )


def zero(turn: Turn, rest: str) -> None:
    """Write down that there is none of one indicator, and go on."""
    parts = [whole(part) for part in rest.split(".")]
    if len(parts) != 3:
        raise NotFound(rest)
    period = turn.context.uow.periods.get(parts[0])
    unit = own_unit(turn, parts[1])
    indicator = turn.context.uow.indicators.get(parts[2])
    going_on = memory_of(turn).form or Form(unit.id, period.id)
    _answered(turn, unit, going_on, Reading(Intent.REPORT, "", zeros=(indicator.code,)), indicator.code)


def stop(turn: Turn, rest: str) -> None:
    """End the form with what was answered so far."""
    memory = memory_of(turn)
    turn.done()
    if not memory.batch or not turn.context.uow.reports.count(batch=memory.batch):
        turn.say(_("All right, I stop here and have written down nothing."))
        return
    proceed(turn, own_draft(turn, memory.batch), replace(memory, form=None))


def count_typed(turn: Turn, text: str) -> None:
    """Take the answer to one question: a number, "none", or a line with several figures."""
    memory = memory_of(turn)
    form_open = memory.form
    if form_open is None:
        turn.done()
        turn.say(_("That question is over. {You} may write the figures again.", You=capital(turn.you)))
        return
    unit = own_unit(turn, form_open.unit_id)
    code = turn.state.data["indicator"]
    files, notes = take_files(turn)
    reading = _understood(turn, code, text)
    if reading is not None:
        _answered(turn, unit, form_open, reading, code, files)
    else:
        let_pass(turn)
        attach(turn.context, memory.batch, unit.id, files)
        _ask_again(turn, [*notes, *files_taken(files)], text)


def _understood(turn: Turn, code: str, text: str) -> Reading | None:
    """Return what an answer says: its own figures, else one for the indicator that was asked about."""
    if not text:
        return None
    reading = turn.reading
    says_something = reading.ask is None and bool(reading.items or reading.zeros)
    indicator = indicators_known(turn.context)[code]
    if says_something and (code in told(reading) or indicator.measure is not Measure.SUM):
        return reading
    if not says_something:
        item = typed_item(turn, code, text)
        return Reading(Intent.REPORT, text, items=(item,)) if item is not None else None
    # "5 đv, đối thoại 1 lần": the first figure only makes sense beside the question.
    named = read(turn.context, named_line(indicator, text), turn.written_on)
    return named if named.ask is None and code in told(named) else reading


def _answered(
    turn: Turn, unit: Unit, form_open: Form, reading: Reading, code: str, files: Sequence[int] = ()
) -> None:
    asked = (*form_open.asked, code) if code in told(reading) else form_open.asked
    line = replace(
        line_of(turn),
        batch=memory_of(turn).batch or str(turn.context.inbox_id),
        items=reading.items,
        zeros=reading.zeros,
        quarter=reading.quarter,
        period_id=form_open.period_id,
    )
    take(turn, unit, line, files, form=replace(form_open, asked=asked))


def told(reading: Reading) -> frozenset[str]:
    """Return the indicators of which a reading says something."""
    return frozenset((*(item.indicator for item in reading.items), *reading.zeros))


def _ask_again(turn: Turn, notes: Sequence[str], text: str) -> None:
    unread = [_("I could not read a number. {You} may write it again, such as *7*.", You=capital(turn.you))]
    turn.say(join([*notes, *(unread if text else ())]), *turn.state.choices)
