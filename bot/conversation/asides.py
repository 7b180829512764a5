"""A question that is open while something else is talked about: a number typed later must not answer it.

Between the question and the number stands another answer of the bot's, and nobody can tell any more what
the number means. So the question is put once more, and only then a number answers it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation.turn import NotAnAnswer, Turn
from domain.messages import Choice, ConversationState
from domain.understanding import Intent
from messages_vi.catalogue import Marked, _

_ASKED = "asked"
_ASIDE = "aside"
_URGENT = "urgent"
_GOES_ON = timedelta(minutes=30)
TALK = (Intent.QUESTION, Intent.PROGRESS, Intent.TASKS, Intent.HELP, Intent.GREETING)
"""What is answered for its own sake, whatever was being asked."""


def let_pass(turn: Turn) -> None:
    """Let a question, thanks or a complaint be answered as such, for who waits for an answer.

    To be called where nothing fits and before anything is written down.
    Raises: NotAnAnswer.
    """
    talks = turn.reading.intent in TALK or bool(turn.reading.uncounted)
    if turn.text and not turn.incoming.attachments and talks and not turn.reading.items:
        raise NotAnAnswer


def note_urgent(turn: Turn) -> None:
    """Remember that an accident or a strike was told of: what is written next may be more of it."""
    turn.state = replace(turn.state, data={**turn.state.data, _URGENT: turn.now.isoformat()})


def goes_on_urgent(turn: Turn) -> bool:
    """Tell whether something urgent was told of in the last half hour."""
    told = turn.state.data.get(_URGENT)
    return told is not None and turn.now - datetime.fromisoformat(told) < _GOES_ON


def forget_urgent(turn: Turn) -> None:
    """Take what follows as usual again: the writer has turned to something else."""
    kept = {name: value for name, value in turn.state.data.items() if name != _URGENT}
    turn.state = replace(turn.state, data=kept)


def may_be_put_again(state: ConversationState) -> bool:
    """Tell whether the open question is known as it was put."""
    return bool(state.step) and _ASKED in state.data


def noted(
    turn: Turn, state: ConversationState, before: ConversationState, is_aside: bool
) -> ConversationState:
    """Return the state with the open question in it, and whether something else was said since.

    `is_aside` tells that the message was about something else; a handler that moved the dialogue on has
    put a question of its own.
    """
    if not state.step or not turn.replies:
        return state
    if is_aside and (state.step, _asked_for(state)) == (before.step, _asked_for(before)):
        return replace(state, data={**state.data, _ASIDE: True})
    last = turn.replies[-1]
    choices = [[one.label, one.action, one.numbered] for one in last.choices]
    text, known = state.data.get(_ASKED) or ("", None)
    if known == choices and last.text.endswith(text):
        # It was only put again: what stood before it is not part of the question.
        return replace(state, data={**_plain(state), _ASKED: [text, choices]})
    return replace(state, data={**_plain(state), _ASKED: [last.text, choices]})


def is_stale(turn: Turn) -> bool:
    """Tell whether a bare number comes while the open question is not what the person read last."""
    if not turn.state.step or not turn.state.data.get(_ASIDE) or not turn.state.data.get(_ASKED):
        return False
    bare = turn.reading.intent in (Intent.OTHER, Intent.NONE_TO_REPORT)
    return bare and bool(turn.reading.numbers)


def ask_again(turn: Turn, rest: str) -> None:
    """Put the open question once more."""
    text, choices = turn.state.data[_ASKED]
    turn.say(
        # The question was made of the catalogue's words when it was first put.
        _("I was still asking {you}: {question}", you=turn.you, question=Marked(text)),
        *(Choice(label, action, numbered) for label, action, numbered in choices),
    )
    turn.state = replace(turn.state, data={**_plain(turn.state), _ASKED: [text, choices]})


def _plain(state: ConversationState) -> dict[str, object]:
    return {name: value for name, value in state.data.items() if name not in (_ASKED, _ASIDE)}


def _asked_for(state: ConversationState) -> dict[str, object]:
    return {name: value for name, value in _plain(state).items() if name != _URGENT}
