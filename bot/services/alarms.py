"""What goes wrong is said: to the sender, and to staff where somebody has to do something about it."""

from __future__ import annotations

from bot.services.context import Context
from domain.messages import Incoming, IncomingKind, Media, OutboxRow, Priority
from domain.people import Role
from messages_vi.address import call, pronoun
from messages_vi.catalogue import Marked, _
from messages_vi.filing import refusal
from scheduler.outgoing import notify

_STAFF = (Role.STAFF, Role.ADMIN)


def staff_ids(context: Context) -> tuple[int, ...]:
    """Return the people who do the office's work today, each once, oldest membership first."""
    held = context.uow.queries.people_with_roles(_STAFF, context.today)
    return tuple(dict.fromkeys(member.person_id for member in held))


def tell_staff(context: Context, text: Marked, key: str) -> int:
    """Queue a notice to everybody who does the office's work; return how many got it. Once for each key."""
    told = [
        notify(context.uow, person_id, text, key=f"{key}:{person_id}", now=context.now)
        for person_id in staff_ids(context)
    ]
    return sum(row is not None for row in told)


def apologise(context: Context, incoming: Incoming) -> None:
    """Tell the sender that a message could not be answered, and that it is not lost."""
    if incoming.is_group or incoming.kind not in (IncomingKind.TEXT, IncomingKind.CHOICE):
        return
    row = OutboxRow(
        key=f"sorry:{context.inbox_id}",
        account=incoming.account,
        chat_id=incoming.chat_id,
        priority=Priority.REPLY,
        text=_("I could not deal with this message. It is kept; please write again in a few minutes."),
        created_at=context.now,
        not_before=context.now,
    )
    context.uow.outbox.add_new(row, "key")


def tell_staff_of_unreachable(context: Context, person_id: int | None) -> None:
    """Tell staff that a person cannot be reached on any channel any more; once a day for each person."""
    if person_id is None or person_id in staff_ids(context):
        return
    person = context.uow.people.get(person_id)
    roles = context.uow.queries.roles_of(person.id, context.today)
    text = _(
        "⚠️ I cannot reach {name} of {unit} any more: the chat is blocked or gone. Please call them.",
        name=call(person),
        unit=roles[0][0].name if roles else context.office.name,
    )
    tell_staff(context, text, f"gone:{person.id}:{context.today.isoformat()}")


def tell_of_refused_file(context: Context, media: Media, reason: str) -> None:
    """Tell the sender which file was not kept and why."""
    if media.person_id is not None:
        you = pronoun(context.uow.people.get(media.person_id))
        text = refusal(media.name, reason, you=you)
        notify(context.uow, media.person_id, text, key=f"file:{media.id}", now=context.now)
