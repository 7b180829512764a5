"""Questions about a message that its sender has not answered: they outlive the dialogue and lose no figure.

The likeliest figures stand in the ledger meanwhile, unconfirmed, in a batch of their own: staff see that they
wait, nobody counts them, and no "yes" to something else can confirm them. An answer withdraws them and writes
what was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.services import ledger
from bot.services.context import Context
from bot.services.report_lines import Line, Placed, placed
from domain.errors import NotFound
from domain.ledger import Report, ReportState
from domain.messages import ConversationState, OpenQuestion
from domain.people import Unit
from domain.reminders import draft_key
from scheduler.reminding import cancel_reminders

FILES = "files"
"""The key of a question's files among what the dialogue needs to go on."""


def batch_of(line: Line) -> str:
    """Return the batch of the figures that wait for an answer about `line`; its own comes with the answer."""
    return f"q{line.batch}"


def ask_about(context: Context, question: OpenQuestion, likeliest: Iterable[tuple[Unit, Line]]) -> None:
    """Keep a question until it is answered, with the likeliest figures as unconfirmed rows.

    Put again, the same question stays as it was kept first.
    Source: DESIGN.md section 6, promises 1 and 3.
    """
    if context.uow.open_questions.add_new(question, "batch") is None:
        return
    for unit, line in likeliest:
        for one in placed(context, unit, line, question.batch):
            if isinstance(one, Placed) and one.row.value:
                ledger.add(context, one.row)


def question_of(context: Context, batch: str) -> OpenQuestion | None:
    """Return the question that a batch waits for, or None."""
    return context.uow.open_questions.first(batch=batch)


def open_questions(context: Context, chat_id: str) -> list[OpenQuestion]:
    """Return the chat's questions without an answer, the oldest first."""
    return context.uow.open_questions.find("asked_at", account=context.account, chat_id=chat_id)


def questions_at_hand(context: Context, state: ConversationState) -> list[OpenQuestion]:
    """Return those that the chat is still about: of this dialogue, or put again in its latest message."""
    since = context.now - context.office.dialogue_valid
    offered = {choice.action for choice in state.choices}
    return [
        one
        for one in open_questions(context, state.chat_id)
        if one.asked_at > since or any(choice.action in offered for choice in one.choices)
    ]


def batches_in_question(context: Context) -> frozenset[str]:
    """Return the batches of all figures that wait for an answer."""
    return frozenset(one.batch for one in context.uow.open_questions.find())


def add_files(context: Context, question: OpenQuestion, media_ids: Iterable[int]) -> None:
    """Keep files that prove figures which wait for an answer; they go on with them."""
    files = list(dict.fromkeys([*question.data.get(FILES, ()), *media_ids]))
    context.uow.open_questions.change(question.id, data={**question.data, FILES: files})


def waiting_rows(context: Context, question: OpenQuestion) -> Sequence[Report]:
    """Return the figures that wait for the answer, oldest first."""
    return context.uow.reports.find(batch=question.batch, state=ReportState.UNCONFIRMED)


def settle(context: Context, question: OpenQuestion) -> None:
    """End a question and withdraw the figures that waited for its answer.

    Answered twice at the same moment, only the first finds it.
    Raises: NotFound when it was settled before.
    """
    if not context.uow.open_questions.delete(batch=question.batch):
        raise NotFound("open_questions", question.id)
    for row in waiting_rows(context, question):
        ledger.move(context, row, state=ReportState.WITHDRAWN, reason="asked about")
    cancel_reminders(context.uow, draft_key(question.batch))
