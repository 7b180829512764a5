"""Plans and lists of units that staff send in chat: noted, and found again once their bytes are here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from bot.services.context import Context
from domain.messages import Choice, ConversationState, Media
from domain.people import Person
from domain.permissions import Action, may
from scheduler.outgoing import notify

READING = "plan.reading"
"""The step of a chat whose file is on its way from the messenger."""
_PLANS = frozenset({".docx", ".txt", ".text", ".pdf", ".toml", ".doc"})
_LISTS = frozenset({".xlsx", ".csv"})


def is_plan(name: str) -> bool:
    """Tell whether a file's name is one that a plan may have."""
    return PurePosixPath(name).suffix.lower() in _PLANS


def is_list(name: str) -> bool:
    """Tell whether a file's name is one that a list of units may have."""
    return PurePosixPath(name).suffix.lower() in _LISTS


def may_be_read(name: str) -> bool:
    """Tell whether a file may be a plan or a list of units, by its name."""
    return is_plan(name) or is_list(name)


def chat_waiting_for(context: Context, media: Media) -> ConversationState | None:
    """Return the chat that waits for this file to be read, or None; whoever sent it must be allowed to."""
    if media.person_id is None:
        return None
    held = context.uow.queries.roles_of(media.person_id, context.today)
    if not may([role for _unit, role in held], Action.IMPORT_PLAN):
        return None
    waiting = context.uow.states.find(account=media.account, step=READING)
    return next((one for one in waiting if media.id in one.data.get("media", ())), None)


def answer_chat(
    context: Context,
    chat: ConversationState,
    media: Media,
    text: str,
    choices: Sequence[Choice] = (),
    step: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Move a chat on and tell its person what was found in the file."""
    known = replace(chat, step=step, data=data or {}, choices=tuple(choices))
    context.uow.states.change(
        chat.id,
        step=known.step,
        data=known.data,
        choices=known.choices,
        updated_at=context.now,
        expires_at=context.now + context.office.dialogue_valid,
    )
    if media.person_id is not None:
        notify(
            context.uow,
            media.person_id,
            text,
            key=f"read:{media.id}",
            now=context.now,
            choices=choices,
        )


def sender_of(context: Context, media: Media) -> Person:
    """Return who sent a file."""
    return context.uow.people.get(media.person_id or 0)
