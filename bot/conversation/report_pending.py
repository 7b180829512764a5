"""A line that cannot be written down yet, because its unit or its reading must be asked for first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.report_apart import are_of_several, ask_for_each, repeat, try_apart
from bot.conversation.report_change import apply_items, typed_item
from bot.conversation.report_close import nothing
from bot.conversation.report_draft import line_of, own_row, own_unit, take, take_files, whole
from bot.conversation.report_said import meant_among, said
from bot.conversation.report_saved import items_from, items_to
from bot.conversation.report_talk import uncounted_notes
from bot.conversation.turn import Turn
from bot.language.answers import date_in
from bot.services.report_corrections import last_batch
from bot.services.report_lines import Line, indicators_known
from bot.services.report_privacy import masked, private_in, speaks_of_id_cards
from bot.services.report_units import units_named
from domain.messages import Choice
from domain.people import Unit
from domain.plan import Measure
from domain.understanding import Intent, Item, Reading
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join

_KEY = "line"
_MEMBERS = "doan_vien_moi"


@dataclass(frozen=True, slots=True)
class Pending:
    """A line with its readings. `asks` are what the question about it may be answered with.

    `nil` says "nothing to report"; `corrects` that the figures are to replace those of the last report.
    """

    line: Line
    nil: bool = False
    question: str = ""
    asks: tuple[tuple[str, tuple[Item, ...]], ...] = ()
    files: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    unit_id: int | None = None
    corrects: bool = False


def pending_of(turn: Turn, reading: Reading, files: Sequence[int] = (), notes: Sequence[str] = ()) -> Pending:
    """Return this message as a line with what it means."""
    items = (*reading.items, *reading.losses)
    line = replace(line_of(turn), items=items, zeros=reading.zeros, quarter=reading.quarter)
    nil = reading.intent is Intent.NONE_TO_REPORT
    question, asks = (reading.ask.question, reading.ask.choices) if reading.ask else ("", ())
    with_losses = tuple((label, _with_losses(some, reading)) for label, some in asks)
    said = (*notes, *privacy_notes(turn), *uncounted_notes(reading))
    return Pending(line, nil, question, with_losses, tuple(files), said)


def _with_losses(chosen: tuple[Item, ...], reading: Reading) -> tuple[Item, ...]:
    """Return what a choice stands for with those who left; "vô 9 ra 4" of conferences lost nobody."""
    admitted = any(item.indicator == _MEMBERS for item in reading.items)
    renamed = admitted and all(item.indicator != _MEMBERS for item in chosen)
    return chosen if not chosen or renamed else (*chosen, *reading.losses)


def privacy_notes(turn: Turn) -> list[str]:
    """Return what to say to a line with names, ID numbers or photos of ID cards: only the count is kept."""
    photo = bool(turn.incoming.attachments) and speaks_of_id_cards(turn.text)
    if not photo and not private_in(turn.text).is_list:
        return []
    return [
        _(
            "I keep no names, ID numbers or telephone numbers, only how many. {you} hands the list to the "
            "office; no photos of ID cards here.",
            you=turn.you,
        )
    ]


def begin(turn: Turn, pending: Pending) -> None:
    """Write the line down, or ask first for what is not clear: which unit, then which reading."""
    if pending.unit_id is None and _is_apart(turn, pending):
        return
    named = _named(turn, pending)
    unit = named[0] if len(named) == 1 else None
    if len(named) > 1 and pending.line.items:
        ask_for_each(turn, named)
    elif unit is None:
        _ask_unit(turn, pending)
    elif pending.asks:
        _ask_reading(turn, replace(pending, unit_id=unit.id))
    elif pending.corrects:
        _correct(turn, pending)
    elif pending.nil:
        nothing(turn, unit, pending.line)
    else:
        take(turn, unit, pending.line, pending.files, notes=pending.notes)


def waiting(turn: Turn) -> Pending | None:
    """Return the line that waits in this chat, or None."""
    data = turn.state.data.get(_KEY)
    return _from_data(data) if data else None


def choose_unit(turn: Turn, rest: str) -> None:
    """Go on with the waiting line for the unit that was chosen."""
    unit = own_unit(turn, whole(rest))
    pending = waiting(turn)
    if pending is None:
        _over(turn)
        return
    _forget(turn)
    begin(turn, replace(pending, unit_id=unit.id))


def choose_reading(turn: Turn, rest: str) -> None:
    """Go on with the waiting line as it was meant; without figures nothing is written down."""
    batch, _dot, index = rest.partition(".")
    pending = waiting(turn)
    if pending is None or pending.line.batch != batch or whole(index) >= len(pending.asks):
        _over(turn)
        return
    items = pending.asks[whole(index)][1]
    _forget(turn)
    if not items and pending.nil and index == "0":
        begin(turn, replace(pending, asks=(), question=""))
    else:
        _go_on(turn, pending, items)


def _say_nothing_written(turn: Turn) -> None:
    turn.say(
        _("All right, then I write nothing down. When there are figures, write to me, {you}.", you=turn.you)
    )


def asks_how_many(turn: Turn, pending: Pending) -> bool:
    """Tell whether the answers differ by a number of persons only, or "how many?" offers 1 and nothing else.

    There "2" are two persons and not the second choice.
    """
    offered = [items for _label, items in pending.asks if items]
    if not _is_about_value(offered):
        return False
    first = offered[0][0]
    counts = indicators_known(turn.context)[first.indicator].measure is Measure.SUM
    return counts and (len(offered) > 1 or first.value == 1)


def asks_number(pending: Pending) -> bool:
    """Tell whether the question about the line is for the number of its first figure alone."""
    offered = [items for _label, items in pending.asks if items]
    return bool(offered) and _is_about_value(offered)


def repeat_question(turn: Turn, text: str) -> None:
    """Put the open question about a waiting line once more, or take a new line instead of it."""
    pending = waiting(turn)
    files, notes = take_files(turn)
    brings_figures = turn.reading.intent in (Intent.REPORT, Intent.NONE_TO_REPORT)
    if text and brings_figures and not _only_answers(turn, pending, text):
        _forget(turn)
        begin(turn, pending_of(turn, turn.reading, files, notes))
    elif pending is None:
        turn.done()
        _over(turn)
    elif said(text, "drop"):
        _forget(turn)
        _say_nothing_written(turn)
    elif (items := _answered(turn, pending, text)) is not None:
        _forget(turn)
        _go_on(turn, pending, items)
    else:
        begin(turn, replace(pending, files=(*pending.files, *files), notes=tuple(notes)))


def repeat_apart(turn: Turn, text: str) -> None:
    """Put the question about several units once more, or take a new line instead of it."""
    if text and turn.reading.intent in (Intent.REPORT, Intent.NONE_TO_REPORT):
        turn.done()
        begin(turn, pending_of(turn, turn.reading, *take_files(turn)))
    else:
        repeat(turn, text)


def _only_answers(turn: Turn, pending: Pending | None, text: str) -> bool:
    """Tell whether a line that would be asked about itself answers the open question: "hội nghị khác"."""
    return pending is not None and turn.reading.ask is not None and _answered(turn, pending, text) is not None


def _answered(turn: Turn, pending: Pending, text: str) -> tuple[Item, ...] | None:
    """Return what a free answer makes of the line: a number, a day, or words of one choice; else None."""
    offered = [items for _label, items in pending.asks if items]
    if not text or not offered:
        return None
    if _is_about_value(offered):
        first, *rest = offered[0]
        item = typed_item(turn, first.indicator, text)
        if item is not None:
            return (replace(first, value=item.value, on=item.on or first.on), *rest)
    on = date_in(text, turn.written_on) if len(text.split()) > 1 or "/" in text else None
    if on is not None and len({_undated(items) for items in offered}) == 1:
        return tuple(replace(item, on=on) if _asks_day(offered, at) else item for at, item in _first(offered))
    place = meant_among(text, [label for label, _items in pending.asks])
    return pending.asks[place][1] if place is not None else None


def _is_about_value(offered: Sequence[tuple[Item, ...]]) -> bool:
    """Tell whether the choices differ by the number of their first figure and by nothing else."""
    return len({(replace(first, value=0), *rest) for first, *rest in offered}) == 1


def _undated(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(replace(item, on=None) for item in items)


def _first(offered: Sequence[tuple[Item, ...]]) -> Iterable[tuple[int, Item]]:
    return enumerate(offered[0])


def _asks_day(offered: Sequence[tuple[Item, ...]], at: int) -> bool:
    """Tell whether the day of this figure is open: the choices differ in it, or none has one."""
    days = {items[at].on for items in offered}
    return len(days) > 1 or days == {None}


def _go_on(turn: Turn, pending: Pending, items: tuple[Item, ...]) -> None:
    """Go on with the waiting line as it was meant; without figures nothing is written down."""
    if are_of_several(turn, items):
        ask_for_each(turn, turn.own_units)
    elif items:
        begin(turn, replace(pending, line=replace(pending.line, items=items), asks=(), question=""))
    else:
        _say_nothing_written(turn)


def ask_unit_for(turn: Turn, action: str) -> None:
    """Ask which of the writer's units is meant; each choice is `action` with the unit's id."""
    choices = (Choice(unit.name, f"{action}:{unit.id}") for unit in turn.own_units)
    turn.say(_("Which unit is this for, {you}?", you=turn.you), *choices)


def _named(turn: Turn, pending: Pending) -> list[Unit]:
    """Return the unit that the line is for; none or several where that must be asked."""
    if pending.unit_id is not None:
        return [own_unit(turn, pending.unit_id)]
    units = turn.own_units
    return list(units) if len(units) == 1 else units_named(pending.line.text, units)


def _is_apart(turn: Turn, pending: Pending) -> bool:
    """Tell whether the line had figures of several of the writer's units, and was asked about."""
    if len(turn.own_units) < 2 or pending.nil or pending.corrects:
        return False
    several = next((items for _label, items in pending.asks if are_of_several(turn, items)), ())
    return try_apart(turn, pending.line.text, several or pending.line.items)


def _correct(turn: Turn, pending: Pending) -> None:
    rows = last_batch(turn.context, turn.incoming.chat_id)
    living = [own_row(turn, str(row.id)) for row in rows]
    if living:
        apply_items(turn, living, pending.line.items, pending.line.text)
    else:
        begin(turn, replace(pending, corrects=False))


def _ask_unit(turn: Turn, pending: Pending) -> None:
    _wait(turn, pending, "report.unit")
    ask_unit_for(turn, "report.unit")


def _wait(turn: Turn, pending: Pending, step: str) -> None:
    """Keep the line until `step` is answered, and whatever is remembered of a draft beside it."""
    turn.expect(step, **{**turn.state.data, _KEY: _to_data(pending)})


def _forget(turn: Turn) -> None:
    kept = {name: value for name, value in turn.state.data.items() if name != _KEY}
    turn.state = replace(turn.state, step="", data=kept)


def _over(turn: Turn) -> None:
    turn.say(_("That question is over. {You} may write the figures again.", You=capital(turn.you)))


def _ask_reading(turn: Turn, pending: Pending) -> None:
    _wait(turn, pending, "report.read")
    batch = pending.line.batch
    labels = (label for label, _items in pending.asks)
    numbered = not asks_how_many(turn, pending)
    turn.say(
        # The reader makes a whole sentence of its own, from words of the catalogue.
        join([*pending.notes, Marked(pending.question)]),
        *(Choice(label, f"report.read:{batch}.{index}", numbered) for index, label in enumerate(labels)),
    )


def _to_data(pending: Pending) -> dict[str, Any]:
    line = pending.line
    return {
        "batch": line.batch,
        "chat": line.chat_id,
        "message": line.message_id,
        "text": masked(line.text),
        "items": items_to(line.items),
        "zeros": list(line.zeros),
        "quarter": line.quarter,
        "nil": pending.nil,
        "question": pending.question,
        "asks": [[label, items_to(items)] for label, items in pending.asks],
        "files": list(pending.files),
        "notes": list(pending.notes),
        "unit": pending.unit_id,
        "corrects": pending.corrects,
    }


def _from_data(data: dict[str, Any]) -> Pending:
    line = Line(
        data["batch"],
        data["chat"],
        data["message"],
        data["text"],
        items_from(data["items"]),
        tuple(data["zeros"]),
        data["quarter"],
    )
    asks = tuple((label, items_from(items)) for label, items in data["asks"])
    files, notes = tuple(data["files"]), tuple(data["notes"])
    return Pending(line, data["nil"], data["question"], asks, files, notes, data["unit"], data["corrects"])
