"""The answers to a read-back and to the questions about one figure: agree, drop, fix, settle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.asides import let_pass
from bot.conversation.report_change import (
    apply_items,
    ask_figure,
    change_rows,
    figure_of,
    go_on,
    read_against,
    settled,
    typed_item,
)
from bot.conversation.report_close import after_figures, close_now
from bot.conversation.report_draft import (
    Memory,
    memory_of,
    own_draft,
    own_row,
    proceed,
    remember,
    take_files,
    whole,
)
from bot.conversation.report_files import attach_here
from bot.conversation.report_pending import begin, pending_of
from bot.conversation.report_said import said
from bot.conversation.report_talk import is_closed, replaced_by, standing_lines
from bot.conversation.report_waiting import put_next, remind_of
from bot.conversation.turn import Turn
from bot.services.approval import tell_staff
from bot.services.open_questions import open_questions, question_of
from bot.services.report_corrections import Change, as_items, stands
from bot.services.report_questions import next_question
from bot.services.reporting import (
    Confirmed,
    Draft,
    confirm,
    drop,
    drop_row,
    is_all_nil,
    open_draft,
    without_date,
)
from domain.ledger import Report, ReportState
from domain.messages import Choice
from domain.plan import ReportingPeriod
from domain.understanding import Intent
from messages_vi.catalogue import _, join


def agree(turn: Turn, rest: str) -> None:
    """Take the sender's word for a draft: exactly for what was read back."""
    batch, _dot, version = rest.partition(".")
    draft = own_draft(turn, batch)
    memory = memory_of(turn, batch)
    question = question_of(turn.context, batch)
    if question is not None:
        remind_of(turn, question)
    elif not draft.rows:
        settled(turn, batch)
    elif _must_be_read_again(turn, draft, memory, version):
        proceed(turn, draft, memory)
    else:
        _stored(turn, confirm(turn.context, batch))


def _must_be_read_again(turn: Turn, draft: Draft, memory: Memory, version: str) -> bool:
    """Tell whether something was added since the read-back, or was never asked about."""
    if version:
        return whole(version) != draft.version
    return next_question(turn.context, draft, memory.settled) is not None


def _stored(turn: Turn, done: Confirmed) -> None:
    turn.done()
    if not done.rows:
        turn.say(_("This figure was changed meanwhile, so I left it as it is. Type */lichsu* to see it."))
        return
    tell_staff(turn.context, done.unit)
    periods = turn.context.uow.periods.find("due_on", id=[row.period_id for row in done.rows])
    period = next((one for one in periods if not is_closed(turn, done.unit, one)), periods[0])
    changed = len(done.replaced) == len(done.rows)
    # A figure taken back leaves zeros too, but nobody said that there is nothing this period.
    all_nil = not changed and is_all_nil(turn.context, done.unit, period)
    if all_nil and not is_closed(turn, done.unit, period):
        close_now(turn, done.unit, period)
        _go_on_with_next(turn)
        return
    head = _("✅ Changed for {unit}.", unit=done.unit.name) if changed else _thanks(done)
    lines = [head, *_standing(turn, done, periods, period)]
    if _is_asked_about(turn):
        # One question at a time: whether the period is complete depends on the answer to the older one.
        turn.say(join(lines))
    else:
        after_figures(turn, done.unit, period, lines, changed=changed)
    _go_on_with_next(turn)


def _is_asked_about(turn: Turn) -> bool:
    """Tell whether a question waits that will be put next."""
    chat_id = turn.incoming.chat_id
    return open_draft(turn.context, chat_id) is None and bool(open_questions(turn.context, chat_id))


def _go_on_with_next(turn: Turn) -> None:
    """Go on with what waits in this chat: the draft of another unit, else a question without an answer."""
    waiting = open_draft(turn.context, turn.incoming.chat_id)
    if waiting is not None:
        proceed(turn, own_draft(turn, waiting.batch), Memory(waiting.batch))
    else:
        put_next(turn)


def _thanks(done: Confirmed) -> str:
    return _("✅ Written down for {unit}.", unit=done.unit.name)


def _standing(
    turn: Turn, done: Confirmed, periods: list[ReportingPeriod], asked: ReportingPeriod
) -> list[str]:
    """Return the sums of each period that got figures; the year comes last, with the period asked about."""
    others = [standing_lines(turn, done, one)[0] for one in periods if one.id != asked.id]
    return [*others, *standing_lines(turn, done, asked)]


def drop_draft(turn: Turn, rest: str) -> None:
    """Drop a draft."""
    draft = own_draft(turn, rest)
    if not drop(turn.context, draft.batch):
        settled(turn, rest)
        return
    turn.done()
    kept = replaced_by(turn, draft.rows).values()
    if kept:
        turn.say(
            _("All right, it stays: {figure}.", figure=join([figure_of(turn, row) for row in kept], ", "))
        )
        return
    turn.say(
        _(
            "All right, I dropped it and count nothing. When there are figures, just write again, {you}.",
            you=turn.you,
        )
    )
    _go_on_with_next(turn)


def fix(turn: Turn, rest: str) -> None:
    """Ask what of a draft is wrong."""
    draft = own_draft(turn, rest)
    if not draft.rows:
        settled(turn, rest)
    elif len(draft.rows) == 1:
        ask_figure(turn, draft.rows[0], memory_of(turn, rest))
    else:
        _ask_which(turn, draft)


def _ask_which(turn: Turn, draft: Draft) -> None:
    remember(turn, memory_of(turn, draft.batch), "report.fix")
    turn.say(
        _("Which one is wrong, {you}? Choose it, or write the whole line again.", you=turn.you),
        *(Choice(figure_of(turn, row), f"report.pick:{row.id}") for row in draft.rows),
    )


def pick(turn: Turn, rest: str) -> None:
    """Ask for the right number of the figure that was chosen."""
    row = own_row(turn, rest)
    ask_figure(turn, row, memory_of(turn, row.batch))


def fix_typed(turn: Turn, text: str) -> None:
    """Take the line that was typed after "which one is wrong?"."""
    draft = own_draft(turn, memory_of(turn).batch)
    if not draft.rows:
        settled(turn, draft.batch)
        return
    reading = read_against(turn, text, draft.rows)
    if reading.items:
        apply_items(turn, draft.rows, reading.items, text)
    else:
        let_pass(turn)
        _ask_which(turn, draft)


def sure(turn: Turn, rest: str) -> None:
    """Settle a question: the figure is right as it is."""
    row_id, _dot, kind = rest.partition(".")
    row = own_row(turn, row_id)
    if row.state is not ReportState.UNCONFIRMED:
        settled(turn, row.batch)
        return
    memory = memory_of(turn, row.batch)
    answered = replace(memory, settled=(*memory.settled, f"{row.id}:{kind}"))
    proceed(turn, own_draft(turn, row.batch), answered)


def remove(turn: Turn, rest: str) -> None:
    """Take one figure out of a draft."""
    _change_draft(turn, rest, lambda row: drop_row(turn.context, row))


def instead(turn: Turn, rest: str) -> None:
    """Let a later figure of a draft stand instead of an earlier one."""
    _change_draft(turn, rest.partition(".")[2], lambda row: drop_row(turn.context, row))


def same(turn: Turn, rest: str) -> None:
    """Take a repeated figure for the earlier one, which it tells more about: its day, who was there."""
    row_id, _dot, earlier_id = rest.partition(".")
    row, earlier = own_row(turn, row_id), own_row(turn, earlier_id)
    if row.state is not ReportState.UNCONFIRMED or not stands(earlier):
        settled(turn, row.batch)
        return
    drop_row(turn.context, row)
    (item,) = as_items([row])
    change_rows(turn, [Change(earlier, item)], batch=row.batch)


def undate(turn: Turn, rest: str) -> None:
    """Leave the day of a figure out: the event is done, the day was wrong."""
    _change_draft(turn, rest, lambda row: without_date(turn.context, row))


def _change_draft(turn: Turn, row_id: str, change: Callable[[Report], object]) -> None:
    row = own_row(turn, row_id)
    if row.state is not ReportState.UNCONFIRMED:
        settled(turn, row.batch)
        return
    change(row)
    go_on(turn, row.batch)


def doubt_typed(turn: Turn, text: str) -> None:
    """Take what is typed while a question about one figure is open: a new number, or another line."""
    memory = memory_of(turn)
    draft = own_draft(turn, memory.batch)
    row = next((one for one in draft.rows if one.id == memory.row), None)
    if not text:
        notes = attach_here(turn, draft.batch, draft.unit.id)
        proceed(turn, draft, replace(memory, notes=(*memory.notes, *notes)))
    elif turn.reading.intent in (Intent.REPORT, Intent.NONE_TO_REPORT):
        begin(turn, pending_of(turn, turn.reading, *take_files(turn)))
    elif row is not None and said(text, "drop"):
        remove(turn, str(row.id))
    elif row is not None and (item := typed_item(turn, row.indicator, text, row)) is not None:
        change_rows(turn, [Change(row, item)])
    else:
        let_pass(turn)
        proceed(turn, draft, memory)
