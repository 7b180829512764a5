"""/duyet: figures that wait, one card at a time: approve, send back with a reason, later, see the proof."""

from __future__ import annotations

from bot.conversation.approve_cards import approving_choices, card, shown_indicator, with_proofs
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.language.normalise import fold
from bot.services.approval import (
    Decided,
    approve,
    approve_unit,
    look,
    next_in_line,
    remove_evidence,
    return_report,
    waiting_row,
)
from domain.errors import InputError, NotFound
from domain.ledger import Report, ReportState
from domain.messages import Choice
from domain.permissions import Action
from messages_vi.address import call, capital
from messages_vi.catalogue import Marked, _, join, mark
from messages_vi.formats import number

_REASON = "approve.reason"
_DIGITS = 10
_REASONS = {
    "proof": mark("The proof is missing"),
    "wrong": mark("The number is wrong"),
    "twice": mark("Reported before"),
}


def _command(turn: Turn, rest: str) -> None:
    # Under a card the word "duyệt" is its button, not the command.
    meant = next((one for one in turn.state.choices if fold(one.label) == fold(turn.text)), None)
    if meant is not None and meant.action.startswith("approve.ok:"):
        _ok(turn, meant.action.partition(":")[2])
        return
    turn.done()
    _open(turn, rest)


def _open(turn: Turn, rest: str) -> None:
    look(turn.context)
    _go_on(turn, None, 1)


def _ok(turn: Turn, rest: str) -> None:
    report_id, place = _numbers(rest, 2)
    decided = approve(turn.context, [report_id])
    for row in decided.done:
        _go_on(turn, row, place + 1, _("✅ Approved: {figure}.", figure=shown_indicator(turn, row)))
    for row in decided.before:
        _go_on(turn, row, place + 1, _settled(turn, row))


def _all(turn: Turn, rest: str) -> None:
    report_id, place, newest = _numbers(rest, 3)
    row = turn.context.uow.reports.get(report_id)
    decided = approve_unit(turn.context, row.unit_id, newest)
    _go_on(turn, decided.done[-1] if decided.done else row, place + 1, _all_done(turn, row, decided))


def _all_done(turn: Turn, row: Report, decided: Decided) -> Marked:
    unit = turn.context.uow.units.get(row.unit_id)
    if not decided.done:
        return _("Nothing of {unit} waits any more.", unit=unit.name)
    count = number(len(decided.done))
    return _("✅ Approved {count} figures of {unit}.", count=count, unit=unit.name)


def _later(turn: Turn, rest: str) -> None:
    report_id, place = _numbers(rest, 2)
    _go_on(turn, turn.context.uow.reports.get(report_id), place + 1)


def _back(turn: Turn, rest: str) -> None:
    report_id, place = _numbers(rest, 2)
    row = turn.context.uow.reports.get(report_id)
    if row.state is not ReportState.PENDING:
        _go_on(turn, row, place + 1, _settled(turn, row))
        return
    _ask_reason(turn, row, place)


def _back_with(turn: Turn, rest: str) -> None:
    """Send a figure back for the reason that was typed behind the choice's label."""
    arguments, _break, reason = rest.partition("\n")
    report_id, place = _numbers(arguments, 2)
    _return(turn, report_id, place, reason.strip(" ,.:;-"))


def _ask_reason(turn: Turn, row: Report, place: int, first: Marked | None = None) -> None:
    quick = (Choice(_(key), f"approve.why:{row.id}.{place}.{code}") for code, key in _REASONS.items())
    asked = first or _(
        "Why does {figure} go back? {You} writes a line for the unit, or chooses.",
        figure=shown_indicator(turn, row),
        You=capital(turn.you),
    )
    turn.say(asked, *quick, Choice(_("Not now"), f"approve.later:{row.id}.{place}"))
    turn.expect(_REASON, report=row.id, place=place)


def _why(turn: Turn, rest: str) -> None:
    numbers, _dot, code = rest.rpartition(".")
    report_id, place = _numbers(numbers, 2)
    if code not in _REASONS:
        raise NotFound("reason", code)
    _return(turn, report_id, place, _(_REASONS[code]))


def _reason(turn: Turn, text: str) -> None:
    _return(turn, turn.state.data["report"], turn.state.data["place"], text)


def _return(turn: Turn, report_id: int, place: int, reason: str) -> None:
    row = turn.context.uow.reports.get(report_id)
    try:
        returned = return_report(turn.context, report_id, reason)
    except InputError as error:
        _ask_reason(turn, row, place, _reason_fault(turn, error))
        return
    except NotFound:
        _go_on(turn, row, place + 1, _settled(turn, turn.context.uow.reports.get(report_id)))
        return
    figure = shown_indicator(turn, row)
    unit = turn.context.uow.units.get(row.unit_id)
    if returned.told is not None:
        said = _(
            "Sent back: {figure}. I wrote to {name} of {unit}.",
            figure=figure,
            name=call(returned.told),
            unit=unit.name,
        )
    else:
        said = _(
            "Sent back: {figure}. I cannot write to anybody of {unit}: please call them, {you}.",
            figure=figure,
            unit=unit.name,
            you=turn.you,
        )
    _go_on(turn, row, place + 1, said)


def _reason_fault(turn: Turn, error: InputError) -> Marked:
    if error.code == "reason-too-long":
        return _(
            "The reason is long. Please say it in at most {limit} letters, {you}.",
            limit=number(int(str(error.values["limit"]))),
            you=turn.you,
        )
    return _("The unit needs a reason. {You} writes a few words, or chooses.", You=capital(turn.you))


def _photo(turn: Turn, rest: str) -> None:
    report_id, place = _numbers(rest, 2)
    _ask_no_more(turn)
    try:
        with_proofs(turn, waiting_row(turn.context, report_id), place)
    except NotFound:
        row = turn.context.uow.reports.get(report_id)
        _go_on(turn, row, place + 1, _settled(turn, row))


def _unphoto(turn: Turn, rest: str) -> None:
    evidence_id, report_id, place = _numbers(rest, 3)
    _ask_no_more(turn)
    try:
        remove_evidence(turn.context, evidence_id)
        said = _("The photo is removed; nobody sees it any more.")
    except NotFound:
        said = _("The photo was removed before.")
    row = turn.context.uow.reports.get(report_id)
    if row.state is ReportState.PENDING:
        shown = waiting_row(turn.context, report_id)
        turn.say(join([said, card(turn, shown, place)], "\n\n"), *approving_choices(shown, place))
    else:
        turn.say(said)


def _go_on(turn: Turn, after: Report | None, place: int, said: Marked | None = None) -> None:
    """Show the next card behind `after`, or say that there is none; `said` comes first."""
    _ask_no_more(turn)
    shown = next_in_line(turn.context, after)
    if shown is not None:
        text = card(turn, shown, place)
        turn.say(join([said, text], "\n\n") if said else text, *approving_choices(shown, place))
        return
    look(turn.context)
    turn.say(join([said, _end(turn)]) if said else _end(turn), *_again(turn))


def _ask_no_more(turn: Turn) -> None:
    # Only our own question ends: a tap on a card must not break off another dialogue.
    if turn.state.step == _REASON:
        turn.done()


def _end(turn: Turn) -> Marked:
    left = _left(turn)
    if not left:
        return _("No figures wait for approval.")
    return _("That was the last one. {count} are left for later.", count=number(left))


def _again(turn: Turn) -> tuple[Choice, ...]:
    return (Choice(_("Look at those that are left"), "approve.open"),) if _left(turn) else ()


def _left(turn: Turn) -> int:
    return turn.context.uow.reports.count(state=ReportState.PENDING)


def _settled(turn: Turn, row: Report) -> Marked:
    """Return who was faster, kindly."""
    if row.state is ReportState.WITHDRAWN:
        return _(
            "The unit has corrected or withdrawn {figure} meanwhile, so I changed nothing.",
            figure=shown_indicator(turn, row),
        )
    who = turn.context.uow.people.first(id=row.decided_by_id) if row.decided_by_id else None
    values = {"figure": shown_indicator(turn, row), "Name": _who(turn, row.decided_by_id, call(who))}
    if row.state is ReportState.RETURNED:
        return _("{Name} has sent {figure} back already, so I changed nothing.", **values)
    return _("{Name} has approved {figure} already, so I changed nothing.", **values)


def _who(turn: Turn, person_id: int | None, name: str) -> str:
    return capital(turn.you if person_id == turn.person.id else name)


def _numbers(rest: str, count: int) -> list[int]:
    """Return the numbers of an action. Raises NotFound for one that no button of ours carries."""
    parts = rest.split(".")
    if len(parts) != count or not all(_is_number(part) for part in parts):
        raise NotFound("action", rest)
    return [int(part) for part in parts]


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) < _DIGITS


DIALOGUE = Dialogue(
    commands={"duyet": Entry(_command, Action.APPROVE)},
    actions={
        "approve.open": Entry(_open, Action.APPROVE),
        "approve.ok": Entry(_ok, Action.APPROVE),
        "approve.all": Entry(_all, Action.APPROVE),
        "approve.later": Entry(_later, Action.APPROVE),
        "approve.back": Entry(_back, Action.APPROVE),
        "approve.why": Entry(_why, Action.APPROVE),
        "approve.photo": Entry(_photo, Action.APPROVE),
        "approve.unphoto": Entry(_unphoto, Action.REMOVE_EVIDENCE),
    },
    answers={_REASON: Entry(_reason, Action.APPROVE)},
    worded={"approve.back": Entry(_back_with, Action.APPROVE)},
)
