"""/lichsu and /sua, lines that correct, and messages that were edited after they had been sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.report_answer import drop_question, try_other_figures
from bot.conversation.report_change import (
    apply_changes,
    apply_items,
    ask_figure,
    change_rows,
    figure_of,
    matched,
    read_against,
)
from bot.conversation.report_confirm import fix
from bot.conversation.report_draft import own_row, own_unit, whole
from bot.conversation.report_move import move_to_quarter
from bot.conversation.report_pending import (
    ask_unit_for,
    begin,
    pending_of,
)
from bot.conversation.report_said import withdraws
from bot.conversation.report_talk import office_only
from bot.conversation.report_waiting import answered, at_hand, pending_in, remind_of
from bot.conversation.turn import Turn
from bot.language.answers import numbers_in
from bot.services.open_questions import open_questions
from bot.services.report_corrections import (
    Change,
    history,
    last_batch,
    rows_of_message,
    stands,
)
from bot.services.reporting import drop, open_draft
from domain.ledger import Report, ReportState
from domain.messages import Choice, OpenQuestion
from domain.people import Unit
from domain.understanding import Intent, Item, Reading
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import day, local_date, number
from messages_vi.reports import state_name

_LISTED = "listed"


def lichsu(turn: Turn, rest: str) -> None:
    """List what a unit has reported."""
    if not turn.own_units:
        office_only(turn)
    elif len(turn.own_units) > 1:
        turn.done()
        ask_unit_for(turn, "report.list")
    else:
        _list(turn, turn.own_units[0])


def listed(turn: Turn, rest: str) -> None:
    """List what the chosen unit has reported."""
    _list(turn, own_unit(turn, whole(rest)))


def _list(turn: Turn, unit: Unit) -> None:
    rows = history(turn.context, unit)
    turn.done()
    if not rows:
        turn.say(_("{unit} has no figures here yet.", unit=unit.name))
        return
    _remember_list(turn, rows)
    lines = [_line(turn, place, row) for place, row in enumerate(rows, start=1)]
    head = _("The latest figures of {unit}:", unit=unit.name)
    turn.say(join([head, *lines, _("To correct one, type */sua* and its number, such as */sua 1*.")]))


def _line(turn: Turn, place: int, row: Report) -> Marked:
    return _(
        "{place}. {figure} · sent {day} · {state}",
        place=number(place),
        figure=figure_of(turn, row),
        day=day(local_date(row.created_at), turn.today),
        state=state_name(row.state),
    )


def _remember_list(turn: Turn, rows: Sequence[Report]) -> None:
    # "/sua 2" means the second of the list that was read, also when newer figures came in between.
    turn.state = replace(turn.state, step="", data={_LISTED: [row.id for row in rows]})


def sua(turn: Turn, rest: str) -> None:
    """Correct a figure: the one whose number is given, what was just read back, or ask which."""
    draft = open_draft(turn.context, turn.incoming.chat_id)
    numbers = numbers_in(rest)
    if not turn.own_units:
        office_only(turn)
    elif numbers:
        _correct_listed(turn, numbers[0])
    elif draft is not None:
        fix(turn, draft.batch)
    else:
        _ask_which(turn, _latest(turn))


def _correct_listed(turn: Turn, place: int) -> None:
    ids = turn.state.data.get(_LISTED) or [row.id for row in _latest(turn)]
    if not 1 <= place <= len(ids):
        turn.say(_("The list has no number {place}. Type */lichsu* to see it.", place=number(place)))
        return
    ask_figure(turn, own_row(turn, str(ids[place - 1])))


def _latest(turn: Turn) -> list[Report]:
    """Return the latest rows of all of the writer's units, newest first."""
    rows = [row for unit in turn.own_units for row in history(turn.context, unit)]
    return sorted(rows, key=lambda row: row.id, reverse=True)


def _ask_which(turn: Turn, rows: Sequence[Report]) -> None:
    turn.done()
    if not rows:
        turn.say(_("There are no figures of {you} to correct yet.", you=turn.you))
        return
    if len(rows) == 1:
        ask_figure(turn, own_row(turn, str(rows[0].id)))
        return
    shown = rows[:5]
    turn.say(
        _("Which figure is to be corrected, {you}?", you=turn.you),
        *(Choice(figure_of(turn, row), f"report.pick:{row.id}") for row in shown),
    )


def correct(turn: Turn, rest: str) -> None:
    """Take a line that corrects the last report of this chat: another number, or none at all."""
    if not turn.own_units:
        office_only(turn)
        return
    question = at_hand(turn)
    if question is not None and _is_about(turn, question):
        return
    last = [own_row(turn, str(row.id)) for row in last_batch(turn.context, turn.incoming.chat_id)]
    rows = _meant(turn, last)
    reading = read_against(turn, turn.text, rows)
    if len(rows) > 1 and rows is not last:
        _ask_which(turn, rows)
    elif not rows and reading.items and reading.ask is None:
        begin(turn, pending_of(turn, reading))
    elif not rows:
        _ask_which(turn, _latest(turn))
    elif withdraws(turn.text):
        _take_back(turn, rows, reading)
    elif reading.ask is not None:
        begin(turn, replace(pending_of(turn, reading), corrects=True))
    elif reading.items:
        apply_items(turn, rows, reading.items, turn.text)
    elif reading.quarter is not None:
        move_to_quarter(turn, rows, reading.quarter)
    else:
        _ask_which(turn, rows)


def _is_about(turn: Turn, question: OpenQuestion) -> bool:
    """Take a correction of the line that is still asked about; tell whether it was the last report."""
    if _last_asked(turn) != question.batch:
        return False
    if withdraws(turn.text):
        drop_question(turn, question)
    elif not try_other_figures(turn, question, turn.text):
        remind_of(turn, question)
    return True


def _last_asked(turn: Turn) -> str:
    rows = last_batch(turn.context, turn.incoming.chat_id)
    return rows[0].batch if rows else ""


def _meant(turn: Turn, last: list[Report]) -> list[Report]:
    """Return `last`, or the older rows that the line names by figure or indicator, when `last` has none."""
    named = read_against(turn, turn.text, ())
    codes = {item.indicator for item in named.items} if named.ask is None else set()
    old = set(numbers_in(turn.text)) - {item.value for item in read_against(turn, turn.text, last).items}
    older = [row for row in _latest(turn) if not codes or row.indicator in codes]
    if old and not any(row.value in old for row in last):
        return [row for row in older if row.value in old] or last
    if codes and codes.isdisjoint(row.indicator for row in last):
        return older[:1] or last
    return last


def _take_back(turn: Turn, rows: Sequence[Report], reading: Reading) -> None:
    """Take back the last report, or what the line names of it: a draft at once, else after a word."""
    named = {item.indicator for item in reading.items}
    meant = [row for row in rows if not named or row.indicator in named] or list(rows)
    drafted = [row for row in meant if row.state is ReportState.UNCONFIRMED]
    if drafted and len(drafted) == len(rows):
        drop(turn.context, rows[0].batch)
        turn.done()
        turn.say(
            _(
                "All right, I dropped it and count nothing. When there are figures, just write again, {you}.",
                you=turn.you,
            )
        )
        return
    # A nil in the same report says nothing that could be taken back.
    change_rows(
        turn, [Change(row, None) for row in meant if row.value] or [Change(row, None) for row in meant]
    )


def edited(turn: Turn, rest: str) -> None:
    """Take an edited message as a correction of its figures; say nothing when they are the same."""
    if not turn.own_units or not turn.text:
        return
    asked = _asked_about(turn)
    if asked is not None:
        _edit_asked(turn, asked)
        return
    rows = rows_of_message(turn.context, turn.incoming.chat_id, turn.incoming.message_id)
    living = [own_row(turn, str(row.id)) for row in rows if stands(row)]
    reading = read_against(turn, turn.text, ())
    if not rows:
        if reading.items:
            begin(turn, pending_of(turn, reading))
    elif not living:
        if reading.items:
            turn.say(_("What this message said was dropped or replaced. Type */sua* to correct what stands."))
    else:
        _edit(turn, living, reading)


def _asked_about(turn: Turn) -> OpenQuestion | None:
    """Return the open question about the message that was edited, or None."""
    waiting = open_questions(turn.context, turn.incoming.chat_id)
    edited_id = turn.incoming.message_id
    return next((one for one in waiting if pending_in(one).line.message_id == edited_id), None)


def _edit_asked(turn: Turn, question: OpenQuestion) -> None:
    """Read a message anew about which something was asked: what it says now stands instead."""
    reading = read_against(turn, turn.text, ())
    if reading.intent in (Intent.REPORT, Intent.NONE_TO_REPORT):
        pending = answered(turn, question)
        begin(turn, pending_of(turn, reading, pending.files))
    else:
        drop_question(turn, question)


def _edit(turn: Turn, rows: Sequence[Report], reading: Reading) -> None:
    items = (*reading.items, *(Item(code, 0) for code in reading.zeros))
    changes, further = matched(rows, items)
    kept = {item.indicator for item in items}
    changes += [Change(row, None) for row in rows if row.indicator not in kept and row.value]
    if changes or further:
        apply_changes(turn, own_unit(turn, rows[0].unit_id), changes, further)
