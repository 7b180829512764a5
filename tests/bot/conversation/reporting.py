"""The reporting dialogue with a router around it, and what tests look at afterwards."""

from __future__ import annotations

from bot.conversation import report
from bot.conversation.report_words import try_cancel, try_words
from bot.conversation.router import Router
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.services.context import Context
from domain.ledger import SubmissionState
from domain.messages import Attachment, Incoming, IncomingKind
from messages_vi.catalogue import Marked
from tests.people import MONDAY, Chat, House

PHOTO = (Attachment("f1", "photo.jpg", "image/jpeg", 1000),)


def lost(turn: Turn, rest: str) -> None:
    if not try_words(turn):
        turn.say(Marked("?"))


def cancelled(turn: Turn, rest: str) -> None:
    if not try_cancel(turn):
        turn.say(Marked("-"))


def chat(house: House) -> Chat:
    """Chats of the house's people, with nothing but reporting to talk about."""
    others = Dialogue(commands={"huy": Entry(cancelled, None)})
    return Chat(house, Router((report.DIALOGUE, others), lost, lost).answer)


def figures(house: House, unit: str = "dieu") -> dict[str, int]:
    """What counts for the unit, approved and pending together, by indicator."""
    with house.context() as context:
        totals = context.uow.totals.find(unit_id=house.units[unit].id)
        sums: dict[str, int] = {}
        for one in totals:
            sums[one.indicator] = sums.get(one.indicator, 0) + one.approved + one.pending
        return {code: value for code, value in sums.items() if value}


def answers(house: House, unit: str = "dieu") -> list[tuple[int, SubmissionState, bool]]:
    """The unit's answers: period number, state, nil."""
    with house.context() as context:
        numbers = {period.id: period.number for period in context.uow.periods.find()}
        found = context.uow.submissions.find(unit_id=house.units[unit].id)
        return [(numbers[one.period_id], one.state, one.nil) for one in found]


def edit(talk: Chat, who: str, message_id: str, text: str) -> list[str]:
    """Change an earlier message and return what the bot says to that."""
    before = len(talk.heard(who))
    talk._count += 1
    with talk.house.database.begin() as uow:
        context = Context(uow, talk.now, talk.house.office, None, talk.account, talk._count)
        talk.answer(context, Incoming(talk.account, who, message_id, MONDAY, IncomingKind.EDIT, text))
    return talk.heard(who)[before:]
