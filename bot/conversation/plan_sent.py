"""A plan or a list of units sent as a file: read, shown in a few lines, corrected in chat, then taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.conversation.plan import show
from bot.conversation.plan_edits import change_in, changed_line
from bot.conversation.plan_taken import number_line
from bot.conversation.report_draft import take_files
from bot.conversation.sent_talk import (
    SHOWN,
    how_to_correct,
    list_summary,
    plan_summary,
    task_line,
)
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.services import filing
from bot.services.context import Context
from bot.services.plan_drafts import (
    draft_from,
    explained,
    plan_in,
)
from bot.services.plans import PlanDifference, difference, store_plan
from bot.services.sent_files import READING, answer_chat, chat_waiting_for, is_list, may_be_read, sender_of
from bot.services.units_drafts import MOST_ROWS, preview_of, rows_from, rows_to, sheet_in, take_in
from domain.errors import InputError
from domain.messages import Choice, ConversationState, Media, MediaFile
from domain.permissions import Action, may
from messages_vi.address import capital, pronoun
from messages_vi.catalogue import _, join
from messages_vi.filing import refusal
from messages_vi.formats import number
from messages_vi.plans import plan_label

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
        text = refusal(media.name, error.code, you=you) if is_list(media.name) else explained(error, you)
        answer_chat(context, chat, media, text)


def _tell_of_plan(
    context: Context, chat: ConversationState, media: Media, file: MediaFile, folder: Path, keep_days: int
) -> None:
    text = draft_from(media.name, file.content)
    plan = plan_in(text)
    you = pronoun(sender_of(context, media))
    change = difference(context, plan)
    if media.person_id is not None and not media.name.lower().endswith(".toml"):
        made = MediaFile(_toml_name(media.name), _TOML, text.encode())
        kept = filing.keep_made(context, made, folder, keep_days)
        filing.send(context, media.person_id, kept, _("The plan as I read it."), f"toml:{media.id}")
    said = plan_summary(plan, change, you)
    answer_chat(context, chat, media, said, _choices(change), STEP, {"plan": text})


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


def _choices(change: PlanDifference) -> tuple[Choice, ...]:
    """Return what may be done with a plan that was read; with one that looks like another, which of two."""
    take = [Choice(_("Take this plan in"), "plan.take:")]
    if change.is_another and change.stored is not None:
        stored = plan_label(change.stored)
        take = [
            Choice(_("Take it in beside {plan}", plan=stored), "plan.take:beside"),
            Choice(_("Replace {plan}", plan=stored), "plan.take:"),
        ]
    return (*take, Choice(_("See the tasks"), "plan.tasks:1"), Choice(_("Leave the file"), "plan.drop:"))


def _choices_for(turn: Turn, text: str) -> tuple[Choice, ...]:
    return _choices(difference(turn.context, plan_in(text)))


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
    head = store_plan(turn.context, plan, special=rest == "beside")
    numbers = [task.position for task in turn.context.uow.tasks.find("position", plan_id=head.id)]
    said = _(
        "✅ {plan} is in: {targets} targets, {tasks} tasks. {You} sees it with */kehoach*.",
        plan=plan_label(head),
        targets=number(len(plan.targets)),
        tasks=number(len(plan.tasks)),
        You=capital(turn.you),
    )
    turn.done()
    turn.say(join([said, *number_line(numbers)]))


def _tasks(turn: Turn, rest: str) -> None:
    text = _draft(turn)
    if text is None:
        return
    tasks = plan_in(text).tasks
    start = (max(int(rest), 1) - 1) * SHOWN if rest.isdecimal() and len(rest) < 5 else 0
    lines = [task_line(place, one) for place, one in enumerate(tasks, 1)][start : start + SHOWN]
    more = start + SHOWN < len(tasks)
    *take, _see, drop = _choices_for(turn, text)
    further = [Choice(_("See further tasks"), f"plan.tasks:{start // SHOWN + 2}")] if more else []
    turn.say(join([*lines, how_to_correct(turn.you)]), *take, *further, drop)


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
    change = change_in(text)
    if change is None:
        turn.say(
            join([_("I did not understand this correction."), how_to_correct(turn.you)]),
            *_choices_for(turn, draft),
        )
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
            *_choices_for(turn, draft),
        )
        return
    turn.expect(STEP, plan=changed)
    turn.say(changed_line(changed, place, shown), *_choices_for(turn, changed))


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
