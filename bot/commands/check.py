"""`tiendo check`: what is wrong or missing in the set-up, numbered, each with its mend."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator

from bot.app import SystemClock
from bot.commands.desk import is_missing, open_desk, place_of, settings_of
from bot.commands.shared import Refused, database_fault, explain, say
from bot.config import Problem, Settings, Severity
from bot.config_check import code_problems, problems
from bot.services.context import Context
from bot.services.enrolment import not_joined
from bot.services.plans import current_plan
from domain.errors import DatabaseTooNew, StorageError
from domain.messages import InboxState
from domain.people import OFFICE_ROLES, ContactState
from messages_vi.catalogue import _, mark
from messages_vi.formats import local_date, number
from storage.database import HEAD, Database

_WEIGHTS = {
    Severity.ERROR: mark("must be mended"),
    Severity.WARNING: mark("should be mended"),
    Severity.INFO: mark("hint"),
}


def run(args: argparse.Namespace) -> int:
    """Print what was found; return 1 when something does not work or is unsafe, 0 for hints only."""
    settings = settings_of(args)
    today = local_date(SystemClock().now())
    found = [*problems(settings, os.environ, today), *_database(settings)]
    for place, one in enumerate(found, 1):
        say(f"{place}. [{_(_WEIGHTS[one.severity])}] {one.text}", f"   → {one.mend}")
    bad = sum(one.severity is not Severity.INFO for one in found)
    if bad:
        say(_("To mend: {count}.", count=number(bad)))
    else:
        say(_("✅ Nothing stands in the way.") if found else _("✅ Everything is in place."))
    return 1 if bad else 0


def _database(settings: Settings) -> Iterator[Problem]:
    """Yield what is wrong with the database or missing in it, without changing it."""
    place = place_of(settings)
    if is_missing(settings.database.url):
        yield _hint(_("There is no database at {place} yet.", place=place), _begin())
        return
    try:
        revision = _revision(settings)
    except StorageError as error:
        yield Problem(database_fault(error, place), _("Section [database] of config.toml says where it is."))
        return
    if revision is None:
        yield _hint(_("The database {place} is still empty.", place=place), _begin())
    elif revision < HEAD:
        text = _("The database {place} is of an earlier version.", place=place)
        yield _hint(text, _("Keep a copy of it; tiendo run brings it up to date."))
    else:
        yield from _facts(settings)


def _revision(settings: Settings) -> str | None:
    database = Database(settings.database.url)
    try:
        revision = database.revision()
    finally:
        database.close()
    if revision is not None and revision > HEAD:
        raise DatabaseTooNew(revision)
    return revision


def _facts(settings: Settings) -> Iterator[Problem]:
    try:
        with open_desk(settings) as desk, desk.context() as context:
            yield from list(_missing(context, settings.year.plan or desk.today.year))
            yield from code_problems(settings, {one.code for one in context.uow.indicators.find()})
    except Refused as error:
        yield Problem(explain(error)[0], _("Section [database] of config.toml says where it is."))


def _missing(context: Context, year: int) -> Iterator[Problem]:
    plan = current_plan(context)
    if plan is None or plan.head.year != year:
        mend = _("Import it: tiendo plan import FILE")
        yield _hint(_("The plan of {year} is not stored yet.", year=str(year)), mend)
    unions = not_joined(context)
    if not unions.total:
        yield _hint(
            _("There are no units yet."),
            _("Fill in a list: tiendo units template FILE.xlsx, then tiendo units import FILE.xlsx"),
        )
    if not context.uow.queries.people_with_roles(tuple(OFFICE_ROLES), context.today):
        yield _hint(_("Nobody of the office has joined yet."), _("Make a code: tiendo invite --office"))
    if unions.units:
        counts = {"count": number(len(unions.units)), "total": number(unions.total)}
        yield _hint(
            _("{count} of {total} unions have no chair who has joined.", **counts),
            _("Print their codes: tiendo invite --missing --sheet FILE.html"),
        )
    yield from _silent(context)


def _silent(context: Context) -> Iterator[Problem]:
    lost = context.uow.contacts.count(state=ContactState.UNREACHABLE)
    if lost:
        yield _hint(
            _("{count} chats cannot be written to any more.", count=number(lost)),
            _("Ask those people to open the assistant again, or send them a new code."),
        )
    unread = context.uow.inbox.count(state=InboxState.FAILED)
    if unread:
        yield _hint(
            _("{count} messages that came in could not be handled.", count=number(unread)),
            _("The log of tiendo run says why; their senders were asked to write again."),
        )


def _begin() -> str:
    return _("Begin with: tiendo plan import FILE, then tiendo units import FILE")


def _hint(text: str, mend: str) -> Problem:
    return Problem(text, mend, Severity.INFO)
