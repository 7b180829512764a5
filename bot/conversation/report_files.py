"""Photos and files without words: tied to what was just reported, or asked about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.asides import let_pass
from bot.conversation.plan_sent import try_files
from bot.conversation.report_change import figure_of
from bot.conversation.report_draft import files_taken, own_draft, take_files
from bot.conversation.report_pending import begin, pending_of
from bot.conversation.report_waiting import put_again
from bot.conversation.turn import Turn
from bot.services.media import attach, own_media, proven_batch
from bot.services.open_questions import add_files, question_of
from bot.services.report_corrections import history
from bot.services.reporting import unit_of_batch
from domain.ledger import Report, ReportState
from domain.messages import Choice
from domain.understanding import Intent
from messages_vi.address import capital
from messages_vi.catalogue import _, join
from messages_vi.formats import number
from messages_vi.reports import draft_choices

STEP = "report.proof"
_SHOWN = 3


def files(turn: Turn, rest: str) -> None:
    """Tie photos to the latest report of the chat, or ask what they prove."""
    if not turn.own_units and try_files(turn):
        return
    if not turn.own_units:
        turn.say(
            _(
                "Proof of figures comes from the unions. To send them a file use */truyenthong*, {you}.",
                you=turn.you,
            )
        )
        return
    taken, notes = take_files(turn)
    batch = turn.state.data.get("proof") or proven_batch(turn.context, turn.incoming.chat_id)
    if not taken:
        turn.say(join(notes))
    elif batch is not None:
        _attach(turn, batch, taken, notes)
    else:
        _ask(turn, taken, notes)


def attach_here(turn: Turn, batch: str, unit_id: int) -> list[str]:
    """Tie the files of this message to a batch; return what is to be said about them."""
    taken, notes = take_files(turn)
    attach(turn.context, batch, unit_id, taken)
    return [*files_taken(taken), *notes]


def choose(turn: Turn, rest: str) -> None:
    """Tie the waiting files to the report that was chosen."""
    draft = own_draft(turn, rest)
    waiting = own_media(turn.context, turn.state.data.get("files", ()))
    turn.done()
    if waiting:
        _attach(turn, draft.batch, waiting, [])
    else:
        turn.say(_("That question is over. {You} may send the photo again.", You=capital(turn.you)))


def typed(turn: Turn, text: str) -> None:
    """Take what follows a photo that waits: the figures that it proves, or another photo."""
    waiting = own_media(turn.context, turn.state.data.get("files", ()))
    taken, notes = take_files(turn)
    both = [*waiting, *taken]
    if text and turn.reading.intent in (Intent.REPORT, Intent.NONE_TO_REPORT):
        turn.done()
        begin(turn, pending_of(turn, turn.reading, both, notes))
    else:
        let_pass(turn)
        _ask(turn, both, notes)


def _attach(turn: Turn, batch: str, taken: Sequence[int], notes: Sequence[str]) -> None:
    question = question_of(turn.context, batch)
    if question is not None:
        add_files(turn.context, question, taken)
        put_again(turn, question, [*files_taken(taken), *notes])
        return
    draft = own_draft(turn, batch)
    unit = unit_of_batch(turn.context, batch)
    attach(turn.context, batch, unit.id, taken)
    rows = draft.rows or _stored_rows(turn, batch)
    about = _about(turn, rows)
    said = _("I have got {count} files for {figures}.", count=number(len(taken)), figures=about)
    if draft.rows:
        # The read-back is still unanswered: a typed "1" must go on to mean "right".
        right = _("Are the figures right, {you}?", you=turn.you)
        turn.say(join([said, *notes, right]), *draft_choices(batch, draft.version))
    else:
        # "Is the period complete?" may still be open, too.
        turn.say(join([said, *notes]), *turn.state.choices)


def _stored_rows(turn: Turn, batch: str) -> Sequence[Report]:
    rows = turn.context.uow.reports.find(batch=batch)
    return [row for row in rows if row.state is not ReportState.WITHDRAWN]


def _about(turn: Turn, rows: Sequence[Report]) -> str:
    return join([figure_of(turn, row) for row in rows], "; ")


def _ask(turn: Turn, waiting: Sequence[int], notes: Sequence[str]) -> None:
    turn.expect(STEP, files=list(waiting))
    text = _(
        "I have got {count} files. What do they prove, {you}? Choose, or write the figures.",
        count=number(len(waiting)),
        you=turn.you,
    )
    latest = [row for unit in turn.own_units for row in history(turn.context, unit)]
    newest = sorted(latest, key=lambda row: row.id, reverse=True)
    batches = {row.batch: row for row in reversed(newest)}
    shown = sorted(batches.values(), key=lambda row: row.id, reverse=True)[:_SHOWN]
    choices = (Choice(figure_of(turn, row), f"report.proof:{row.batch}") for row in shown)
    turn.say(join([*notes, text]), *choices)
