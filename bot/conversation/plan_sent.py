"""A plan or a list of units sent as a file: read, shown in a few lines, corrected in chat, then taken in."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from bot.conversation.plan import show
from bot.conversation.report_draft import take_files
from bot.conversation.sent_talk import (
    SHOWN,
    how_to_correct,
    list_summary,
    plan_summary,
    target_line,
    task_line,
)
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.language.answers import fold
from bot.services import filing
from bot.services.context import Context
from bot.services.plan_drafts import (
    draft_from,
    explained,
    plan_in,
    with_goal,
    with_time,
    without_target,
    without_task,
)
from bot.services.plans import difference, store_plan
from bot.services.sent_files import READING, answer_chat, chat_waiting_for, is_list, may_be_read, sender_of
from bot.services.units_drafts import MOST_ROWS, preview_of, rows_from, rows_to, sheet_in, take_in
from domain.errors import InputError
from domain.messages import Choice, ConversationState, Media, MediaFile
from domain.permissions import Action, may
from messages_vi.address import capital, pronoun
from messages_vi.catalogue import Marked, _, join
from messages_vi.filing import refusal
from messages_vi.formats import number
from messages_vi.vocabulary import answers

STEP = "plan.draft"
_LIST_STEP = "plan.list"
_FAULTS = 5
_TOML = "application/toml"


def try_files(turn: Turn) -> bool:
    """Take files of staff that may be a plan or a list of units; tell whether there were any."""
    names = [one.name for one in turn.incoming.attachments]
    if not may(turn.roles, Action.IMPORT_PLAN) or not any(map(may_be_read, names)):
        return False
    taken, notes = take_files(turn)
    if not taken:
        turn.say(join(notes))
        return True
    turn.expect(READING, media=taken)
    turn.say(
        join([*notes, _("I am reading the file, {you}; I write what I found in a moment.", you=turn.you)])
    )
    return True


def tell_what_is_in(context: Context, media: Media, file: MediaFile, folder: Path, keep_days: int) -> None:
    """Tell staff what was found in a file that has just arrived; nothing for a file that nobody waits for."""
    chat = chat_waiting_for(context, media)
    if chat is None:
        return
    try:
        if is_list(media.name):
            _tell_of_list(context, chat, media, file)
        else:
            _tell_of_plan(context, chat, media, file, folder, keep_days)
    except InputError as error:
        you = pronoun(sender_of(context, media))
        text = refusal(media.name, error.code, you=you) if is_list(media.name) else explained(error)
        answer_chat(context, chat, media, text)


def _tell_of_plan(
    context: Context, chat: ConversationState, media: Media, file: MediaFile, folder: Path, keep_days: int
) -> None:
    text = draft_from(media.name, file.content)
    plan = plan_in(text)
    you = pronoun(sender_of(context, media))
    said = plan_summary(plan, difference(context, plan), you)
    if media.person_id is not None and not media.name.lower().endswith(".toml"):
        made = MediaFile(_toml_name(media.name), _TOML, text.encode())
        kept = filing.keep_made(context, made, folder, keep_days)
        filing.send(context, media.person_id, kept, _("The plan as I read it."), f"toml:{media.id}")
    answer_chat(context, chat, media, said, _choices(), STEP, {"plan": text})


def _tell_of_list(context: Context, chat: ConversationState, media: Media, file: MediaFile) -> None:
    sheet = sheet_in(context, media.name, file.content)
    if sheet.faults:
        faults = [fault.text for fault in sheet.faults[:_FAULTS]]
        answer_chat(context, chat, media, join([_("Nothing was taken in yet. In the list:"), *faults]))
    elif len(sheet.rows) > MOST_ROWS:
        answer_chat(context, chat, media, _("A list this long is read on the office's computer."))
    else:
        said = list_summary(preview_of(context, sheet.rows), sheet.notes)
        choices = (Choice(_("Take this list in"), "plan.listed:"), Choice(_("Leave the file"), "plan.drop:"))
        answer_chat(context, chat, media, said, choices, _LIST_STEP, {"rows": rows_to(sheet.rows)})


def _toml_name(name: str) -> str:
    return f"{Path(name).stem or 'ke-hoach'}.toml"


def _choices() -> tuple[Choice, ...]:
    return (
        Choice(_("Take this plan in"), "plan.take:"),
        Choice(_("See the tasks"), "plan.tasks:1"),
        Choice(_("Leave the file"), "plan.drop:"),
    )


def _kehoach(turn: Turn, rest: str) -> None:
    """Answer /kehoach: read the file that came with it, else show the plan."""
    if not turn.incoming.attachments or not try_files(turn):
        show(turn, rest)


def _draft(turn: Turn) -> str | None:
    text = turn.state.data.get("plan")
    if not text:
        turn.done()
        turn.say(_("That file is no longer open here; please send it again, {you}.", you=turn.you))
    return text


def _take(turn: Turn, rest: str) -> None:
    text = _draft(turn)
    if text is None:
        return
    plan = plan_in(text)
    # Which tasks were past already is asked by the clock, once this dialogue is over.
    store_plan(turn.context, plan)
    turn.done()
    turn.say(
        _(
            "✅ The plan of {year} is in: {targets} targets, {tasks} tasks. {You} sees it with */kehoach*.",
            year=str(plan.head.year),
            targets=number(len(plan.targets)),
            tasks=number(len(plan.tasks)),
            You=capital(turn.you),
        )
    )


def _tasks(turn: Turn, rest: str) -> None:
    text = _draft(turn)
    if text is None:
        return
    tasks = plan_in(text).tasks
    start = (max(int(rest), 1) - 1) * SHOWN if rest.isdecimal() and len(rest) < 5 else 0
    lines = [task_line(place, one) for place, one in enumerate(tasks, 1)][start : start + SHOWN]
    more = start + SHOWN < len(tasks)
    take, _see, drop = _choices()
    further = [Choice(_("See further tasks"), f"plan.tasks:{start // SHOWN + 2}")] if more else []
    turn.say(join([*lines, how_to_correct(turn.you)]), take, *further, drop)


def _drop(turn: Turn, rest: str) -> None:
    turn.done()
    turn.say(_("All right, I leave it; nothing has changed."))


def _listed(turn: Turn, rest: str) -> None:
    rows = turn.state.data.get("rows")
    if not rows:
        turn.done()
        turn.say(_("That file is no longer open here; please send it again, {you}.", you=turn.you))
        return
    done = take_in(turn.context, rows_from(rows))
    turn.done()
    turn.say(
        _(
            "✅ {added} units added, {changed} changed. {You} types */chuatham* to see who gets a code.",
            added=number(len(done.added)),
            changed=number(len(done.changed)),
            You=capital(turn.you),
        )
    )


def _typed(turn: Turn, text: str) -> None:
    """Take a correction of the plan that is open: "việc 3: 30/6", "chỉ tiêu 2: 25", "bỏ việc 5"."""
    if turn.incoming.attachments and try_files(turn):
        return
    draft = _draft(turn)
    if draft is None:
        return
    change = _change_in(text)
    if change is None:
        turn.say(join([_("I did not understand this correction."), how_to_correct(turn.you)]), *_choices())
        return
    edit, place, shown = change
    changed = edit(draft, place)
    if changed is None:
        turn.say(
            join(
                [
                    _("I cannot change number {place} like that.", place=number(place)),
                    how_to_correct(turn.you),
                ]
            ),
            *_choices(),
        )
        return
    turn.expect(STEP, plan=changed)
    turn.say(_said(changed, place, shown), *_choices())


Edit = Callable[[str, int], str | None]


def _change_in(text: str) -> tuple[Edit, int, str] | None:
    """Return how the draft is to change, which number, and what is shown of it afterwards."""
    line = " ".join(text.split())
    found = _pattern().match(fold(line))
    if found is None:
        return None
    dropped, place = found["drop"], int(found["place"])
    # The words of a time keep their accents where folding left every letter in its place.
    value = line[found.start("value") :] if len(fold(line)) == len(line) else found["value"]
    is_task = found["what"] in _folded("plan_task")
    if dropped:
        return (without_task if is_task else without_target), place, ""
    if not value:
        return None
    if is_task:
        return (lambda draft, at: with_time(draft, at, value)), place, "task"
    return (lambda draft, at: with_goal(draft, at, value)), place, "target"


def _said(draft: str, place: int, shown: str) -> Marked:
    plan = plan_in(draft)
    if shown == "task":
        return join([_("Corrected:"), task_line(place, plan.tasks[place - 1])])
    if shown == "target":
        return join([_("Corrected:"), target_line(place, plan.targets[place - 1])])
    return _(
        "Left out. There are {targets} targets and {tasks} tasks now; those behind moved up.",
        targets=number(len(plan.targets)),
        tasks=number(len(plan.tasks)),
    )


@cache
def _pattern() -> re.Pattern[str]:
    def table(name: str) -> str:
        return "|".join(re.escape(word) for word in sorted(_folded(name)))

    return re.compile(
        rf"^(?P<drop>{table('plan_drop')})?\s*(?P<what>{table('plan_task')}|{table('plan_target')})"
        r"\s*(?:so\s*)?(?P<place>\d{1,4})(?:\s*[:,=.]?\s+|\s*[:=]\s*|$)(?P<value>.*)$"
    )


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in answers()[name])


def _reading(turn: Turn, text: str) -> None:
    """Answer whatever is typed while a file is on its way."""
    if turn.incoming.attachments and try_files(turn):
        return
    turn.say(_("I am reading the file, {you}; I write what I found in a moment.", you=turn.you))


def _list_typed(turn: Turn, text: str) -> None:
    if turn.incoming.attachments and try_files(turn):
        return
    data: dict[str, Any] = turn.state.data
    said = list_summary(preview_of(turn.context, rows_from(data["rows"])), ())
    turn.say(said, Choice(_("Take this list in"), "plan.listed:"), Choice(_("Leave the file"), "plan.drop:"))


_IMPORT = Action.IMPORT_PLAN

DIALOGUE = Dialogue(
    commands={"kehoach": Entry(_kehoach, Action.SEE_OFFICE_PROGRESS)},
    actions={
        "plan.take": Entry(_take, _IMPORT),
        "plan.tasks": Entry(_tasks, _IMPORT),
        "plan.drop": Entry(_drop, _IMPORT),
        "plan.listed": Entry(_listed, Action.MANAGE_UNITS),
    },
    answers={
        READING: Entry(_reading, _IMPORT),
        STEP: Entry(_typed, _IMPORT),
        _LIST_STEP: Entry(_list_typed, Action.MANAGE_UNITS),
    },
)
