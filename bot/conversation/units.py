"""Units in chat: the list page by page, one unit with its people, and adding one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.conversation.plan_sent import try_files
from bot.conversation.turn import Dialogue, Entry, Turn
from bot.conversation.unit_talk import IMPORT_COMMAND, ROLE_NAMES, ask_which, full_name, record_id, union
from bot.language.answers import count_in
from bot.language.normalise import fold
from bot.services.units import (
    UnitPerson,
    UnitView,
    add_unit,
    chairs,
    grassroots_unions,
    kind_named,
    match_unit,
    unit_named,
    view_unit,
)
from domain.errors import InputError
from domain.messages import Choice
from domain.people import Role, Unit, UnitKind, UnitLevel
from domain.permissions import Action, may, require
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import day, number
from messages_vi.reports import amount, kind_names

_PAGE = 10
_LONGEST_NAME = 200
_MOST_WORKERS = 1_000_000


def _units(turn: Turn, rest: str) -> None:
    if turn.incoming.attachments and try_files(turn):
        return
    if turn.incoming.attachments:
        turn.say(_("Lists of units are read on the office's computer: {command}", command=IMPORT_COMMAND))
        return
    text, adding = rest.strip(), _words_for_add()
    first = next((word for word in adding if fold(text) == word or fold(text).startswith(word + " ")), None)
    if not text:
        _page(turn, "1")
    elif first is not None:
        require(turn.roles, Action.MANAGE_UNITS)
        _add(turn, " ".join(text.split()[len(first.split()) :]))
    else:
        _search(turn, text)


def _words_for_add() -> list[str]:
    return [fold(word) for word in _("words for adding a unit").split("|")]


def _page(turn: Turn, rest: str) -> None:
    units = grassroots_unions(turn.context)
    start = (max(record_id(rest), 1) - 1) * _PAGE
    if not units:
        turn.say(
            _("There is no unit yet. {You} adds one, or reads a list.", You=capital(turn.you)), *_adding(turn)
        )
        return
    chaired = {held.unit_id for held in chairs(turn.context)}
    shown = units[start : start + _PAGE]
    lines = [_line(unit, chaired) for unit in shown]
    if start == 0:
        lines.insert(0, _counts(units))
    more = start + len(shown) < len(units)
    choices = [Choice(_("Next page"), f"units.page:{start // _PAGE + 2}")] if more else []
    lines.append(_("{You} types */donvi* and part of a name to see one unit.", You=capital(turn.you)))
    turn.say(join(lines), *choices, *_adding(turn))


def _counts(units: Sequence[Unit]) -> Marked:
    kinds = Counter(unit.kind for unit in units)
    parts = [
        _("{count} {kind}", count=number(kinds[kind]), kind=kind_names((kind,)))
        for kind in UnitKind
        if kinds[kind]
    ]
    return _("*{count} unions*: {kinds}.", count=number(len(units)), kinds=join(parts, ", "))


def _line(unit: Unit, chaired: set[int]) -> Marked:
    return _("• {unit}", unit=unit.name) if unit.id in chaired else _("• {unit} ⏳", unit=unit.name)


def _adding(turn: Turn) -> list[Choice]:
    return [Choice(_("Add a unit"), "units.add")] if may(turn.roles, Action.MANAGE_UNITS) else []


def _search(turn: Turn, text: str) -> None:
    found = match_unit(turn.context, text)
    if len(found) == 1:
        _show(turn, found[0].id)
    else:
        ask_which(turn, text, found, "units.one")


def _chosen(turn: Turn, rest: str) -> None:
    _show(turn, union(turn, rest).id)


def _show(turn: Turn, unit_id: int) -> None:
    view = view_unit(turn.context, unit_id)
    lines = [_("*{unit}*", unit=view.unit.name), _facts(view.unit)]
    lines += [_person_line(turn, one) for one in view.people]
    choices = []
    if not any(one.membership.role is Role.CHAIR for one in view.people):
        lines.append(_no_chair(view))
        if may(turn.roles, Action.INVITE):
            choices = [Choice(_("Invite the chair"), f"moi.role:{unit_id}:{Role.CHAIR.value}")]
    turn.say(join([*lines, *_share_lines(turn, view)]), *choices)


def _facts(unit: Unit) -> Marked:
    parts = [kind_names((unit.kind,))]
    if unit.workers is not None:
        parts.append(_("{count} workers", count=number(unit.workers)))
    if unit.members is not None:
        parts.append(_("{count} members", count=number(unit.members)))
    return join([Marked(capital(join([*parts, *unit.groups], ", ")))])


def _person_line(turn: Turn, one: UnitPerson) -> Marked:
    values = {"role": capital(_(ROLE_NAMES[one.membership.role])), "person": full_name(one.person)}
    if one.membership.valid_from > turn.today:
        return _("{role}: {person}, from {day}", day=day(one.membership.valid_from, turn.today), **values)
    if not one.reachable:
        return _("{role}: {person}, not reachable by message", **values)
    if one.membership.valid_to is not None:
        return _("{role}: {person}, until {day}", day=day(one.membership.valid_to, turn.today), **values)
    return _("{role}: {person}", **values)


def _no_chair(view: UnitView) -> Marked:
    if view.invited is not None and view.invited.person_name:
        return _("The chair {person} has a code and has not joined.", person=view.invited.person_name)
    return _("No chair has joined.")


def _share_lines(turn: Turn, view: UnitView) -> list[Marked]:
    known = {one.code: one for one in turn.context.uow.indicators.find("position")}
    parts = [amount(known[share.indicator], share.goal) for share in view.shares if share.indicator in known]
    if not parts:
        return []
    return [_("Share of {year}: {figures}.", year=view.shares[0].year, figures=join(parts, ", "))]


# Adding a unit, one question after the other


def _add_tapped(turn: Turn, rest: str) -> None:
    _add(turn, "")


def _add(turn: Turn, name: str) -> None:
    if name:
        _name_typed(turn, name)
        return
    turn.expect("units.name")
    turn.say(_("What is the full name of the union, as on its seal?"))


def _name_typed(turn: Turn, text: str) -> None:
    name = " ".join(text.split())
    letters = sum(character.isalpha() for character in name)
    if letters < 4 or len(name) > _LONGEST_NAME:
        turn.expect("units.name")
        turn.say(
            _("{You} types the whole name, such as *CĐCS Trường Tiểu học Cầu Khởi*.", You=capital(turn.you))
        )
        return
    known = unit_named(turn.context, name)
    if known is not None:
        turn.done()
        turn.say(_("*{unit}* is in the list already.", unit=known.name))
        return
    _ask_kind(turn, name)


def _ask_kind(turn: Turn, name: str) -> None:
    turn.expect("units.kind", name=name)
    choices = [Choice(capital(kind_names((kind,))), f"units.kind:{kind.value}") for kind in UnitKind]
    turn.say(_("What kind of employer is *{unit}*?", unit=name), *choices)


def _kind_typed(turn: Turn, text: str) -> None:
    kind = kind_named(text)
    if kind is not None:
        _kind_chosen(turn, kind.value)
    else:
        _ask_kind(turn, str(turn.state.data.get("name", "")))


def _kind_chosen(turn: Turn, rest: str) -> None:
    kind = next((kind for kind in UnitKind if kind.value == rest), None)
    if turn.state.step != "units.kind" or kind is None:
        _stale(turn)
        return
    turn.expect("units.workers", name=turn.state.data["name"], kind=kind.value)
    turn.say(_("How many workers are there? {You} types the number.", You=capital(turn.you)), _skip())


def _workers_typed(turn: Turn, text: str) -> None:
    workers = count_in(text)
    if workers is None or workers > _MOST_WORKERS:
        turn.say(_("I have not read the number of workers; such as *120*."), _skip())
        return
    _ask_sure(turn, workers)


def _workers_skipped(turn: Turn, rest: str) -> None:
    if turn.state.step == "units.workers":
        _ask_sure(turn, None)
    else:
        _stale(turn)


def _ask_sure(turn: Turn, workers: int | None) -> None:
    data = turn.state.data
    turn.expect("units.sure", name=data["name"], kind=data["kind"], workers=workers)
    unit = Unit("", data["name"], UnitLevel.GRASSROOTS, UnitKind(data["kind"]), workers=workers)
    turn.say(
        join([_("I add this union, is it right?"), _("*{unit}*", unit=unit.name), _facts(unit)]),
        Choice(_("Yes, add it"), "units.yes"),
        Choice(_("Begin again"), "units.add"),
        Choice(_("Do not add"), "units.no"),
    )


def _sure(turn: Turn, rest: str) -> None:
    data = turn.state.data
    if turn.state.step != "units.sure":
        _stale(turn)
        return
    turn.done()
    try:
        unit = add_unit(turn.context, data["name"], UnitKind(data["kind"]), data["workers"])
    except InputError as error:
        turn.say(_("*{unit}* is in the list already.", unit=error.values["name"]))
        return
    turn.say(
        _("✅ *{unit}* was added.", unit=unit.name),
        Choice(_("Invite the chair"), f"moi.role:{unit.id}:{Role.CHAIR.value}"),
    )


def _unsure(turn: Turn, text: str) -> None:
    _ask_sure(turn, turn.state.data.get("workers"))


def _dropped(turn: Turn, rest: str) -> None:
    turn.done()
    turn.say(_("No unit was added."))


def _stale(turn: Turn) -> None:
    turn.say(_("This question is over; {you} types */donvi* to begin anew.", you=turn.you))


def _skip() -> Choice:
    return Choice(_("Skip the workers"), "units.skip", numbered=False)


DIALOGUE = Dialogue(
    commands={"donvi": Entry(_units, Action.SEE_UNIT_FIGURES)},
    actions={
        "units.page": Entry(_page, Action.SEE_UNIT_FIGURES),
        "units.one": Entry(_chosen, Action.SEE_UNIT_FIGURES),
        "units.add": Entry(_add_tapped, Action.MANAGE_UNITS),
        "units.kind": Entry(_kind_chosen, Action.MANAGE_UNITS),
        "units.skip": Entry(_workers_skipped, Action.MANAGE_UNITS),
        "units.yes": Entry(_sure, Action.MANAGE_UNITS),
        "units.no": Entry(_dropped, Action.MANAGE_UNITS),
    },
    answers={
        "units.name": Entry(_name_typed, Action.MANAGE_UNITS),
        "units.kind": Entry(_kind_typed, Action.MANAGE_UNITS),
        "units.workers": Entry(_workers_typed, Action.MANAGE_UNITS),
        "units.sure": Entry(_unsure, Action.MANAGE_UNITS),
    },
)
