"""Lists of names and numbers of papers: the count is kept, the rest is not, and the sender hears why."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.report_draft import take_files
from bot.conversation.report_pending import begin, pending_of
from bot.conversation.report_waiting import Pending
from bot.conversation.turn import Turn
from bot.services.report_lines import indicators_known
from bot.services.report_privacy import private_in
from domain.understanding import Item
from messages_vi.catalogue import _
from messages_vi.formats import number
from messages_vi.reports import amount

_MEMBERS = "doan_vien_moi"


def try_list(turn: Turn) -> bool:
    """Ask how many new members a bare list of persons stands for; tell whether the line was one."""
    if not turn.own_units or not private_in(turn.text).is_list:
        return False
    begin(turn, asking_how_many(turn, pending_of(turn, turn.reading, *take_files(turn))))
    return True


def asking_how_many(turn: Turn, pending: Pending) -> Pending:
    """Return the line with the question whether everybody on its list is a new member."""
    count = private_in(turn.text).persons
    figure = amount(indicators_known(turn.context)[_MEMBERS], count)
    question = _(
        "The list has {count} persons. Shall I write down {figure}, {you}?",
        count=number(count),
        figure=figure,
        you=turn.you,
    )
    members = (Item(_MEMBERS, count),)
    choices = ((figure, members), (_("No, I write the number"), ()))
    # If no answer comes, the persons on the list are what was likely meant.
    line = replace(pending.line, items=members)
    return replace(pending, line=line, question=question, asks=choices)
