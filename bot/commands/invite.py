"""`tiendo invite`: codes by which people join, shown here or on a page to print."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator, Mapping

from bot.commands.desk import open_desk, settings_of
from bot.commands.shared import Refused, complain, say, write_file
from bot.config import Telegram
from bot.conversation.unit_talk import ROLE_NAMES, is_name
from bot.documents.invite_sheet import InviteCard, deep_link, invite_sheet
from bot.documents.sheet_words import fold
from bot.services.context import Context
from bot.services.enrolment import create_missing_invites
from bot.services.invites import create_invite, invite_links, last_day, live_invites, show_code
from bot.services.setup import prepare
from bot.services.units import ensure_office, match_unit
from domain.errors import ChannelError
from domain.people import OFFICE_ROLES, Invite, Role, Unit, UnitLevel
from messages_vi.address import capital
from messages_vi.catalogue import _
from messages_vi.formats import day, number

Codes = list[tuple[Unit, Invite]]
_ASK_SECS = 20


def run(args: argparse.Namespace) -> int:
    """Make the codes that `args` asks for, show them or write the page; return the exit code."""
    _check(args)
    settings = settings_of(args)
    links = _bot_links(settings.telegram)
    with open_desk(settings, create=_is_for_office(args), bot_links=links) as desk:
        with desk.context() as context:
            prepare(context)
            codes = _codes(context, args)
            lines = list(_code_lines(context, codes))
            if args.sheet and codes:
                # Written before the codes are kept: a page that cannot be written leaves no codes behind.
                page = invite_sheet(settings.office.name, [_card(context, *one) for one in codes])
                write_file(args.sheet, page, private=True)
        if args.sheet and codes:
            count = number(len(codes))
            say(
                _(
                    "✅ Wrote {path} with {count} codes. Open it in a browser and print.",
                    path=args.sheet,
                    count=count,
                )
            )
        else:
            say(*lines)
    return 0


def _check(args: argparse.Namespace) -> None:
    wanted = [bool(args.unit), args.office, args.missing]
    if sum(wanted) > 1:
        raise Refused(_("Choose one of: a unit's name, --office, --missing."))
    if not any(wanted) and not args.sheet and not _is_for_office(args):
        raise Refused(_("For whom? Give a unit's name, --office or --missing."))
    if args.missing and (args.role or args.name):
        raise Refused(_("--missing makes codes for chairs; --role and --name do not go with it."))
    if args.name and not is_name(args.name):
        raise Refused(_("“{name}” does not look like a person's name.", name=args.name))


def _is_for_office(args: argparse.Namespace) -> bool:
    return bool(args.office or (args.role in OFFICE_ROLES and not args.unit))


def _codes(context: Context, args: argparse.Namespace) -> Codes:
    if args.missing:
        return create_missing_invites(context)
    if args.unit or _is_for_office(args):
        return [_new_code(context, args)]
    units = {unit.id: unit for unit in context.uow.units.find()}
    live = [(units[one.unit_id], one) for one in live_invites(context) if one.unit_id is not None]
    if not live:
        raise Refused(_("No code waits to be used. Make some with: tiendo invite --missing"))
    return sorted(live, key=lambda one: fold(one[0].name))


def _new_code(context: Context, args: argparse.Namespace) -> tuple[Unit, Invite]:
    if args.unit:
        unit, usual = _unit(context, args.unit), Role.CHAIR
    else:
        unit, usual = ensure_office(context, context.office.name), Role.STAFF
    role = Role(args.role or usual)
    return unit, _live_code(context, unit, role, args.name) or create_invite(context, unit, role, args.name)


def _live_code(context: Context, unit: Unit, role: Role, name: str) -> Invite | None:
    """Return the code that is out already for whom nobody names now: a second one would only confuse."""
    live = [] if name else live_invites(context, unit, role)
    some = [one for one in live if unit.level is UnitLevel.GRASSROOTS or not one.person_name]
    return some[-1] if some else None


def _unit(context: Context, text: str) -> Unit:
    by_code = context.uow.units.first(code=text, level=UnitLevel.GRASSROOTS)
    found = [by_code] if by_code is not None else match_unit(context, text)
    if not found:
        raise Refused(_("No union is called “{text}”. See: tiendo units list", text=text))
    if len(found) > 1:
        names = "; ".join(f"{unit.name} ({unit.code})" for unit in found)
        raise Refused(
            _("“{text}” may be several: {names}. Give more of the name, or the code.", text=text, names=names)
        )
    return found[0]


def _code_lines(context: Context, codes: Codes) -> Iterator[str]:
    if not codes:
        yield _("✅ Every union has a chair who has joined; no code is missing.")
        return
    for unit, invite in codes:
        who = ", ".join(filter(None, (_role_name(invite), invite.person_name)))
        yield _("{unit} ({who}): {code}", unit=unit.name, who=who, code=show_code(invite.code))
        yield from (f"  {link}" for _account, link in invite_links(context, invite))
    until = max(last_day(context, invite) for _unit, invite in codes)
    yield _(
        "Each is for one person and one use, until {day}. Do not post them in a group.",
        day=f"{day(until)}/{until.year}",
    )


def _card(context: Context, unit: Unit, invite: Invite) -> InviteCard:
    links = invite_links(context, invite)
    link = links[0][1] if links else ""
    who = invite.person_name or capital(_role_name(invite))
    return InviteCard(unit.name, who, show_code(invite.code), link, last_day(context, invite))


def _role_name(invite: Invite) -> str:
    return _(ROLE_NAMES[invite.role or Role.CHAIR])


def _bot_links(telegram: Telegram) -> Mapping[str, str]:
    """Return the address that opens the office's bot, none without a messenger or an answer from it."""
    if telegram.token is None:
        return {}
    try:
        name = asyncio.run(_bot_name(telegram))
    except (ChannelError, TimeoutError):
        complain([_("Telegram did not tell the bot's name, so the codes come without links and QR codes.")])
        return {}
    return {"telegram": deep_link(name, "")} if name else {}


async def _bot_name(telegram: Telegram) -> str:
    # The Telegram library takes a third of a second to load; only those who use it wait for it.
    from bot.channels.telegram_connection import connect
    from bot.channels.telegram_errors import translated

    connection = connect(telegram.token or "", telegram.base_url, telegram.base_file_url, telegram.proxy)
    await connection.open()
    try:
        async with asyncio.timeout(_ASK_SECS):
            with translated():
                return (await connection.bot.get_me()).username or ""
    finally:
        await connection.close()
