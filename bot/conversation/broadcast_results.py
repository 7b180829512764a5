"""What became of broadcasts: the latest ones, their results, and taking one back."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.turn import Turn
from bot.services.broadcasts import approved_broadcast, cancel, result
from domain.errors import NotFound
from domain.messages import Broadcast, BroadcastState, Choice
from messages_vi.broadcasts import result_line, result_text, title
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import local_date, moment, weekday_day

_DIGITS = 10


def listed(turn: Turn, broadcast: Broadcast) -> Marked:
    """Return one broadcast as a line of the list of the latest ones."""
    line = result_line(result(turn.context, broadcast))
    if broadcast.state is BroadcastState.SCHEDULED:
        line = _("will go out at {moment}", moment=at_words(turn, broadcast.not_before))
    when = weekday_day(local_date(broadcast.not_before or broadcast.created_at), turn.today)
    return _("• “{title}” ({day}): {line}", title=title(broadcast), day=when, line=line)


def result_label(broadcast: Broadcast) -> Marked:
    """Return the label of the way to its result."""
    if broadcast.state is BroadcastState.SCHEDULED:
        return _("See the appointment “{title}”", title=title(broadcast))
    return _("See the result of “{title}”", title=title(broadcast))


def say_settled(turn: Turn, broadcast: Broadcast) -> None:
    """Tell somebody who tapped an old button what became of the broadcast; nothing changes."""
    if broadcast.not_before is None:
        turn.say(_("This message was dropped, so nobody gets it."))
        return
    if broadcast.state is BroadcastState.CANCELLED:
        first = _("This message was taken back, so I do not send it.")
    elif broadcast.state is BroadcastState.SCHEDULED:
        first = _("The appointment stands already: {moment}.", moment=at_words(turn, broadcast.not_before))
    else:
        first = _("This message is sent already; I do not send it twice.")
    _say_result(turn, broadcast, first)


def show_result(turn: Turn, rest: str) -> None:
    """Show where a broadcast stands."""
    broadcast_id, _shown, _more = parts(f"{rest}.")
    _say_result(turn, approved_broadcast(turn.context, broadcast_id))


def _say_result(turn: Turn, broadcast: Broadcast, first: Marked | None = None) -> None:
    lines = [first] if first else []
    if broadcast.state is BroadcastState.SCHEDULED and not first:
        lines.append(_("⏳ It goes out at *{moment}*.", moment=at_words(turn, broadcast.not_before)))
    lines.append(result_text(broadcast, result(turn.context, broadcast)))
    turn.say(join(lines), *open_choices(broadcast))


def open_choices(broadcast: Broadcast) -> tuple[Choice, ...]:
    """Return what can still be done with a broadcast that was approved."""
    if broadcast.state is BroadcastState.SCHEDULED:
        return (Choice(_("Cancel the appointment"), f"broadcast.cancel:{broadcast.id}"),)
    if broadcast.state is BroadcastState.SENDING:
        return (
            Choice(_("See how far it is"), f"broadcast.result:{broadcast.id}"),
            Choice(_("Stop sending"), f"broadcast.cancel:{broadcast.id}"),
        )
    return ()


def take_back(turn: Turn, rest: str) -> None:
    """Stop a broadcast: what is not sent yet stays unsent."""
    broadcast_id, _shown, _more = parts(f"{rest}.")
    approved_broadcast(turn.context, broadcast_id)
    cancelled = cancel(turn.context, broadcast_id)
    if cancelled.before:
        say_settled(turn, cancelled.broadcast)
    elif not cancelled.result.received and not cancelled.result.waiting:
        turn.say(_("The message is taken back; nobody got it."))
    else:
        _say_result(turn, cancelled.broadcast, _("The message is stopped."))


def at_words(turn: Turn, at: datetime | None) -> str:
    """Return a moment as people say it: 8 giờ thứ Ba 16/4."""
    return moment(at or turn.now, turn.today)


def parts(rest: str) -> tuple[int, str, str]:
    """Return an action's broadcast, version and remainder. Raises: NotFound for what no button carries."""
    number_text, _dot, more = rest.partition(".")
    if not (number_text.isascii() and number_text.isdigit() and len(number_text) < _DIGITS):
        raise NotFound("broadcasts", rest)
    shown, _dot, last = more.partition(".")
    return int(number_text), shown, last
