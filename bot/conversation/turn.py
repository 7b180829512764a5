"""One message and its answer, as every dialogue sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from bot.services.context import Context
from bot.services.dialogue import Reply
from domain.messages import Choice, ConversationState, Incoming
from domain.people import OFFICE_ROLES, UNIT_ROLES, Person, Role, Sender, Unit
from domain.permissions import Action
from domain.understanding import Intent, Reading
from messages_vi.address import call, pronoun
from messages_vi.catalogue import Marked


@dataclass
class Turn:
    """A message being answered. Dialogues read it, call services with `context`, and `say` their answers.

    `text` is the line as it came in, NFC and trimmed; `reading` what it means (made on first use).
    """

    context: Context
    incoming: Incoming
    text: str
    sender: Sender | None
    state: ConversationState
    read: Callable[[], Reading]
    replies: list[Reply] = field(default_factory=list)
    _reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        """What the line means."""
        if self._reading is None:
            self._reading = self.read()
        return self._reading

    @property
    def now(self) -> datetime:
        """The moment of this message."""
        return self.context.now

    @property
    def today(self) -> date:
        """The civil day of this message."""
        return self.context.today

    @property
    def written_on(self) -> date:
        """The civil day on which the line was written: what "today" in it means, also after a stop."""
        return min(self.context.office.calendar.local_date(self.incoming.sent_at), self.today)

    @property
    def person(self) -> Person:
        """Who wrote; only asked for where the permission table let somebody in."""
        if self.sender is None:
            raise LookupError("a stranger has no person")
        return self.sender.person

    @property
    def roles(self) -> frozenset[Role]:
        """Every role that the writer holds today."""
        return frozenset(role for _, role in self.sender.roles) if self.sender else frozenset()

    @property
    def own_units(self) -> tuple[Unit, ...]:
        """The units that the writer reports for, in the order in which the roles were given."""
        return self.sender.units_as(UNIT_ROLES) if self.sender else ()

    @property
    def is_office(self) -> bool:
        """Whether the writer works at the office."""
        return not self.roles.isdisjoint(OFFICE_ROLES)

    @property
    def you(self) -> str:
        """How to address the writer: chị, anh, or anh/chị."""
        return pronoun(self.sender.person if self.sender else None)

    @property
    def name(self) -> str:
        """How to call the writer by name: chị Hoa."""
        return call(self.sender.person if self.sender else None)

    def say(self, text: Marked, *choices: Choice, media_id: int | None = None) -> None:
        """Add an answer. Its choices become those that a typed "1" means."""
        self.replies.append(Reply(text, tuple(choices), media_id))

    def expect(self, step: str, **data: Any) -> None:
        """Wait for a typed answer: `step` is a key of some dialogue's `ANSWERS`, `data` JSON values."""
        self.state = replace(self.state, step=step, data=data)

    def done(self) -> None:
        """End the dialogue: nothing is waited for any more."""
        self.state = replace(self.state, step="", data={})


class NotAnAnswer(Exception):
    """What was typed while a question is open is about something else; nothing was written down yet."""


Handler = Callable[[Turn, str], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A handler and what the writer must be allowed to do; `needs` None lets everybody in, strangers too."""

    handler: Handler
    needs: Action | None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What one dialogue file offers to the router.

    `commands` are names without slash, handed the rest of the line; `actions` are the names before ":" in a
    choice's action, handed what follows; `answers` are steps, handed the typed text; `intents` are what a
    free line may mean, handed the line. `worded` are names of choices whose label may be typed with words
    behind it ("trả lại, quyết định ghi 4"), handed the choice's arguments, a line break and the words.
    `files` takes a message that is only photos or files, `edits` one
    that was changed after it had been sent, `urgent` a line about an accident or a strike, whatever was
    being asked.
    """

    commands: Mapping[str, Entry] = field(default_factory=dict)
    actions: Mapping[str, Entry] = field(default_factory=dict)
    answers: Mapping[str, Entry] = field(default_factory=dict)
    intents: Mapping[Intent, Entry] = field(default_factory=dict)
    worded: Mapping[str, Entry] = field(default_factory=dict)
    files: Entry | None = None
    edits: Entry | None = None
    urgent: Entry | None = None
