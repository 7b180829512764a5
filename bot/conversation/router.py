"""Which dialogue answers a message: the one door through which every message goes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from bot.conversation import asides
from bot.conversation.report_said import is_receipt
from bot.conversation.turn import Dialogue, Entry, Handler, NotAnAnswer, Turn
from bot.language.answers import chosen, command
from bot.language.normalise import fold
from bot.services.context import Context
from bot.services.dialogue import (
    contact_changed,
    identify,
    load_state,
    queue_replies,
    save_state,
)
from bot.services.invites import code_in, is_code_tried
from bot.services.sent_files import may_be_read
from bot.services.words import read
from domain.errors import NotAllowed, NotFound
from domain.messages import Choice, ConversationState, Incoming, IncomingKind, with_numbers
from domain.people import ContactState
from domain.permissions import require
from domain.understanding import Intent, Reading
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _

_CONTACT_EVENTS = (IncomingKind.STOPPED, IncomingKind.RETURNED, IncomingKind.MOVED)
K = TypeVar("K")
Reader = Callable[[Context, str, date], Reading]


class Router:
    """Finds the handler of a message among the dialogues, checks the permission, and calls it."""

    def __init__(
        self, dialogues: Iterable[Dialogue], stranger: Handler, lost: Handler, reader: Reader = read
    ) -> None:
        """`stranger` answers whoever is not enrolled, `lost` a line that nothing else understands.

        Raises ValueError when two dialogues claim the same name.
        """
        offered = tuple(dialogues)
        self._commands = _merged(one.commands for one in offered)
        self._actions = _merged(one.actions for one in offered)
        self._answers = _merged(one.answers for one in offered)
        self._intents: dict[Intent, Entry] = _merged(one.intents for one in offered)
        self._worded = _merged(one.worded for one in offered)
        self._files = next((one.files for one in offered if one.files), None)
        self._edits = next((one.edits for one in offered if one.edits), None)
        self._urgent = next((one.urgent for one in offered if one.urgent), None)
        self._stranger = stranger
        self._lost = lost
        self._reader = reader

    @property
    def actions(self) -> frozenset[str]:
        """The names of all actions that choices may carry."""
        return frozenset(self._actions)

    def answer(self, context: Context, incoming: Incoming) -> None:
        """Answer one message inside the open transaction: facts, state and replies are written together.

        Nothing is said in groups: there a figure would be everybody's and nobody's.
        """
        if incoming.kind in _CONTACT_EVENTS:
            contact_changed(context, incoming)
            return
        if incoming.is_group:
            return
        incoming = _storable(incoming)
        turn = self._turn(context, incoming)
        before = turn.state
        self._route(turn)
        person_id = turn.sender.person.id if turn.sender else None
        queue_replies(turn.context, incoming, person_id, turn.replies)
        if turn.sender is not None or turn.state != before:
            kept = replace(turn.state, choices=_open_choices(turn, before.step))
            save_state(context, asides.noted(turn, kept, before, self._is_aside(turn, before)))

    def _turn(self, context: Context, incoming: Incoming) -> Turn:
        sender = identify(context, incoming)
        if sender is not None:
            context = replace(context, person=sender.person)
            if sender.contact.state is ContactState.UNREACHABLE:
                context.uow.contacts.change(sender.contact.id, state=ContactState.ACTIVE)
        text = unicodedata.normalize("NFC", incoming.text).strip()
        state = load_state(context, incoming)
        turn = Turn(
            context, incoming, text, sender, state, lambda: self._reader(context, text, turn.written_on)
        )
        return turn

    def _route(self, turn: Turn) -> None:
        try:
            entry, rest = self._find(turn)
            self._call(turn, entry, rest)
        except NotAllowed:
            turn.say(_not_allowed(turn))
        except NotFound:
            turn.say(_("{You} is answering something that is no longer there.", You=capital(turn.you)))

    def _call(self, turn: Turn, entry: Entry, rest: str) -> None:
        if entry.needs is not None:
            require(turn.roles, entry.needs)
        try:
            entry.handler(turn, rest)
        except NotAnAnswer:
            self._take_aside(turn)

    def _take_aside(self, turn: Turn) -> None:
        """Answer what was typed about something else, and put the open question once more behind it."""
        before = turn.state
        entry = self._intents.get(turn.reading.intent, Entry(self._lost, None))
        if entry.needs is not None:
            require(turn.roles, entry.needs)
        entry.handler(turn, turn.text)
        if asides.may_be_put_again(before):
            turn.state = before
            asides.ask_again(turn, "")

    def _find(self, turn: Turn) -> tuple[Entry, str]:
        if turn.incoming.kind is IncomingKind.EDIT:
            return self._edits or Entry(_nothing, None), turn.text
        if turn.incoming.kind is IncomingKind.CHOICE and turn.sender is not None:
            return self._action(turn.incoming.action)
        typed = command(turn.text)
        if turn.sender is None:
            known = typed is not None and typed[0] == "start"
            return Entry(self._stranger, None), typed[1] if known and typed else turn.text
        return self._of_text(turn, typed)

    def _of_text(self, turn: Turn, typed: tuple[str, str] | None) -> tuple[Entry, str]:
        if typed is not None and typed[0] in self._commands:
            asides.forget_urgent(turn)
            return self._commands[typed[0]], typed[1]
        if self._urgent is not None and (_is_urgent(turn) or _is_more_of_it(turn)):
            return Entry(self._take_urgent, self._urgent.needs), turn.text
        if not is_receipt(turn.text):
            asides.forget_urgent(turn)
        if self._files is not None and not turn.state.step and _brings_files(turn):
            return self._files, turn.text
        choice = _typed_choice(turn)
        if choice is not None:
            return self._action(choice.action)
        worded = self._worded_choice(turn)
        if worded is not None:
            return worded
        if turn.state.step in self._answers:
            left_alone = asides.is_stale(turn)
            return Entry(asides.ask_again, None) if left_alone else self._answers[turn.state.step], turn.text
        if _is_code(turn):
            return Entry(self._lost, None), turn.text
        return self._intents.get(turn.reading.intent, Entry(self._lost, None)), turn.text

    def _worded_choice(self, turn: Turn) -> tuple[Entry, str] | None:
        """Return the handler of a choice that was typed by its label with more words behind it."""
        text = fold(turn.text)
        for choice in turn.state.choices:
            name, _colon, rest = choice.action.partition(":")
            label = fold(choice.label)
            if name in self._worded and text.startswith(label) and not text[len(label) :][:1].isalnum():
                words = turn.text.split(maxsplit=len(label.split()))[len(label.split()) :]
                return self._worded[name], f"{rest}\n{' '.join(words)}"
        return None

    def _take_urgent(self, turn: Turn, rest: str) -> None:
        """Pass on what cannot wait; figures that stand in sentences of their own are taken as well."""
        if self._urgent is not None:
            self._urgent.handler(turn, rest)
        if turn.reading.items and turn.reading.intent in self._intents:
            self._intents[turn.reading.intent].handler(turn, rest)

    def _is_aside(self, turn: Turn, before: ConversationState) -> bool:
        """Tell whether a message was about something else than the question that was open."""
        if turn.sender is None or turn.incoming.kind is not IncomingKind.TEXT:
            return all(turn.incoming.action != choice.action for choice in before.choices)
        typed = command(turn.text)
        is_urgent = _is_urgent(turn) or _is_more_of_it(turn)
        return is_urgent or (typed is not None and typed[0] in self._commands)

    def _action(self, action: str) -> tuple[Entry, str]:
        name, _colon, rest = action.partition(":")
        return self._actions.get(name, Entry(self._lost, None)), rest


def _not_allowed(turn: Turn) -> Marked:
    you = turn.you
    return _(
        "That is not among the things {you} can do here. {You} types */trogiup* to see what is.",
        you=you,
        You=capital(you),
    )


def _typed_choice(turn: Turn) -> Choice | None:
    """Return the choice that a typed line means: by its number where it has one, or by its label."""
    text, choices = turn.text, turn.state.choices
    if not choices or not text:
        return None
    # Nothing but a number can choose among empty labels.
    place = chosen(text, [""] * len(choices))
    if place is not None and (asides.is_stale(turn) or turn.reading.intent is Intent.CORRECT):
        # The question is no longer the last thing that was read; "bớt 1" takes one off and chooses nothing.
        return None
    if place is not None:
        return next((choice for number, choice in with_numbers(choices) if number == place + 1), None)
    place = chosen(text, [choice.label for choice in choices])
    return choices[place] if place is not None else None


def _is_urgent(turn: Turn) -> bool:
    """Tell whether somebody of a union writes of an accident or a strike; the office writes about them."""
    return bool(turn.text and turn.own_units) and not turn.is_office and turn.reading.urgent


def _is_more_of_it(turn: Turn) -> bool:
    """Tell whether words that are no report follow an accident or a strike: "chuyền 6 cũng sắp ra luôn"."""
    if not asides.goes_on_urgent(turn) or turn.reading.intent not in (Intent.OTHER, Intent.QUESTION):
        return False
    reading = turn.reading
    means_else = reading.numbers or reading.losses or reading.uncounted or _typed_choice(turn) is not None
    return bool(turn.text) and not means_else and not is_receipt(turn.text)


def _brings_files(turn: Turn) -> bool:
    """Tell whether a message is about its files: without words, or a plan or list from the office."""
    files = turn.incoming.attachments
    if not turn.text:
        return bool(files)
    return turn.is_office and not turn.own_units and any(may_be_read(one.name) for one in files)


def _is_code(turn: Turn) -> bool:
    """Tell whether a line is a code, or holds one beside no figure: letters of a code may read as words."""
    return bool(code_in(turn.text)) and (is_code_tried(turn.text) or not turn.reading.items)


def _storable(incoming: Incoming) -> Incoming:
    """Return the message without NUL and halves of surrogate pairs, which no database takes."""
    files = tuple(
        replace(
            one, file_id=_clean(one.file_id), name=_clean(one.name), content_type=_clean(one.content_type)
        )
        for one in incoming.attachments
    )
    name, text = _clean(incoming.sender_name), _clean(incoming.text)
    return replace(incoming, sender_name=name, text=text, attachments=files)


def _clean(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _open_choices(turn: Turn, step_before: str) -> tuple[Choice, ...]:
    asked = [reply.choices for reply in turn.replies if reply.choices]
    if asked:
        return asked[-1]
    kept = bool(turn.state.step) and turn.state.step == step_before
    return turn.state.choices if kept or not turn.replies else ()


def _nothing(turn: Turn, rest: str) -> None:
    """Say nothing: the message needs no answer."""


def _merged(offers: Iterable[Mapping[K, Entry]]) -> dict[K, Entry]:
    merged: dict[K, Entry] = {}
    for offer in offers:
        twice = merged.keys() & offer.keys()
        if twice:
            raise ValueError(f"claimed twice: {sorted(map(str, twice))}")
        merged |= offer
    return merged
