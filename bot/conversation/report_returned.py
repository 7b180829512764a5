"""A figure that staff sent back: its sender corrects it with one number, or keeps it and may prove it."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.asides import let_pass
from bot.conversation.report_change import figure_of, source_of, typed_item, unread
from bot.conversation.report_draft import own_row, own_unit, take_files
from bot.conversation.report_pending import begin, pending_of
from bot.conversation.turn import Turn
from bot.services.approval import tell_staff
from bot.services.media import attach
from bot.services.report_corrections import correct_returned, keep_returned
from domain.ledger import Report, ReportState
from domain.messages import Choice
from domain.understanding import Intent, Item
from messages_vi.address import capital
from messages_vi.catalogue import _

STEP = "report.returned"


def correct(turn: Turn, rest: str) -> None:
    """Ask for the right number of a returned figure."""
    row = own_row(turn, rest)
    if row.state is not ReportState.RETURNED:
        _not_waiting(turn, row)
        return
    turn.expect(STEP, report=row.id)
    turn.say(
        _(
            "What is right instead of *{figure}*, {you}?",
            figure=figure_of(turn, row),
            you=turn.you,
        ),
        Choice(_("Keep it as it is"), f"report.keep:{row.id}", numbered=False),
    )


def typed(turn: Turn, text: str) -> None:
    """Take what is typed while a returned figure waits: its right number, a photo, or another report."""
    row = own_row(turn, str(turn.state.data.get("report", 0)))
    if row.state is not ReportState.RETURNED:
        turn.done()
        _not_waiting(turn, row)
        return
    files, _refused = take_files(turn)
    attach(turn.context, row.batch, row.unit_id, files)
    if not text:
        _keep(turn, row)
        return
    item = typed_item(turn, row.indicator, text, row)
    if item is not None:
        _put_right(turn, row, item)
    elif turn.reading.intent in (Intent.REPORT, Intent.NONE_TO_REPORT):
        begin(turn, pending_of(turn, turn.reading, files))
    else:
        let_pass(turn)
        unread(turn)


def keep(turn: Turn, rest: str) -> None:
    """Send a returned figure to staff again as it is."""
    row = own_row(turn, rest)
    if row.state is not ReportState.RETURNED:
        _not_waiting(turn, row)
    else:
        _keep(turn, row)


def _keep(turn: Turn, row: Report) -> None:
    kept = keep_returned(turn.context, row, _("The unit keeps the figure."))
    tell_staff(turn.context, own_unit(turn, row.unit_id))
    turn.done()
    # A photo that follows within the hour goes to this figure, though others may be newer.
    turn.state = replace(turn.state, data={"proof": kept.batch})
    turn.say(
        _(
            "All right, {figure} stays and the office looks at it again. If there is a photo of the "
            "decision, please send it here, {you}.",
            figure=figure_of(turn, kept),
            you=turn.you,
        )
    )


def _put_right(turn: Turn, row: Report, item: Item) -> None:
    if item.value == row.value and item.on in (None, row.happened_on):
        _keep(turn, row)
        return
    unit = own_unit(turn, row.unit_id)
    new = correct_returned(turn.context, row, item, source_of(turn))
    tell_staff(turn.context, unit)
    turn.done()
    turn.say(
        _(
            "✅ Changed for {unit}: {before} → {figure}. The office has it again, thank you, {name}.",
            unit=unit.name,
            before=str(row.value),
            figure=figure_of(turn, new),
            name=turn.name,
        )
    )


def _not_waiting(turn: Turn, row: Report) -> None:
    turn.say(
        _(
            "{You} answered this already: {figure} does not wait for anything here.",
            You=capital(turn.you),
            figure=figure_of(turn, row),
        )
    )
