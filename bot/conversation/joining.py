"""The way in: what strangers hear, codes typed by anybody, and the welcome."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.plan import past_question
from bot.conversation.turn import Turn
from bot.conversation.unit_talk import ROLE_NAMES
from bot.services.dialogue import identify
from bot.services.enrolment import Redeemed, Refusal, Refused, chat_holder, next_role, redeem_code
from bot.services.invites import code_in, is_code_tried, typed_code
from bot.services.periods import period_at_hand
from domain.messages import Choice
from domain.people import UNIT_ROLES, Membership, Person, Role, Unit, UnitKind
from messages_vi.address import call, capital, pronoun
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import clock_time, day, number, weekday_day
from messages_vi.reports import period_name


def stranger(turn: Turn, rest: str) -> None:
    """Answer somebody who is not enrolled: take a code, else say who this is for and how to get in.

    Whatever else is typed gets the same answer, and a code that opens nothing never says why.
    Source: DESIGN.md section 6, promise 5.
    """
    code = code_in(rest) or (typed_code(rest) if is_code_tried(rest) else "")
    if code:
        use_code(turn, code)
        return
    known = chat_holder(turn.context, turn.incoming)
    held = next_role(turn.context, known) if known is not None else None
    if known is not None and held is not None:
        _say_when_it_begins(turn, known, held)
        return
    office = turn.context.office.name
    turn.say(
        _(
            "Hello. This is the assistant of {office} for its unions. Ask the office for a code.",
            office=office,
        )
    )


def try_code(turn: Turn, text: str) -> bool:
    """Use the code that the line of an enrolled person is or holds; tell whether there was one."""
    code = code_in(text)
    if code:
        use_code(turn, code)
    return bool(code)


def use_code(turn: Turn, code: str, *, agreed: bool = False) -> None:
    """Use a code for the chat of this message and say what came of it."""
    result = redeem_code(turn.context, turn.incoming, code, agreed=agreed)
    if isinstance(result, Redeemed):
        _welcome(turn, result)
    else:
        _refuse(turn, code, result)


def greet(turn: Turn) -> None:
    """Say hello to somebody who is enrolled, by role."""
    if turn.own_units:
        turn.say(
            _(
                "Hello {name}. I help {you} with the reports of {units}. {You} may write now.",
                name=turn.name,
                you=turn.you,
                units=units_of(turn),
                You=capital(turn.you),
            )
        )
        return
    office = turn.context.office.name
    turn.say(
        _(
            "Hello {name}. I work for {office}. {You} types */trogiup* to see how I help.",
            name=turn.name,
            office=office,
            You=capital(turn.you),
        )
    )


def units_of(turn: Turn) -> Marked:
    """Return the writer's own units in bold, with commas."""
    return join([_("*{unit}*", unit=unit.name) for unit in turn.own_units], ", ")


def example_line(turn: Turn, unit: Unit | None) -> Marked:
    """Return a line that the chair of such a unit might write today."""
    today = day(turn.today)
    if unit is not None and unit.kind is UnitKind.ENTERPRISE:
        return _("example line of a union in an enterprise, {day}", day=today)
    return _("example line of any union, {day}", day=today)


def _refuse(turn: Turn, code: str, refused: Refused) -> None:
    you = turn.you
    if refused.why is Refusal.OTHER_NAME and refused.unit is not None:
        turn.say(
            _(
                "This code is for {invited} at *{unit}*, and this chat is {name}'s. Take it on?",
                invited=refused.invited,
                unit=refused.unit.name,
                name=turn.name,
            ),
            Choice(_("Yes, I act for this unit"), f"join.yes:{code}"),
            Choice(_("No, it is somebody else's"), "join.no"),
        )
    elif refused.why is Refusal.PAUSED and refused.until is not None:
        until = clock_time(refused.until)
        turn.say(_("No code is taken here until {time}; {you} writes it then.", time=until, you=you))
    elif refused.why is Refusal.ALREADY_YOURS:
        turn.say(_("This chat is {name}'s already; this code does nothing more here.", name=turn.name))
    elif refused.why is Refusal.OTHER_PERSON:
        turn.say(_("This chat is {name}'s, so it was not linked to somebody else.", name=turn.name))
    else:
        turn.say(_("This code cannot be used. {You} asks the office for a new one.", You=capital(you)))


def _welcome(turn: Turn, redeemed: Redeemed) -> None:
    turn.sender = identify(turn.context, turn.incoming)
    turn.context = replace(turn.context, person=redeemed.person)
    held = redeemed.membership
    if redeemed.unit is None or held is None:
        you = capital(pronoun(redeemed.person))
        turn.say(_("✅ Linked, {name}. {You} may write here too.", name=call(redeemed.person), You=you))
    elif held.valid_from > turn.today:
        _say_when_it_begins(turn, redeemed.person, held)
    elif held.role in UNIT_ROLES:
        turn.say(_union_welcome(turn, redeemed.unit, held.role))
    else:
        turn.say(_office_welcome(turn, held.role))
        asked = past_question(turn.context, redeemed.person)
        if asked is not None:
            turn.say(asked[0], *asked[1])


def _union_welcome(turn: Turn, unit: Unit, role: Role) -> Marked:
    you = capital(turn.you)
    lines = [
        _(
            "✅ Welcome, {name}. {You} is {role} of *{unit}*.",
            name=turn.name,
            You=you,
            role=_(ROLE_NAMES[role]),
            unit=unit.name,
        )
    ]
    if len(turn.own_units) > 1:
        lines.append(_("{You} reports for several units now: {units}.", You=you, units=units_of(turn)))
    example = example_line(turn, unit)
    lines.append(_("{You} writes results in one line, such as *{line}*.", You=you, line=example))
    lines += _due_line(turn, unit)
    lines.append(_("{You} types */tiendo* or */trogiup*.", You=you))
    return join(lines)


def _due_line(turn: Turn, unit: Unit) -> list[Marked]:
    period = period_at_hand(turn.context, unit)
    if period is None:
        return []
    left = (period.due_on - turn.today).days
    name, due = period_name(period, turn.today), weekday_day(period.due_on, turn.today)
    if left > 0:
        return [
            _(
                "The report of {quarter} is due {due}, {days} days left.",
                quarter=name,
                due=due,
                days=number(left),
            )
        ]
    if left == 0:
        return [_("The report of {quarter} is due today, {due}.", quarter=name, due=due)]
    return [_("The report of {quarter} was due {due}.", quarter=name, due=due)]


def _office_welcome(turn: Turn, role: Role) -> Marked:
    head = _(
        "✅ Welcome, {name}. {You} is {role} at *{office}*.",
        name=turn.name,
        You=capital(turn.you),
        role=_(ROLE_NAMES[role]),
        office=turn.context.office.name,
    )
    commands = _("first commands of a leader") if role is Role.LEADER else _("first commands of staff")
    return join([head, commands, _("{You} types */trogiup* to see the rest.", You=capital(turn.you))])


def _say_when_it_begins(turn: Turn, person: Person, held: Membership) -> None:
    turn.say(
        _(
            "Hello {name}. {You} is {role} of *{unit}* from {day}. I am at {your} service from then on.",
            name=call(person),
            You=capital(pronoun(person)),
            your=pronoun(person),
            role=_(ROLE_NAMES[held.role]),
            unit=turn.context.uow.units.get(held.unit_id).name,
            day=weekday_day(held.valid_from, turn.today),
        )
    )
