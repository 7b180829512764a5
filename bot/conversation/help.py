"""What the bot can do, what it did not understand, and what a person at the office has to answer."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.asides import goes_on_urgent, note_urgent
from bot.conversation.joining import example_line, greet, try_code
from bot.conversation.report import report
from bot.conversation.report_files import files
from bot.conversation.report_list import try_list
from bot.conversation.report_said import is_receipt
from bot.conversation.report_talk import uncounted_notes
from bot.conversation.report_words import try_again, try_cancel, try_words
from bot.conversation.silent import try_silent
from bot.conversation.tasks import try_dues, try_not_done
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.conversation.unit_talk import IMPORT_COMMAND, full_name
from bot.language.normalise import fold
from bot.services.periods import closed_ids, period_at_hand, sums
from bot.services.report_privacy import masked, masked_but_telephone
from bot.services.telling import tell_office
from domain.ledger import ReportState
from domain.messages import Choice, IncomingKind
from domain.people import OFFICE_ROLES, Role, Unit
from domain.plan import ReportingPeriod
from domain.understanding import Intent
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join
from messages_vi.figures import figures
from messages_vi.formats import moment
from messages_vi.reports import enough_choices, period_name

_STAFF = (Role.STAFF, Role.ADMIN)
_LONGEST_QUOTE = 1000
_FORWARD = "forward"
_LIST_FILE = re.compile(r"\.(xlsx|xls|csv|ods)$", re.IGNORECASE)


def lost(turn: Turn, rest: str) -> None:
    """Answer a line that nothing else understands: an accident, a code, a sticker, or words."""
    if turn.incoming.kind is IncomingKind.CHOICE:
        turn.say(_("{You} is answering something that is no longer there.", You=capital(turn.you)))
    elif turn.text and turn.reading.urgent:
        _urgent(turn, rest)
    elif turn.text and (try_code(turn, turn.text) or try_words(turn)):
        return
    elif not turn.text:
        _without_words(turn)
    elif try_not_done(turn) or try_again(turn, [_("Nothing more was written down from this.")]):
        return
    elif turn.reading.numbers and turn.own_units:
        turn.say(_("Which figure is that? {You} writes such as *{line}*.", **_hints(turn)))
    elif turn.own_units:
        turn.say(
            _(
                "I have not understood this, so nothing was written down. {You} tries *{line}*.",
                **_hints(turn),
            )
        )
    else:
        turn.say(_("I have not understood this. {You} types */tiendo* or */trogiup*.", You=capital(turn.you)))


def _other(turn: Turn, rest: str) -> None:
    """News, plans and noise: nothing to write down, but the office may want to read it."""
    if try_silent(turn):
        return
    if turn.text and is_receipt(turn.text):
        _take_receipt(turn)
        return
    is_command = turn.text.startswith("/")
    if not turn.text or is_command or turn.reading.urgent or turn.reading.numbers or not turn.own_units:
        lost(turn, rest)
        return
    if turn.reading.losses:
        report(turn, rest)
        return
    if try_code(turn, turn.text) or try_list(turn) or _take_photo(turn) or try_words(turn):
        return
    if try_dues(turn):
        return
    if turn.reading.uncounted:
        _say_uncounted(turn)
        return
    key = str(turn.context.inbox_id)
    # Without a step: whatever is typed next is read as usual, only the tap finds the text again.
    turn.state = replace(
        turn.state, step="", data={**turn.state.data, _FORWARD: masked(turn.text), "key": key}
    )
    forward = Choice(_("Pass it on to the office"), f"help.forward:{key}")
    if try_again(turn, [_("Nothing more was written down from this.")], [forward]):
        return
    turn.say(
        _("I see nothing done in this, so nothing was written down. {You} tries *{line}*.", **_hints(turn)),
        forward,
    )


def _say_uncounted(turn: Turn) -> None:
    """Thank for something that no target counts, and say why it was not added."""
    thanks = _("Thank you for telling me, {you}.", you=turn.you)
    said = [join([thanks, *uncounted_notes(turn.reading)], " ")]
    # While a question is open it is put again by itself.
    if turn.state.step or not try_again(turn, said):
        turn.say(join(said))


def _take_photo(turn: Turn) -> bool:
    """Take a photo whose caption says nothing else, as one without words; tell whether there was one."""
    if turn.incoming.attachments:
        files(turn, "")
    return bool(turn.incoming.attachments)


def _take_receipt(turn: Turn) -> None:
    """Answer "dạ" and "ok em": they agree to an open draft, else they only say that something was read."""
    if not try_words(turn):
        turn.say(_("You are welcome, {you}.", you=turn.you))


def _forward(turn: Turn, rest: str) -> None:
    data = turn.state.data
    if data.get("key") != rest or not data.get(_FORWARD):
        turn.say(_("That message is no longer at hand; {you} writes it again.", you=turn.you))
        return
    turn.done()
    _pass_on(turn, data[_FORWARD], rest)


def _question(turn: Turn, rest: str) -> None:
    if turn.text and turn.reading.urgent:
        _urgent(turn, rest)
    elif try_silent(turn) or try_dues(turn):
        return
    elif not turn.roles.isdisjoint(_STAFF):
        lost(turn, rest)
    elif turn.own_units and _is_complaint(turn.text):
        _apologise(turn)
    else:
        _pass_on(turn, masked(turn.text), str(turn.context.inbox_id))


def _pass_on(turn: Turn, text: str, key: str) -> None:
    opening = turn.context.office.calendar.next_open(turn.now)
    note = _("📌 {Person} ({units}) writes: “{text}”. {answer}", **_about(turn, text))
    if not tell_office(turn.context, _STAFF, note, f"question:{key}", opening):
        turn.say(_("The office cannot be reached here now; {you} calls it by telephone.", you=turn.you))
    elif opening > turn.now:
        when = moment(opening, turn.today)
        turn.say(_("The office will read this at {time} and answer {you}.", time=when, you=turn.you))
    else:
        turn.say(_("I have passed this on; the office will answer {you}.", you=turn.you))


def _urgent(turn: Turn, rest: str) -> None:
    # Without ID numbers, but with a telephone number that may save somebody.
    text = masked_but_telephone(turn.text)
    more = goes_on_urgent(turn)
    note = (
        _("⚠️ Urgent, further words of {person} ({units}): “{text}”. {answer}", **_about(turn, text))
        if more
        else _("⚠️ Urgent. {person} ({units}) writes: “{text}”. {answer}", **_about(turn, text))
    )
    note_urgent(turn)
    told = tell_office(turn.context, OFFICE_ROLES, note, f"urgent:{turn.context.inbox_id}")
    if told and more:
        turn.say(_("I have told the office this too, {you}.", you=turn.you))
    elif told:
        turn.say(
            _(
                "I have told the office and its leaders at once, {you}. If lives are at risk, call 115.",
                you=turn.you,
            )
        )
    else:
        turn.say(_("Nobody at the office can be reached here: {you} calls them now.", you=turn.you))


def _about(turn: Turn, text: str) -> dict[str, str]:
    person = turn.person
    units = ", ".join(unit.name for unit in turn.own_units) or turn.context.office.name
    phone = person.phone
    answer = (
        _("Telephone: {phone}.", phone=phone)
        if phone
        else _("Please answer {name} directly.", name=turn.name)
    )
    quote = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
    name = full_name(person) or turn.you
    return {"person": name, "Person": capital(name), "units": units, "text": quote, "answer": answer}


def _is_complaint(text: str) -> bool:
    folded = f" {fold(text)} "
    return any(f" {fold(words)} " in folded for words in _("words of a complaint about reminders").split("|"))


def _apologise(turn: Turn) -> None:
    """Say sorry, say what was received, and let a period with figures be closed by a tap."""
    opening = turn.context.office.calendar.next_open(turn.now)
    note = _("📌 {Person} ({units}) writes: “{text}”. {answer}", **_about(turn, masked(turn.text)))
    tell_office(turn.context, _STAFF, note, f"question:{turn.context.inbox_id}", opening)
    standings = [(unit, period_at_hand(turn.context, unit)) for unit in turn.own_units]
    asked = [(unit, period) for unit, period in standings if period is not None]
    lines = [_received(turn, unit, period) for unit, period in asked]
    open_ones = [(unit, period) for unit, period in asked if _may_be_closed(turn, unit, period)]
    # With two units a typed "1" could not say which of them is complete.
    choices = enough_choices(open_ones[0][0].id, open_ones[0][1].id) if len(open_ones) == 1 else ()
    turn.say(join([_("I am sorry for writing so often, {name}.", name=turn.name), *lines]), *choices)


def _received(turn: Turn, unit: Unit, period: ReportingPeriod) -> Marked:
    indicators = turn.context.uow.indicators.find("position")
    both = sums(turn.context, unit, period)
    found = figures(indicators, {code: sum(parts) for code, parts in both.items()})
    values = {"Quarter": capital(period_name(period, turn.today)), "unit": unit.name}
    you = capital(turn.you)
    if period.id in closed_ids(turn.context, unit.id):
        have = found or _("nothing to report")
        return _("{Quarter} of *{unit}* is complete: {figures}. No more reminders.", figures=have, **values)
    if _has_unconfirmed(turn, unit, period):
        return _(
            "{Quarter} of *{unit}*: figures wait for a yes. {You} looks with */lichsu*.", You=you, **values
        )
    if found:
        return _("{Quarter} of *{unit}*: I have {figures}. Is that all?", figures=found, **values)
    return _(
        "{Quarter} of *{unit}*: no figure yet. {You} writes it, or that there is none.", You=you, **values
    )


def _may_be_closed(turn: Turn, unit: Unit, period: ReportingPeriod) -> bool:
    waits = _has_unconfirmed(turn, unit, period) or period.id in closed_ids(turn.context, unit.id)
    return bool(sums(turn.context, unit, period)) and not waits


def _has_unconfirmed(turn: Turn, unit: Unit, period: ReportingPeriod) -> bool:
    where = {"unit_id": unit.id, "period_id": period.id, "state": ReportState.UNCONFIRMED}
    return turn.context.uow.reports.count(**where) > 0


def _without_words(turn: Turn) -> None:
    files = turn.incoming.attachments
    if turn.is_office and any(_LIST_FILE.search(file.name) for file in files):
        turn.say(_("Lists of units are read on the office's computer: {command}", command=IMPORT_COMMAND))
    elif turn.own_units:
        turn.say(_("I cannot see stickers or hear voices. {You} writes such as *{line}*.", **_hints(turn)))
    else:
        turn.say(_("I cannot see stickers or hear voices. {You} writes in words.", You=capital(turn.you)))


def _hints(turn: Turn) -> dict[str, str]:
    unit = turn.own_units[0] if turn.own_units else None
    return {"You": capital(turn.you), "line": example_line(turn, unit)}


def _help(turn: Turn, rest: str) -> None:
    if not turn.roles.isdisjoint(_STAFF):
        turn.say(_("help for staff: {You}", You=capital(turn.you)))
    elif turn.is_office:
        turn.say(_("help for leaders: {You}", You=capital(turn.you)))
    if turn.own_units:
        turn.say(_("help for chairs: {You}, {line}", **_hints(turn)))


def _greeting(turn: Turn, rest: str) -> None:
    folded = f" {fold(turn.text)} "
    if any(f" {fold(words)} " in folded for words in _("words of thanks").split("|")):
        turn.say(_("You are welcome, {you}.", you=turn.you))
    else:
        greet(turn)


def _cancel(turn: Turn, rest: str) -> None:
    if try_cancel(turn):
        return
    busy = bool(turn.state.step)
    turn.done()
    if busy:
        turn.say(_("I stop here; nothing more was written down."))
    else:
        turn.say(_("Nothing is under way. {You} types */trogiup* to see how I help.", You=capital(turn.you)))


DIALOGUE = Dialogue(
    commands={"trogiup": Entry(_help, None), "huy": Entry(_cancel, None)},
    actions={"help.forward": Entry(_forward, None)},
    intents={
        Intent.HELP: Entry(_help, None),
        Intent.GREETING: Entry(_greeting, None),
        Intent.QUESTION: Entry(_question, None),
        Intent.OTHER: Entry(_other, None),
    },
    urgent=Entry(_urgent, None),
)
