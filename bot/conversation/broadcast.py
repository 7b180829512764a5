"""/truyenthong: a message to many, guided: content, audience, preview, then now or at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from bot.conversation.broadcast_draft import (
    AUDIENCE,
    CONTENT,
    PREVIEW,
    ask_audience,
    ask_content,
    ask_new_content,
    ask_which,
    content,
    file_note,
    open_own,
    preview,
    preview_again,
    whom_by_choice,
    whom_by_name,
)
from bot.conversation.broadcast_results import (
    at_words,
    listed,
    open_choices,
    parts,
    result_label,
    say_settled,
    show_result,
    take_back,
)
from bot.conversation.sending_time import sending_time
from bot.conversation.turn import Dialogue, Entry, Handler, Turn
from bot.language.answers import command
from bot.services.broadcasts import (
    Approved,
    approve,
    attachment,
    drop,
    latest,
    open_draft,
    own_broadcast,
    reach,
    rewrite,
    version,
)
from domain.errors import InputError, NotFound
from domain.messages import Broadcast, BroadcastState, Choice, MediaState
from domain.permissions import Action
from messages_vi.address import capital
from messages_vi.broadcasts import title
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import number, weekday_day

_WHEN = "broadcast.when"
_MINUTE_DIGITS = 10  # Enough for the next thousand years.
_MORNING, _AFTERNOON = time(8), time(14)


def _command(turn: Turn, rest: str) -> None:
    turn.done()
    if rest or turn.incoming.attachments:
        content(turn, _as_written(turn, rest))
        return
    begun = open_draft(turn.context)
    found = latest(turn.context)
    choices = (
        [Choice(_("Go on with “{title}”", title=title(begun)), f"broadcast.show:{begun.id}")] if begun else []
    )
    choices += [Choice(result_label(one), f"broadcast.result:{one.id}") for one in found]
    lines = [listed(turn, one) for one in found]
    ask_content(turn, *choices, first=join([_("The latest messages:"), *lines]) if lines else None)


def _as_written(turn: Turn, rest: str) -> str:
    """Return what follows the command with its own signs and empty lines, which `rest` has lost."""
    first, *more = turn.text.split(maxsplit=1)
    named = command(first)
    return more[0] if more and named is not None and not named[1] else rest


def _of_draft(handle: Callable[[Turn, Broadcast], None]) -> Handler:
    """Return a handler for own drafts; a tap that comes too late is told what became of the broadcast."""

    def handler(turn: Turn, rest: str) -> None:
        broadcast = own_broadcast(turn.context, parts(rest)[0])
        if broadcast.state is BroadcastState.DRAFT:
            handle(turn, broadcast)
        else:
            say_settled(turn, broadcast)

    return handler


def _typed(answer: Handler) -> Handler:
    """Return an answer that ends the dialogue when its draft is gone: nobody is caught in it."""

    def handler(turn: Turn, text: str) -> None:
        try:
            answer(turn, text)
        except NotFound:
            turn.done()
            raise

    return handler


def _kinds(turn: Turn, rest: str) -> None:
    ask_which(turn, rest, "kind:")


def _groups(turn: Turn, rest: str) -> None:
    ask_which(turn, rest, "group:")


def _bare(turn: Turn, broadcast: Broadcast) -> None:
    preview(turn, rewrite(turn.context, broadcast.id, broadcast.text, None))


def _drop(turn: Turn, broadcast: Broadcast) -> None:
    turn.done()
    drop(turn.context, broadcast.id)
    turn.say(_("Dropped; nobody got it."))


def _send(turn: Turn, rest: str) -> None:
    broadcast_id, shown, _more = parts(rest)
    broadcast = own_broadcast(turn.context, broadcast_id)
    if _changed_since(turn, broadcast, shown):
        return
    try:
        approved = approve(turn.context, broadcast_id)
    except InputError as error:
        _cannot(turn, broadcast, error, f"broadcast.send:{rest}")
        return
    turn.done()
    _say_approved(turn, approved)


def _when(turn: Turn, rest: str) -> None:
    broadcast_id, shown, _more = parts(rest)
    broadcast = own_broadcast(turn.context, broadcast_id)
    if broadcast.state is not BroadcastState.DRAFT:
        say_settled(turn, broadcast)
    elif not _changed_since(turn, broadcast, shown):
        _ask_when(turn, broadcast)


def _ask_when(turn: Turn, broadcast: Broadcast, first: Marked | None = None) -> None:
    example = weekday_day(turn.today + timedelta(days=1), turn.today)
    text = _("When shall it go out? For example *8h sáng mai*, or *{day} 8 giờ*.", day=example)
    moments = [one for one in _offered(turn) if one > turn.now]
    choices = (Choice(capital(at_words(turn, one)), _at_action(broadcast, one)) for one in moments)
    turn.say(join([first, text]) if first else text, *choices)
    turn.expect(_WHEN, id=broadcast.id)


def _offered(turn: Turn) -> list[datetime]:
    calendar = turn.context.office.calendar
    tomorrow = calendar.working_day_after(turn.today)
    return [calendar.at(turn.today, _AFTERNOON), calendar.at(tomorrow, _MORNING)]


def _typed_at_preview(turn: Turn, text: str) -> None:
    """Take a moment typed right under the preview; anything else gets the choices once more."""
    if sending_time(text, turn.now, turn.context.office.calendar.zone) is not None:
        _typed_when(turn, text)
    else:
        preview_again(turn, open_own(turn, str(turn.state.data["id"])))


def _typed_when(turn: Turn, text: str) -> None:
    broadcast = open_own(turn, str(turn.state.data["id"]))
    at = sending_time(text, turn.now, turn.context.office.calendar.zone)
    if at is None:
        _ask_when(turn, broadcast, _("I could not read one moment from that."))
    elif at <= turn.now:
        _ask_when(turn, broadcast, _("{moment} is over already.", moment=capital(at_words(turn, at))))
    else:
        _ask_appointment(turn, broadcast, at)


def _ask_appointment(turn: Turn, broadcast: Broadcast, at: datetime) -> None:
    turn.done()
    people = number(len(reach(turn.context, broadcast.audience).people))
    turn.say(
        _(
            "It goes to {people} people at *{moment}*, is it right, {you}?",
            people=people,
            moment=at_words(turn, at),
            you=turn.you,
        ),
        Choice(_("Right, keep the appointment"), _at_action(broadcast, at)),
        Choice(_("Another time"), f"broadcast.when:{broadcast.id}.{version(broadcast)}"),
        Choice(_("Drop the message"), f"broadcast.drop:{broadcast.id}"),
    )


def _schedule(turn: Turn, rest: str) -> None:
    broadcast_id, shown, minutes = parts(rest)
    broadcast = own_broadcast(turn.context, broadcast_id)
    if _changed_since(turn, broadcast, shown):
        return
    if not (minutes.isdecimal() and len(minutes) < _MINUTE_DIGITS):
        raise NotFound("moment", minutes)
    try:
        approved = approve(turn.context, broadcast_id, datetime.fromtimestamp(int(minutes) * 60, UTC))
    except InputError as error:
        _cannot(turn, broadcast, error, f"broadcast.at:{rest}")
        return
    turn.done()
    _say_approved(turn, approved)


def _say_approved(turn: Turn, approved: Approved) -> None:
    broadcast = approved.broadcast
    if approved.before:
        say_settled(turn, broadcast)
        return
    values = {"people": number(approved.queued), "You": capital(turn.you), "you": turn.you}
    lines = []
    if broadcast.state is BroadcastState.SCHEDULED:
        lines.append(
            _(
                "⏳ It goes to {people} people at *{moment}*; {you} gets the result afterwards.",
                moment=at_words(turn, broadcast.not_before),
                **values,
            )
        )
    else:
        lines.append(
            _("✅ It is on its way to {people} people; {you} gets the result when all is sent.", **values)
        )
    if approved.unreachable:
        lines.append(_("{count} people cannot be written to now.", count=number(approved.unreachable)))
    turn.say(join(lines), *open_choices(broadcast))


def _changed_since(turn: Turn, broadcast: Broadcast, shown: str) -> bool:
    """Show a draft again that was changed after the preview whose button was tapped; tell whether it was."""
    if broadcast.state is not BroadcastState.DRAFT or version(broadcast) == shown:
        return False
    preview(turn, broadcast, _("It was changed after that preview: please look at it as it is now."))
    return True


def _cannot(turn: Turn, broadcast: Broadcast, error: InputError, action: str) -> None:
    if error.code in ("past", "too-far"):
        _ask_when(turn, broadcast, _appointment_fault(error))
    elif error.code == "nobody":
        turn.say(
            _("Nobody of this audience can be written to yet, so nothing was sent."),
            Choice(_("Change the audience"), f"broadcast.whom:{broadcast.id}"),
            Choice(_("Drop the message"), f"broadcast.drop:{broadcast.id}"),
        )
    else:
        _say_file_missing(turn, broadcast, action)


def _appointment_fault(error: InputError) -> Marked:
    if error.code == "past":
        return _("That moment is over already.")
    return _("That is more than half a year ahead.")


def _say_file_missing(turn: Turn, broadcast: Broadcast, action: str) -> None:
    media = attachment(turn.context, broadcast)
    state = media.state if media else MediaState.REFUSED
    again = [Choice(_("Try again"), action)] if state is MediaState.WAITING else []
    turn.say(
        file_note(turn, state),
        *again,
        Choice(_("Without the attachment"), f"broadcast.bare:{broadcast.id}"),
        Choice(_("Change the message"), f"broadcast.edit:{broadcast.id}"),
    )


def _at_action(broadcast: Broadcast, at: datetime) -> str:
    return f"broadcast.at:{broadcast.id}.{version(broadcast)}.{int(at.timestamp()) // 60}"


_STAFF = Action.BROADCAST
DIALOGUE = Dialogue(
    commands={"truyenthong": Entry(_command, _STAFF)},
    actions={
        "broadcast.show": Entry(_of_draft(preview), _STAFF),
        "broadcast.whom": Entry(_of_draft(ask_audience), _STAFF),
        "broadcast.kinds": Entry(_kinds, _STAFF),
        "broadcast.groups": Entry(_groups, _STAFF),
        "broadcast.to": Entry(whom_by_choice, _STAFF),
        "broadcast.edit": Entry(_of_draft(ask_new_content), _STAFF),
        "broadcast.bare": Entry(_of_draft(_bare), _STAFF),
        "broadcast.drop": Entry(_of_draft(_drop), _STAFF),
        "broadcast.send": Entry(_send, _STAFF),
        "broadcast.when": Entry(_when, _STAFF),
        "broadcast.at": Entry(_schedule, _STAFF),
        "broadcast.result": Entry(show_result, _STAFF),
        "broadcast.cancel": Entry(take_back, _STAFF),
    },
    answers={
        CONTENT: Entry(_typed(content), _STAFF),
        AUDIENCE: Entry(_typed(whom_by_name), _STAFF),
        PREVIEW: Entry(_typed(_typed_at_preview), _STAFF),
        _WHEN: Entry(_typed(_typed_when), _STAFF),
    },
)
