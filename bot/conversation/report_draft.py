"""A draft on its way: a line goes in, one question at a time comes back, at the end the read-back.

What the dialogue remembers is small, for the draft itself stands in the ledger: which questions were
answered, which notes are still to be said, and which form is being filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.report_ask import ask
from bot.conversation.report_talk import (
    counted_notes,
    form_question,
    loss_notes,
    placing_notes,
    read_back,
    refusal_notes,
    session_notes,
)
from bot.conversation.turn import Turn
from bot.services.media import WhyRefused, attach, receive_attachments
from bot.services.report_lines import Line, unanswered
from bot.services.report_privacy import speaks_of_id_cards
from bot.services.report_questions import already_counted, next_question
from bot.services.reporting import Draft, add_line, draft_of, unit_of_batch
from domain.errors import NotAllowed, NotFound
from domain.ledger import Report
from domain.people import Unit
from domain.permissions import Action, require, roles_at
from domain.plan import Indicator
from messages_vi.catalogue import _, join
from messages_vi.filing import refusal
from messages_vi.formats import number

COUNT_STEP = "report.count"
_WHY = {WhyRefused.KIND: "unknown-kind", WhyRefused.SIZE: "file-too-large"}


@dataclass(frozen=True, slots=True)
class Form:
    """A guided form: the unit and period it is for, and the indicators that were asked already."""

    unit_id: int
    period_id: int
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What the chat remembers of a draft."""

    batch: str = ""
    settled: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    form: Form | None = None
    row: int = 0


def memory_of(turn: Turn, batch: str | None = None) -> Memory:
    """Return what the chat remembers; of another batch than `batch` nothing is known."""
    data = turn.state.data
    known = data.get("batch", "")
    if "batch" not in data or (batch is not None and known not in ("", batch)):
        return Memory(batch or "")
    form = data.get("form")
    return Memory(
        batch=batch or known,
        settled=tuple(data.get("settled", ())),
        notes=tuple(data.get("notes", ())),
        form=Form(form[0], form[1], tuple(form[2])) if form else None,
        row=data.get("row", 0),
    )


def remember(turn: Turn, memory: Memory, step: str = "", **more: Any) -> None:
    """Keep what the chat must remember, and wait for `step`; "" waits for nothing typed."""
    form = memory.form
    data = {
        "batch": memory.batch,
        "settled": list(memory.settled),
        "notes": list(memory.notes),
        "form": [form.unit_id, form.period_id, list(form.asked)] if form else None,
        "row": memory.row,
        **more,
    }
    turn.state = replace(turn.state, step=step, data=data)


def take(
    turn: Turn,
    unit: Unit,
    line: Line,
    files: Sequence[int] = (),
    *,
    notes: Sequence[str] = (),
    form: Form | None = None,
) -> None:
    """Write a line into the chat's draft, with the files that came along, and go on with it."""
    drafted = add_line(turn.context, unit, line)
    draft = drafted.draft
    memory = memory_of(turn, draft.batch)
    if draft.rows and files:
        attach(turn.context, draft.batch, unit.id, files)
    said = [
        *memory.notes,
        *notes,
        *refusal_notes(turn, unit, drafted.refused),
        *placing_notes(turn, drafted.placed),
    ]
    proceed(turn, draft, replace(memory, batch=draft.batch, notes=tuple(said), form=form or memory.form))


def proceed(turn: Turn, draft: Draft, memory: Memory) -> None:
    """Ask what is open about a draft, one thing at a time; when nothing is, read it back."""
    question = next_question(turn.context, draft, memory.settled)
    if question is not None:
        remember(turn, replace(memory, row=question.row.id), "report.doubt")
        ask(turn, draft, question)
    elif not _asks_form(turn, draft.unit, memory):
        _end(turn, draft, memory)


def _asks_form(turn: Turn, unit: Unit, memory: Memory) -> bool:
    """Put the form's next question, if a form is open and has one left."""
    form = memory.form
    indicator = _next_of_form(turn, unit, form) if form is not None else None
    if form is None or indicator is None:
        return False
    remember(turn, memory, COUNT_STEP, indicator=indicator.code)
    form_question(turn, unit, turn.context.uow.periods.get(form.period_id), indicator, not form.asked)
    return True


def _next_of_form(turn: Turn, unit: Unit, form: Form) -> Indicator | None:
    period = turn.context.uow.periods.get(form.period_id)
    open_ones = unanswered(turn.context, unit, period)
    return next((one for one in open_ones if one.code not in form.asked), None)


def _end(turn: Turn, draft: Draft, memory: Memory) -> None:
    if not draft.rows:
        turn.done()
        turn.say(join(memory.notes or [_("All right, I have written down nothing.")]))
        return
    further = already_counted(turn.context, draft)
    first = [row for row in draft.rows if row not in further]
    counted = [
        *counted_notes(turn, draft.unit, further),
        *session_notes(turn, first),
        *loss_notes(turn, draft.rows),
    ]
    remember(turn, replace(memory, form=None, row=0, notes=()))
    read_back(turn, draft, [*memory.notes, *counted])


def own_unit(turn: Turn, unit_id: int) -> Unit:
    """Return the unit if the writer reports for it today. Raises: NotAllowed."""
    unit = next((one for one in turn.own_units if one.id == unit_id), None)
    if unit is None or turn.sender is None:
        raise NotAllowed(unit_id)
    require(roles_at(turn.sender, unit_id), Action.REPORT)
    return unit


def own_draft(turn: Turn, batch: str) -> Draft:
    """Return what is left of a batch of one of the writer's units. Raises: NotFound, NotAllowed."""
    unit = own_unit(turn, unit_of_batch(turn.context, batch).id)
    return draft_of(turn.context, batch, unit)


def own_row(turn: Turn, row_id: str) -> Report:
    """Return a row of one of the writer's units. Raises: NotFound, NotAllowed."""
    row = turn.context.uow.reports.get(whole(row_id))
    own_unit(turn, row.unit_id)
    return row


def whole(text: str) -> int:
    """Return the number in a choice's action. Raises: NotFound for anything that no choice of ours says."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotFound(text)
    return int(text)


def line_of(turn: Turn, text: str | None = None) -> Line:
    """Return this message as a line without figures yet."""
    batch = str(turn.context.inbox_id)
    return Line(batch, turn.incoming.chat_id, turn.incoming.message_id, turn.text if text is None else text)


def take_files(turn: Turn) -> tuple[list[int], list[str]]:
    """Note the files of this message; return their ids, and a sentence for each that is not taken.

    What is sent with a word about identity cards is not even fetched: nobody could tell the photo later.
    """
    if turn.incoming.attachments and speaks_of_id_cards(turn.text):
        return [], [_("I did not take the photo: photos of ID cards do not belong here.")]
    kept, refused = receive_attachments(turn.context, turn.incoming)
    return [media.id for media in kept], [refusal(one.name, _WHY[one.why], you=turn.you) for one in refused]


def files_taken(files: Sequence[int]) -> list[str]:
    """Return a sentence on how many files were taken; nothing for none."""
    return [_("I have got {count} files.", count=number(len(files)))] if files else []
