"""The dialogue on tasks: the plan's by quarter for the office, the report that is due for a chair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bot.conversation.joining import example_line
from bot.conversation.listing import action_numbers, further, last_page, page_of
from bot.conversation.plan import how_to_import, past_question
from bot.conversation.report_said import says
from bot.conversation.silent import try_silent
from bot.conversation.tasks_talk import (
    due_choices,
    due_text,
    late_line,
    named,
    quarter_heading,
    task_detail,
    task_lines,
)
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.language.answers import numbers_in
from bot.services.past_tasks import tasks_asked_about
from bot.services.progress import UnitDue, unit_dues
from bot.services.report_lines import indicators_known
from bot.services.tasks import (
    Marked as MarkedTasks,
)
from bot.services.tasks import (
    TaskView,
    mark_done,
    mark_tasks,
    plan_beside,
    reopen,
    task_by_number,
    tasks_in_quarter,
)
from bot.services.words import read
from domain.errors import NotFound
from domain.messages import Choice
from domain.permissions import Action, may
from domain.tasks import TaskStanding
from domain.understanding import Intent
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import number, quarter

_SHORT = 60
_LONGEST_ACTION = 60
_OPEN = (TaskStanding.DUE, TaskStanding.LATE)


def _show(turn: Turn, rest: str) -> None:
    """Answer /nhiemvu: alone, with "xong 3 5", with the number of a task, or with a quarter."""
    before, note = _without_note(rest)
    wanted = read(turn.context, before, turn.today).quarter if before else None
    if not turn.is_office:
        _say_dues(turn)
    elif _done_words().match(before):
        _mark(turn, _without_quarter(before, wanted), note, wanted)
    elif before.isdecimal():
        _say_task(turn, int(before[:9]))
    else:
        _say_list(turn, wanted)


def _free(turn: Turn, rest: str) -> None:
    """Answer a line that asks what is due."""
    if try_silent(turn):
        return
    if turn.is_office:
        _say_list(turn, turn.reading.quarter)
    else:
        _say_dues(turn)


def try_dues(turn: Turn) -> bool:
    """Tell somebody who asks whether all is there what stands and what is open; tell whether it was that."""
    asks = bool(turn.own_units) and len(turn.text) <= _SHORT and says(turn.text, "standing")
    if asks:
        _say_dues(turn)
    return asks


def _say_dues(turn: Turn) -> None:
    """Say what is asked of the writer's units: the open report of each, or that there is none."""
    dues = [due for unit in turn.own_units for due in unit_dues(turn.context, unit)]
    open_ones = [due for due in dues if not due.closed]
    if not open_ones:
        turn.say(_("Nothing is open for {you} now: I write when the next report is due.", you=turn.you))
        return
    known = list(indicators_known(turn.context).values())
    parts = [due_text(due, known, turn.you, turn.today) for due in open_ones]
    turn.say(join(parts, "\n\n"), *_choices_of(open_ones))


def _choices_of(dues: Sequence[UnitDue]) -> tuple[Choice, ...]:
    # With two units "1" could mean either of them: the report's own questions ask which.
    return due_choices(dues[0]) if len(dues) == 1 else ()


def _say_list(turn: Turn, wanted: int | None, page: int = 0) -> None:
    """Say a quarter's tasks, today's when none is wanted; then what is still to be asked about the past."""
    found = tasks_in_quarter(turn.context, wanted)
    if found is None:
        turn.say(how_to_import(turn))
        return
    page = min(page, last_page(found.tasks))
    lines = [quarter_heading(found)]
    if found.late_before and page == 0:
        lines.append(late_line(found.late_before))
    lines += task_lines(page_of(found.tasks, page), turn.today, found.beside)
    if may(turn.roles, Action.MARK_TASK_DONE) and found.tasks:
        lines.append(_hint(turn, found.tasks))
    others = [
        Choice(capital(quarter(one)), f"task.list:{one}.0") for one in range(1, 5) if one != found.quarter
    ]
    turn.say(join(lines), *further(found.tasks, page, f"task.list:{found.quarter}"), *others)
    question = past_question(turn.context, turn.person)
    if question is not None:
        text, choices = question
        turn.say(text, *choices)


def _hint(turn: Turn, views: Sequence[TaskView]) -> Marked:
    # One with a day of its own before one that goes on all year.
    example = min(views, key=lambda view: (view.standing not in _OPEN, view.task.recurring))
    return _(
        "When one is done write its number, {you}: *done {number}*.",
        you=turn.you,
        number=number(example.number),
    )


def _say_task(turn: Turn, wanted: int) -> None:
    view = task_by_number(turn.context, wanted)
    if view is None:
        turn.say(_unknown([wanted]))
        return
    head = plan_beside(turn.context, view.task)
    turn.say(task_detail(view, turn.today, head), Choice(_("All tasks"), "task.now:"))


def _done(turn: Turn, rest: str) -> None:
    """Answer a line that says that something is finished."""
    if not turn.is_office:
        turn.say(
            _(
                "When something is finished I need its figures, {you}, such as *{line}*. "
                "Or type */baocao* and I ask one by one.",
                you=turn.you,
                line=example_line(turn, turn.own_units[0] if turn.own_units else None),
            )
        )
        return
    before, note = _without_note(rest)
    # Numbers in a note are not those of tasks.
    reading = read(turn.context, before, turn.today) if note else turn.reading
    _mark(turn, reading.numbers, note, reading.quarter)


def _mark(turn: Turn, numbers: Sequence[int], note: str, wanted: int | None) -> None:
    if not may(turn.roles, Action.MARK_TASK_DONE):
        turn.say(_("Marking tasks is for the office's staff, {you}; please tell them.", you=turn.you))
    elif not numbers:
        turn.say(
            _(
                "Which task is done, {you}? Write its number, such as *done 3*; */nhiemvu* shows them.",
                you=turn.you,
            )
        )
    else:
        _say_marked(turn, mark_done(turn.context, numbers, note, wanted), note)


def try_not_done(turn: Turn) -> bool:
    """Open tasks again that somebody says are not done: "chưa xong 3"; tell whether the line said so."""
    found = _not_done_words().match(turn.text)
    numbers = numbers_in(turn.text[found.end() :]) if found else ()
    if not numbers or not may(turn.roles, Action.MARK_TASK_DONE):
        return False
    views = [(one, task_by_number(turn.context, one)) for one in dict.fromkeys(numbers)]
    opened = [
        view
        for _one, known in views
        if known is not None
        for view in reopen(turn.context, [known.task.id], known.instance.of_year)
    ]
    left = [known for _one, known in views if known is not None]
    lines = [_("Taken back, to be done again:") if opened else _("They stand as not done yet:"), named(left)]
    unknown = [one for one, known in views if known is None]
    turn.say(join([*(lines if left else []), *([_unknown(unknown)] if unknown else [])]))
    return True


def _say_marked(turn: Turn, marked: MarkedTasks, note: str = "") -> None:
    lines: list[Marked] = []
    if marked.done:
        lines += [_("✅ Marked as done:"), named(marked.done)]
    if marked.before:
        lines += [_("Done already before:"), named(marked.before)]
    if note and (marked.done or marked.before):
        lines.append(_("Note: {note}", note=note))
    if marked.unknown:
        lines.append(_unknown(marked.unknown))
    turn.say(join(lines), *_undo_choice(marked.done))


def _unknown(numbers: Sequence[int]) -> Marked:
    return _(
        "I see no task {numbers} in the plan. Type */nhiemvu* to see their numbers.",
        numbers=", ".join(map(number, numbers)),
    )


def _undo_choice(done: Sequence[TaskView]) -> tuple[Choice, ...]:
    """Return the choice that takes it back: the quarter, the first id, and a bit for each id from it on."""
    if not done:
        return ()
    first = min(view.task.id for view in done)
    bits = sum(1 << (view.task.id - first) for view in done)
    action = f"task.undo:{max(view.instance.of_year for view in done)}.{first}.{bits:x}"
    # An action has at most 60 bytes: a list over more than 150 numbers cannot be taken back by one tap.
    return (Choice(_("Undo"), action),) if len(action) <= _LONGEST_ACTION else ()


def _undo(turn: Turn, rest: str) -> None:
    at, first, bits = _undo_parts(rest)
    ids = [first + place for place in range(bits.bit_length()) if bits >> place & 1]
    opened = reopen(turn.context, ids, at)
    if not opened:
        turn.say(_("Nothing to undo: it is not marked as done any more."))
        return
    turn.say(join([_("Taken back, to be done again:"), named(opened)]))


def _undo_parts(rest: str) -> tuple[int, int, int]:
    found = re.fullmatch(r"([0-4])\.(\d{1,9})\.([0-9a-f]{1,60})", rest)
    if found is None:
        raise NotFound("action", rest)
    return int(found[1]), int(found[2]), int(found[3], 16)


def _past(turn: Turn, rest: str) -> None:
    """Answer the question about tasks past at the import: all done, or none."""
    answer, _dot, token = rest.partition(".")
    tasks = tasks_asked_about(turn.context, token)
    if answer == "all":
        marked = mark_tasks(turn.context, tasks)
        if marked.done:
            _say_marked(turn, replace(marked, before=()))
        else:
            turn.say(_("All of these are marked as done already."))
        return
    first = number(tasks[0].position) if tasks else "3"
    turn.say(
        _(
            "I leave them open. When one is done write its number, {you}: *done {number}*.",
            you=turn.you,
            number=first,
        )
    )


def _now(turn: Turn, rest: str) -> None:
    _say_list(turn, None)


def _list(turn: Turn, rest: str) -> None:
    wanted, page = action_numbers(rest, 2)
    _say_list(turn, min(max(wanted, 1), 4), page)


@cache
def _note_words() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _("words before a note").split("|"))
    return re.compile(rf"[\s,.;-]*\b(?:{words})\b\s*:?\s*", re.IGNORECASE)


@cache
def _done_words() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _("words that mark a task as done").split("|"))
    return re.compile(rf"(?:{words})\b", re.IGNORECASE)


@cache
def _not_done_words() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _("words that say a task is not done").split("|"))
    return re.compile(rf"\s*(?:{words})\b", re.IGNORECASE)


def _without_quarter(text: str, wanted: int | None) -> tuple[int, ...]:
    """Return the numbers of "xong 3 5 quý 2", the quarter's own left out."""
    numbers = numbers_in(text)
    named = wanted is not None and numbers[-1:] == (wanted,) and text.rstrip().endswith(str(wanted))
    return numbers[:-1] if named else numbers


def _without_note(text: str) -> tuple[str, str]:
    """Return what stands before "ghi chú" and the note behind it, "" without one."""
    before, *after = _note_words().split(text, maxsplit=1)
    return before.strip(), after[0].strip() if after else ""


DIALOGUE = Dialogue(
    commands={"nhiemvu": Entry(_show, Action.SEE_OFFICE_PROGRESS)},
    actions={
        "task.now": Entry(_now, Action.SEE_TASKS),
        "task.list": Entry(_list, Action.SEE_TASKS),
        "task.undo": Entry(_undo, Action.MARK_TASK_DONE),
        "task.past": Entry(_past, Action.MARK_TASK_DONE),
    },
    intents={
        Intent.TASKS: Entry(_free, Action.SEE_OFFICE_PROGRESS),
        Intent.TASK_DONE: Entry(_done, Action.SEE_OFFICE_PROGRESS),
    },
)
