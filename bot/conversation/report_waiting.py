"""A message about which something was asked: kept beside its figures until it is answered, and put again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.report_saved import items_from, items_to
from bot.conversation.turn import Turn
from bot.services.open_questions import (
    FILES,
    ask_about,
    batch_of,
    open_questions,
    question_of,
    questions_at_hand,
    settle,
)
from bot.services.report_lines import Line
from bot.services.report_privacy import masked, private_in
from domain.messages import Choice, OpenQuestion
from domain.people import Unit
from domain.understanding import Item
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import day, local_date
from messages_vi.reports import quoted

UNIT_STEP, READING_STEP, APART_STEP = "report.unit", "report.read", "report.apart"
_KEY = "question"
_STEP = "step"


@dataclass(frozen=True, slots=True)
class Pending:
    """A line with its readings. `asks` are what the question about it may be answered with.

    `nil` says "nothing to report"; `corrects` that the figures are to replace those of the last report.
    `parts` are the figures of each unit, by its id, where one line has those of several.
    """

    line: Line
    nil: bool = False
    question: str = ""
    asks: tuple[tuple[str, tuple[Item, ...]], ...] = ()
    files: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    unit_id: int | None = None
    corrects: bool = False
    parts: tuple[tuple[int, tuple[Item, ...]], ...] = ()


def ask(
    turn: Turn,
    pending: Pending,
    step: str,
    text: Marked,
    choices: Sequence[Choice],
    likeliest: Sequence[tuple[Unit, Sequence[Item]]],
) -> None:
    """Put a question about a line, and keep the line until it is answered.

    `likeliest` are the figures that wait meanwhile; a correction has none, for the older ones stand.
    """
    question = OpenQuestion(
        batch=batch_of(pending.line),
        account=turn.incoming.account,
        chat_id=turn.incoming.chat_id,
        asked_at=turn.now,
        about=_("a list") if private_in(pending.line.text).is_list else masked(pending.line.text),
        text=text,
        choices=tuple(choices),
        data={_STEP: step, **_to_data(pending)},
        person_id=turn.context.person_id,
    )
    lines = [(unit, replace(pending.line, items=tuple(items), zeros=())) for unit, items in likeliest]
    ask_about(turn.context, question, lines)
    _put(turn, question, pending.notes)


def put_again(turn: Turn, question: OpenQuestion, before: Sequence[str] = ()) -> None:
    """Put an open question once more, after what `before` says."""
    _put(turn, question, before)


def remind_of(turn: Turn, question: OpenQuestion, before: Sequence[str] = ()) -> None:
    """Put a question of some time ago once more, and say which message it is about."""
    about = _(
        "I was still asking {you} about the message of {day}, “{text}”:",
        you=turn.you,
        day=day(local_date(question.asked_at), turn.today),
        text=quoted(question.about),
    )
    _put(turn, question, [*before, about])


def put_next(turn: Turn) -> bool:
    """Put the oldest question of this chat that waits for an answer; tell whether there was one."""
    waiting = open_questions(turn.context, turn.incoming.chat_id)
    if waiting:
        remind_of(turn, waiting[0])
    return bool(waiting)


def at_hand(turn: Turn) -> OpenQuestion | None:
    """Return the question that the chat is about: the one that waits for a typed answer, or the newest."""
    here = questions_at_hand(turn.context, turn.state)
    asked = question_of(turn.context, str(turn.state.data.get(_KEY, "")))
    return asked or (here[-1] if here else None)


def is_asked(turn: Turn) -> bool:
    """Tell whether a question about a line is what the chat waits for, so that a typed answer is its."""
    return _KEY in turn.state.data and turn.state.step in (UNIT_STEP, READING_STEP, APART_STEP)


def asks_unit(question: OpenQuestion) -> bool:
    """Tell whether a question is for the unit of a line."""
    return bool(question.data[_STEP] == UNIT_STEP)


def is_offered(turn: Turn, question: OpenQuestion) -> bool:
    """Tell whether the choices of a question stand under the message that was read last."""
    return any(choice in turn.state.choices for choice in question.choices)


def about_line(turn: Turn, batch: str) -> OpenQuestion | None:
    """Return the open question about the line with this batch, or None."""
    return question_of(turn.context, f"q{batch}")


def pending_in(question: OpenQuestion) -> Pending:
    """Return the line that a question is about."""
    return _from_data(question.data)


def answered(turn: Turn, question: OpenQuestion) -> Pending:
    """End a question and return the line that it was about, to go on with."""
    settle(turn.context, question)
    forget(turn)
    return pending_in(question)


def forget(turn: Turn) -> None:
    """Wait for no answer any more; whatever else is remembered stays."""
    kept = {name: value for name, value in turn.state.data.items() if name != _KEY}
    turn.state = replace(turn.state, step="", data=kept)


def _put(turn: Turn, question: OpenQuestion, before: Sequence[str]) -> None:
    turn.expect(question.data[_STEP], **{**turn.state.data, _KEY: question.batch})
    # The question was made of the catalogue's words when it was first put.
    turn.say(join([*before, Marked(question.text)]), *question.choices)


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
        FILES: list(pending.files),
        "unit": pending.unit_id,
        "corrects": pending.corrects,
        "parts": [[unit_id, items_to(items)] for unit_id, items in pending.parts],
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
    return Pending(
        line,
        nil=data["nil"],
        question=data["question"],
        asks=tuple((label, items_from(items)) for label, items in data["asks"]),
        files=tuple(data[FILES]),
        unit_id=data["unit"],
        corrects=data["corrects"],
        parts=tuple((unit_id, items_from(items)) for unit_id, items in data["parts"]),
    )
