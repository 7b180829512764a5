"""Everything about getting in: codes, a second channel, invitations, handovers, and who is missing."""

from __future__ import annotations

from bot.conversation.handover import HANDOVER
from bot.conversation.invite import INVITE
from bot.conversation.joining import greet, try_code, use_code
from bot.conversation.joining import stranger as stranger
from bot.conversation.missing import MISSING
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.services.invites import code_in, create_link_code, invite_links, show_code, typed_code
from domain.permissions import Action
from messages_vi.address import capital
from messages_vi.catalogue import _, join


def _start(turn: Turn, rest: str) -> None:
    code = code_in(rest) or typed_code(rest)
    if code:
        use_code(turn, code)
    else:
        greet(turn)


def _agreed(turn: Turn, rest: str) -> None:
    use_code(turn, typed_code(rest), agreed=True)


def _not_agreed(turn: Turn, rest: str) -> None:
    turn.say(_("The code was not used; {you} may hand it on.", you=turn.you))


def _link(turn: Turn, rest: str) -> None:
    if try_code(turn, rest):
        return
    invite = create_link_code(turn.context, turn.person.id)
    links = [link for account, link in invite_links(turn.context, invite) if account != turn.incoming.account]
    you, code = capital(turn.you), show_code(invite.code)
    lines = [
        _("{You} opens the assistant on the other channel and writes *{code}* there.", You=you, code=code)
    ]
    lines += [_("Or opens {link}", link=link) for link in links]
    lines.append(_("It is good once, for a day, and for {you} alone.", you=turn.you))
    turn.say(join(lines))


_JOIN = Dialogue(
    commands={"start": Entry(_start, None), "lienket": Entry(_link, Action.LINK_CHANNEL)},
    actions={"join.yes": Entry(_agreed, None), "join.no": Entry(_not_agreed, None)},
)
_PARTS = (_JOIN, INVITE, HANDOVER, MISSING)

DIALOGUE = Dialogue(
    commands={name: entry for part in _PARTS for name, entry in part.commands.items()},
    actions={name: entry for part in _PARTS for name, entry in part.actions.items()},
    answers={name: entry for part in _PARTS for name, entry in part.answers.items()},
)
