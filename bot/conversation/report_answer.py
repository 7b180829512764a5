"""The answers to a question about a line: a choice, a number, other words, or another line instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.conversation.asides import TALK, let_pass
from bot.conversation.report_apart import are_of_several, ask_for_each
from bot.conversation.report_change import typed_item
from bot.conversation.report_draft import own_unit, take_files, whole
from bot.conversation.report_pending import begin, is_about_value, pending_of, spoken_of
from bot.conversation.report_said import (
    denies,
    is_denial,
    is_receipt,
    is_unsure,
    meant_among,
    said,
    withdraws,
)
from bot.conversation.report_waiting import (
    Pending,
    about_line,
    answered,
    asks_unit,
    at_hand,
    forget,
    is_offered,
    pending_in,
    put_again,
    remind_of,
)
from bot.conversation.turn import Turn
from bot.language.answers import date_in, is_nil
from bot.services.open_questions import add_files
from bot.services.words import read
from domain.messages import OpenQuestion
from domain.people import Unit
from domain.understanding import Intent, Item
from messages_vi.address import capital
from messages_vi.catalogue import _

_FEW_WORDS = 4


def choose_unit(turn: Turn, rest: str) -> None:
    """Go on with the waiting line for the unit that was chosen."""
    unit_id, _dot, batch = rest.partition(".")
    unit = own_unit(turn, whole(unit_id))
    question = about_line(turn, batch)
    if question is None:
        _over(turn)
        return
    begin(turn, replace(answered(turn, question), unit_id=unit.id))


def choose_reading(turn: Turn, rest: str) -> None:
    """Go on with the waiting line as it was meant; without figures nothing is written down."""
    batch, _dot, index = rest.partition(".")
    question = about_line(turn, batch)
    if question is None or whole(index) >= len(pending_in(question).asks):
        _over(turn)
        return
    _check_unit(turn, question)
    pending = answered(turn, question)
    items = pending.asks[whole(index)][1]
    if not items and pending.nil and index == "0":
        begin(turn, replace(pending, asks=(), question=""))
    else:
        _go_on(turn, pending, items)


def _check_unit(turn: Turn, question: OpenQuestion) -> None:
    """Let only those answer who report for the unit. Raises: NotAllowed."""
    unit_id = pending_in(question).unit_id
    if unit_id is not None:
        own_unit(turn, unit_id)


def repeat_question(turn: Turn, text: str) -> None:
    """Take what is typed while a question about a line is open: its answer, another line, or neither."""
    question = at_hand(turn)
    if question is None:
        turn.done()
        _over(turn)
        return
    pending = pending_in(question)
    unit = _unit_meant(turn, question, text)
    if unit is not None:
        begin(turn, replace(answered(turn, question), unit_id=unit.id))
        return
    items = _answered(turn, pending, text) if not turn.reading.uncounted else None
    brings_figures = turn.reading.intent in (Intent.REPORT, Intent.NONE_TO_REPORT)
    if _takes_back(turn, pending, text):
        drop_question(turn, question)
    elif text and brings_figures and not (items is not None and _may_be_the_same(turn, pending)):
        # A line that would be asked about itself may still answer the open question: "hội nghị khác".
        forget(turn)
        begin(turn, pending_of(turn, turn.reading, *take_files(turn)))
    elif try_other_figures(turn, question, text):
        return
    elif items is not None:
        _go_on(turn, answered(turn, question), items)
    else:
        let_pass(turn)
        _again(turn, question)


def _may_be_the_same(turn: Turn, pending: Pending) -> bool:
    """Tell whether a line that would be asked about itself speaks of what is asked about already."""
    if turn.reading.ask is None:
        return False
    asked = spoken_of(pending_of(turn, turn.reading))
    return not asked or not asked.isdisjoint(spoken_of(pending))


def _unit_meant(turn: Turn, question: OpenQuestion, text: str) -> Unit | None:
    """Return the unit that an answer in words names: "bên may nha"; None where it is a line of its own."""
    talks = turn.reading.intent in (Intent.NONE_TO_REPORT, *TALK) or bool(turn.reading.uncounted)
    if not asks_unit(question) or talks or turn.reading.items:
        return None
    place = meant_among(text, [unit.name for unit in turn.own_units])
    return turn.own_units[place] if place is not None else None


def repeat_apart(turn: Turn, text: str) -> None:
    """Take what is typed while a question about several units is open: another line, or neither."""
    question = at_hand(turn)
    if question is None:
        turn.done()
        _over(turn)
    elif said(text, "drop"):
        drop_question(turn, question)
    elif text and turn.reading.intent in (Intent.REPORT, Intent.NONE_TO_REPORT):
        answered(turn, question)
        begin(turn, pending_of(turn, turn.reading, *take_files(turn)))
    else:
        let_pass(turn)
        put_again(turn, question)


def answer_late(turn: Turn, question: OpenQuestion) -> bool:
    """Take a line as the answer to a question after other things were said; tell whether it was one.

    A bare number or "đúng" may be about what was read last: then the question is put once more.
    """
    pending = pending_in(question)
    offered = is_offered(turn, question)
    unit = _unit_meant(turn, question, turn.text)
    if unit is not None:
        begin(turn, replace(answered(turn, question), unit_id=unit.id))
    elif _takes_back(turn, pending, turn.text):
        drop_question(turn, question)
    elif (turn.reading.numbers and not offered) or said(turn.text, "yes") or is_receipt(turn.text):
        remind_of(turn, question)
    elif not try_other_figures(turn, question, turn.text):
        items = _answered(turn, pending, turn.text)
        if items is None:
            return False
        _go_on(turn, answered(turn, question), items)
    return True


def drop_question(turn: Turn, question: OpenQuestion) -> None:
    """Drop the line that is asked about, for somebody who takes it back."""
    answered(turn, question)
    _say_nothing_written(turn)


def try_other_figures(turn: Turn, question: OpenQuestion, text: str) -> bool:
    """Take "nhầm, 7" about a line that is asked about as that line; tell whether it was one."""
    if turn.reading.intent is not Intent.CORRECT:
        return False
    before = pending_in(question)
    reading = read(turn.context, text, turn.written_on, before.line.items)
    if not reading.items:
        return False
    answered(turn, question)
    begin(turn, replace(pending_of(turn, reading, *take_files(turn)), unit_id=before.unit_id))
    return True


def _takes_back(turn: Turn, pending: Pending, text: str) -> bool:
    """Tell whether an answer drops the line: "bỏ", "bỏ tin hồi nãy", or a bare "không có"."""
    if turn.reading.intent is Intent.CORRECT and withdraws(text):
        return True
    is_bare = is_nil(text) and len(text.split()) <= _FEW_WORDS and not pending.nil
    return bool(text) and (said(text, "drop") or is_bare)


def _again(turn: Turn, question: OpenQuestion) -> None:
    files, notes = take_files(turn)
    add_files(turn.context, question, files)
    put_again(turn, question, notes)


def _say_nothing_written(turn: Turn) -> None:
    turn.say(
        _("All right, then I write nothing down. When there are figures, write to me, {you}.", you=turn.you)
    )


def _answered(turn: Turn, pending: Pending, text: str) -> tuple[Item, ...] | None:
    """Return what a free answer makes of the line: a number, a day, or words of one choice; else None."""
    offered = [items for _label, items in pending.asks if items]
    if not text or not offered:
        return None
    if is_about_value(offered):
        first, *rest = offered[0]
        item = typed_item(turn, first.indicator, text)
        if item is not None:
            return (replace(first, value=item.value, on=item.on or first.on), *rest)
    if is_unsure(text):
        return None
    denying = [items for label, items in pending.asks if is_denial(label)]
    if len(denying) == 1 and denies(text):
        return denying[0]
    on = date_in(text, turn.written_on) if len(text.split()) > 1 or "/" in text else None
    if on is not None and len({_undated(items) for items in offered}) == 1:
        return tuple(replace(item, on=on) if _asks_day(offered, at) else item for at, item in _first(offered))
    place = meant_among(text, [label for label, _items in pending.asks])
    return pending.asks[place][1] if place is not None else None


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


def _over(turn: Turn) -> None:
    turn.say(_("That question is over. {You} may write the figures again.", You=capital(turn.you)))
