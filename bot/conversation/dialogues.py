"""Every dialogue of the bot, and the router over them. Deleting a dialogue means deleting its line here."""

from __future__ import annotations

from bot.conversation import (
    approve,
    broadcast,
    enrol,
    help,
    plan_sent,
    progress,
    report,
    silent,
    tasks,
    units,
)
from bot.conversation.router import Router


def build_router() -> Router:
    """Return the router over all dialogues."""
    return Router(
        (
            enrol.DIALOGUE,
            report.DIALOGUE,
            progress.DIALOGUE,
            silent.DIALOGUE,
            tasks.DIALOGUE,
            plan_sent.DIALOGUE,
            approve.DIALOGUE,
            broadcast.DIALOGUE,
            units.DIALOGUE,
            help.DIALOGUE,
        ),
        stranger=enrol.stranger,
        lost=help.lost,
    )
