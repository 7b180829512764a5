"""A broadcast being written: its content, whom it goes to, and the preview exactly as people will get it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.turn import Turn
from bot.language.normalise import fold
from bot.services.broadcasts import (
    EVERYBODY,
    Audience,
    Reach,
    address,
    attachment,
    audiences,
    draft,
    own_broadcast,
    reach,
    rewrite,
    version,
)
from bot.services.media import WhyRefused, receive_attachments
from domain.errors import InputError, NotFound
from domain.messages import Broadcast, BroadcastState, Choice, MediaState
from messages_vi.address import capital
from messages_vi.broadcasts import audience_name
from messages_vi.catalogue import Marked, _, join
from messages_vi.filing import refusal
from messages_vi.formats import number

CONTENT, AUDIENCE, PREVIEW = "broadcast.content", "broadcast.audience", "broadcast.preview"
_MOST_CHOICES = 12
_ID_DIGITS = 19  # A number of more digits is no id of ours, and too large for a database.
_WHY = {WhyRefused.KIND: "unknown-kind", WhyRefused.SIZE: "file-too-large"}


def ask_content(turn: Turn, *choices: Choice, first: Marked | None = None) -> None:
    """Wait for the content of a new broadcast."""
    text = _(
        "{You} writes the message, with a photo, a file or a link if there is one. I show it before sending.",
        You=capital(turn.you),
    )
    turn.say(join([first, text], "\n\n") if first else text, *choices)
    turn.expect(CONTENT)


def ask_new_content(turn: Turn, broadcast: Broadcast) -> None:
    """Wait for other content of a draft; photo and audience stay unless they are changed too."""
    choices = [Choice(_("Change the audience"), f"broadcast.whom:{broadcast.id}")]
    if broadcast.media_id is not None:
        choices.append(Choice(_("Without the attachment"), f"broadcast.bare:{broadcast.id}"))
    choices.append(Choice(_("Leave it as it is"), f"broadcast.show:{broadcast.id}"))
    turn.say(_("{You} writes the new text, or chooses.", You=capital(turn.you)), *choices)
    turn.expect(CONTENT, id=broadcast.id)


def content(turn: Turn, text: str) -> None:
    """Take the content: text, or text with a photo or file; one without words waits for them."""
    files, notes = _files(turn)
    media_id = files[0] if files else turn.state.data.get("media")
    known = turn.state.data.get("id")
    try:
        broadcast = _written(turn, known, text, media_id)
    except InputError as error:
        data = {name: value for name, value in (("id", known), ("media", media_id)) if value is not None}
        turn.say(join([*notes, _content_fault(turn, error, media_id)]))
        turn.expect(CONTENT, **data)
        return
    if len(files) > 1:
        notes.append(_("Only one photo or file goes along with a message: I keep the first."))
    if notes:
        turn.say(join(notes))
    if broadcast.audience:
        preview(turn, broadcast)
    else:
        ask_audience(turn, broadcast)


def ask_audience(turn: Turn, broadcast: Broadcast) -> None:
    """Ask whom it goes to: everybody, a kind of unit, or a group."""
    found = audiences(turn.context)
    choices = [_choice(broadcast, index, one) for index, one in enumerate(found) if one.code == EVERYBODY]
    if any(one.code.startswith("kind:") for one in found):
        choices.append(Choice(_("By kind of unit"), f"broadcast.kinds:{broadcast.id}"))
    if any(one.code.startswith("group:") for one in found):
        choices.append(Choice(_("By group"), f"broadcast.groups:{broadcast.id}"))
    if not choices:
        turn.done()
        turn.say(
            _("There are no units yet to send to. {You} adds them with */donvi*.", You=capital(turn.you))
        )
        return
    turn.say(_("Whom does it go to?"), *choices)
    turn.expect(AUDIENCE, id=broadcast.id)


def ask_which(turn: Turn, rest: str, prefix: str) -> None:
    """Ask for one kind of unit, or one group; a long list is also answered by typing its name."""
    broadcast = open_own(turn, rest)
    found = [(at, one) for at, one in enumerate(audiences(turn.context)) if one.code.startswith(prefix)]
    choices = [_choice(broadcast, index, one) for index, one in found[:_MOST_CHOICES]]
    more = len(found) - len(choices)
    text = _("Whom does it go to?")
    if more:
        text = _(
            "Whom does it go to? There are {count} groups more: {you} types the name.",
            count=number(more),
            you=turn.you,
        )
    turn.say(text, *choices)
    turn.expect(AUDIENCE, id=broadcast.id)


def whom_by_name(turn: Turn, text: str) -> None:
    """Take a typed audience: its whole name, or a part that only one has."""
    broadcast = open_own(turn, str(turn.state.data["id"]))
    wanted = fold(text)
    named = [(fold(audience_name(one.code)), one) for one in audiences(turn.context)]
    fitting = [one for name, one in named if name == wanted] or [one for name, one in named if wanted in name]
    if turn.incoming.attachments or not wanted or len(fitting) != 1:
        turn.say(_("I do not know that audience yet. {You} chooses one below.", You=capital(turn.you)))
        ask_audience(turn, broadcast)
        return
    preview(turn, address(turn.context, broadcast.id, fitting[0].code))


def whom_by_choice(turn: Turn, rest: str) -> None:
    """Take a chosen audience. The list may have changed since: the preview names what was chosen."""
    broadcast_id, _dot, index = rest.partition(".")
    found = audiences(turn.context)
    if not index.isdecimal() or int(index) >= len(found):
        raise NotFound("audience", index)
    broadcast = open_own(turn, broadcast_id)
    preview(turn, address(turn.context, broadcast.id, found[int(index)].code))


def preview(turn: Turn, broadcast: Broadcast, first: Marked | None = None) -> None:
    """Show the message exactly as it will look, then whom it reaches and what can be done with it."""
    turn.done()
    if not broadcast.audience:
        ask_audience(turn, broadcast)
        return
    media = attachment(turn.context, broadcast)
    stored = media is not None and media.state is MediaState.STORED
    turn.say(join([broadcast.text]), media_id=broadcast.media_id if stored else None)
    lines = [first] if first else []
    if media is not None and not stored:
        lines.append(file_note(turn, media.state))
    lines += reach_lines(broadcast, reach(turn.context, broadcast.audience))
    _ask_what_now(turn, broadcast, join(lines))


def preview_again(turn: Turn, broadcast: Broadcast) -> None:
    """Put the choices of a preview once more, for something typed that none of them is."""
    text = _("The message above has not gone out yet, {you}: now, later, or not at all?", you=turn.you)
    _ask_what_now(turn, broadcast, text)


def _ask_what_now(turn: Turn, broadcast: Broadcast, text: Marked) -> None:
    turn.say(text, *_preview_choices(broadcast))
    turn.expect(PREVIEW, id=broadcast.id)


def reach_lines(broadcast: Broadcast, whom: Reach) -> list[Marked]:
    """Return how many people it reaches, and whom it cannot reach."""
    lines = [
        _(
            "The message above goes to *{people} people* ({audience}, {units} units).",
            people=number(len(whom.people)),
            audience=audience_name(broadcast.audience),
            units=number(whom.units),
        )
    ]
    if whom.not_joined:
        lines.append(_("{count} units have nobody who joined yet.", count=number(whom.not_joined)))
    if whom.unreachable:
        lines.append(_("{count} people cannot be written to now.", count=number(len(whom.unreachable))))
    return lines


def file_note(turn: Turn, state: MediaState) -> Marked:
    """Return why a photo or file does not stand in the preview."""
    if state is MediaState.WAITING:
        return _("The photo or file is still loading: {you} waits a few seconds.", you=turn.you)
    return _("I could not keep the photo or file: {you} sends another, or goes on without.", you=turn.you)


def open_own(turn: Turn, rest: str) -> Broadcast:
    """Return the acting person's draft. Raises: NotFound when it is somebody else's, or no draft any more."""
    if not (rest.isdecimal() and len(rest) < _ID_DIGITS):
        raise NotFound("broadcasts", rest)
    found = own_broadcast(turn.context, int(rest))
    if found.state is not BroadcastState.DRAFT:
        raise NotFound("broadcasts", rest)
    return found


def _written(turn: Turn, known: int | None, text: str, media_id: int | None) -> Broadcast:
    if known is None:
        return draft(turn.context, text, media_id)
    before = own_broadcast(turn.context, known)
    # A photo that comes without words only takes the place of the one before.
    said = before.text if not text and media_id is not None else text
    return rewrite(turn.context, known, said, media_id or before.media_id)


def _content_fault(turn: Turn, error: InputError, media_id: int | None) -> Marked:
    if error.code == "text-too-long":
        values = {name: number(int(str(error.values[name]))) for name in ("length", "limit")}
        return _(
            "The text has {length} letters, at most {limit} can go out. {You} shortens it.",
            You=capital(turn.you),
            **values,
        )
    if media_id is not None:
        return _("I have the photo or file. {You} writes a few words to go with it.", You=capital(turn.you))
    return _("I see no text yet. {You} writes the message.", You=capital(turn.you))


def _files(turn: Turn) -> tuple[Sequence[int], list[Marked]]:
    kept, refused = receive_attachments(turn.context, turn.incoming)
    notes = [refusal(one.name, _WHY[one.why], you=turn.you) for one in refused]
    return [media.id for media in kept], notes


def _choice(broadcast: Broadcast, index: int, audience: Audience) -> Choice:
    label = _(
        "{audience} ({count} units)",
        audience=audience_name(audience.code),
        count=number(len(audience.units)),
    )
    return Choice(label, f"broadcast.to:{broadcast.id}.{index}")


def _preview_choices(broadcast: Broadcast) -> tuple[Choice, ...]:
    shown = f"{broadcast.id}.{version(broadcast)}"
    return (
        Choice(_("Send now"), f"broadcast.send:{shown}"),
        Choice(_("Send later"), f"broadcast.when:{shown}"),
        Choice(_("Change the message"), f"broadcast.edit:{broadcast.id}"),
        Choice(_("Drop the message"), f"broadcast.drop:{broadcast.id}"),
    )
