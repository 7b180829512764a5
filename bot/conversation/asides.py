"""A question that is open while something else is talked about: a number typed later must not answer it.

Between the question and the number stands another answer of the bot's, and nobody can tell any more what
the number means. So the question is put once more, and only then a number answers it.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.turn import Turn
from domain.messages import Choice, ConversationState
from domain.understanding import Intent
from messages_vi.catalogue import Marked, _

_ASKED = "asked"
_ASIDE = "aside"


def noted(
    turn: Turn, state: ConversationState, before: ConversationState, is_aside: bool
) -> ConversationState:
    """Return the state with the open question in it, and whether something else was said since.

    `is_aside` tells that the message was about something else; a handler that moved the dialogue on has
    put a question of its own.
    """
    if not state.step or not turn.replies:
        return state
    if is_aside and (state.step, _plain(state)) == (before.step, _plain(before)):
        return replace(state, data={**state.data, _ASIDE: True})
    last = turn.replies[-1]
    choices = [[one.label, one.action, one.numbered] for one in last.choices]
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
