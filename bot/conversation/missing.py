"""Which unions have nobody with the bot yet: a list, a text for the office's group, codes for all."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.turn import Dialogue, Entry, Turn
from bot.conversation.unit_talk import SHOWN, pages
from bot.language.normalise import fold
from bot.services.enrolment import NotJoined, create_missing_invites, not_joined
from bot.services.invites import show_code
from domain.messages import Choice
from domain.people import Invite, Unit
from domain.permissions import Action
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import number


def _missing(turn: Turn, rest: str) -> None:
    if fold(rest) and fold(rest) in map(fold, _("words for all codes").split("|")):
        _codes(turn, "")
        return
    found = not_joined(turn.context)
    if not found.units:
        turn.say(_("✅ All {total} unions have a chair here.", total=number(found.total)))
        return
    turn.say(_overview(found))
    for text in _group_texts(turn, found.units):
        turn.say(text)
    count = number(len(found.units))
    turn.say(
        _("Shall codes be made for the {count} unions?", count=count),
        Choice(_("Make the codes"), "chuatham.codes"),
    )


def _overview(found: NotJoined) -> Marked:
    count = len(found.units)
    lines = [
        _(
            "{count} of {total} unions have no chair here yet:",
            count=number(count),
            total=number(found.total),
        )
    ]
    lines += [_("• {unit}", unit=unit.name) for unit in found.units[:SHOWN]]
    if count > SHOWN:
        lines.append(_("… and {count} more, all named in the next message.", count=number(count - SHOWN)))
    lines.append(_("The next message is for the office's Zalo group."))
    return join(lines)


def _group_texts(turn: Turn, units: Sequence[Unit]) -> list[Marked]:
    # No code stands in them: a group is read by all, and a code lets anybody in.
    head = _("Dear chairs, these have not joined the assistant of {office}:", office=turn.context.office.name)
    tail = _("Please ask the office for your union's own code and write it to the assistant. Thank you.")
    lines = [_("• {unit}", unit=unit.name) for unit in units]
    return [join([head, *page, tail]) for page in pages(lines)]


def _codes(turn: Turn, rest: str) -> None:
    made = create_missing_invites(turn.context)
    if not made:
        turn.say(_("Every union has a chair here; no code is missing."))
        return
    turn.say(_("{count} codes. Each is for one person; none belongs in a group.", count=number(len(made))))
    for page in pages([_code_line(unit, invite) for unit, invite in made]):
        turn.say(join(page))


def _code_line(unit: Unit, invite: Invite) -> Marked:
    code = show_code(invite.code)
    if invite.person_name:
        return _("• {unit} ({who}): *{code}*", unit=unit.name, who=invite.person_name, code=code)
    return _("• {unit}: *{code}*", unit=unit.name, code=code)


MISSING = Dialogue(
    commands={"chuatham": Entry(_missing, Action.SEE_NOT_JOINED)},
    actions={"chuatham.codes": Entry(_codes, Action.INVITE)},
)
