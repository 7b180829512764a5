"""What `tiendo check` can say about settings without asking a database or a messenger."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from datetime import date, time
from difflib import get_close_matches
from ipaddress import ip_address
from itertools import pairwise
from pathlib import Path

from bot.config import (
    CONFIG_VARIABLE,
    SECRET_VARIABLES,
    UNNAMED_OFFICE,
    ConfigProblems,
    Problem,
    Settings,
    Severity,
)
from bot.config_calendar import public_holidays, unknown_country
from bot.config_reading import FILE_SUFFIX
from messages_vi.catalogue import _
from messages_vi.office_words import OfficeWords, WordFault, read_words, unknown_codes

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
_FEWEST_HOLIDAYS = 6
_VARIABLES = (CONFIG_VARIABLE, *SECRET_VARIABLES, *(name + FILE_SUFFIX for name in SECRET_VARIABLES))


def problems(settings: Settings, environ: Mapping[str, str], today: date | None = None) -> list[Problem]:
    """Return what is wrong or doubtful, in the order of config.toml; empty when nothing is.

    Holidays are looked at for the plan's year, else for the year of `today`, else not at all. Reads the
    state of files and folders, writes nothing.
    """
    year = settings.year.plan or (today.year if today else None)
    return [
        *_office(settings),
        *_folders(settings),
        *_periods(settings),
        *_reminders(settings),
        *(_holidays(settings, year) if year else ()),
        *(_of_words(fault) for fault in _words(settings)[1]),
        *_web(settings),
        *_telegram(settings),
        *_delivery(settings),
        *_environment(environ),
    ]


def office_words(settings: Settings) -> OfficeWords:
    """Return the office's own words; none where no folder is named.

    Raises: ConfigProblems with everything that is wrong in the folder's files.
    """
    words, faults = _words(settings)
    if faults:
        raise ConfigProblems(tuple(_of_words(fault) for fault in faults))
    return words


def code_problems(settings: Settings, known: Collection[str]) -> list[Problem]:
    """Return what the office's words say of an indicator that no stored plan has; `known` are those that do.

    It may come with the next plan, so it does not hinder the start.
    """
    return [_of_words(fault, Severity.WARNING) for fault in unknown_codes(_words(settings)[0], known)]


def _words(settings: Settings) -> tuple[OfficeWords, tuple[WordFault, ...]]:
    folder = settings.language.vocabulary
    return read_words(Path(folder)) if folder else (OfficeWords(), ())


def _of_words(fault: WordFault, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(fault.text, fault.mend, severity)


def _office(settings: Settings) -> Iterator[Problem]:
    if settings.office.name == UNNAMED_OFFICE:
        yield Problem(
            _("The office has no name of its own yet."),
            _("Write name and short_name in section [office]."),
            Severity.INFO,
        )


def _folders(settings: Settings) -> Iterator[Problem]:
    file = _sqlite_file(settings.database.url)
    if file and (not _can_write(file.parent) or (file.exists() and not os.access(file, os.W_OK))):
        yield _unwritable(file)
    media = Path(settings.database.media_folder)
    if not _can_write(media):
        yield _unwritable(media)


def _sqlite_file(url: str) -> Path | None:
    file = url.partition(":///")[2].partition("?")[0]
    return Path(file) if url.startswith("sqlite") and file not in ("", ":memory:") else None


def _can_write(folder: Path) -> bool:
    # A folder that is not there yet is made at the first start, below the nearest one that is.
    nearest = next((one for one in (folder, *folder.absolute().parents) if one.exists()), folder)
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)


def _unwritable(path: Path) -> Problem:
    return Problem(
        _("The program may not write to {path}.", path=str(path)),
        _("Give its user the right to write there, or change section [database]."),
    )


def _periods(settings: Settings) -> Iterator[Problem]:
    periods = settings.periods
    if periods.due_day < periods.cutoff_day:
        yield Problem(
            _(
                "due_day = {due} comes before cutoff_day = {cutoff}: the due day lies in the next month.",
                due=periods.due_day,
                cutoff=periods.cutoff_day,
            ),
            _("If that is not meant, make due_day larger than cutoff_day in section [periods]."),
            Severity.WARNING,
        )


def _reminders(settings: Settings) -> Iterator[Problem]:
    reminders = settings.reminders
    if not any(begin <= reminders.run_at < end for begin, end in reminders.windows):
        yield Problem(
            _("run_at = {time} lies outside the hours of windows.", time=_hhmm(reminders.run_at)),
            _("Choose a time within windows in section [reminders]; else reminders wait for one."),
            Severity.WARNING,
        )
    for name, ladder in (("period_ladder", reminders.period_ladder), ("task_ladder", reminders.task_ladder)):
        if not all(before < after for before, after in pairwise(ladder)):
            yield Problem(
                _("{ladder} in section [reminders] is not in ascending order.", ladder=name),
                _("Order the days from early to late, each once, such as [-7, -3, -1, 0, 1, 3]."),
            )
        if not ladder:
            yield Problem(
                _("{ladder} is empty: nobody is reminded of these.", ladder=name),
                _("If that is not meant, write days such as [-7, -3, -1, 0, 1, 3]."),
                Severity.WARNING,
            )


def _hhmm(moment: time) -> str:
    return moment.strftime("%H:%M")


def _holidays(settings: Settings, year: int) -> Iterator[Problem]:
    own = settings.holidays
    known = public_holidays(own.country, frozenset({year}))
    if known is None:
        yield unknown_country(settings)
    elif len({day for day in known | set(own.extra) if day.year == year}) < _FEWEST_HOLIDAYS:
        yield Problem(
            _("The holidays of {year} are not known.", year=str(year)),
            _("List them under extra in section [holidays], Tết included."),
            Severity.WARNING,
        )
    for day in sorted(set(own.extra) & (set(own.removed) | set(own.extra_workdays))):
        yield Problem(
            _("{day} is named both as a day off and as a working day.", day=day.isoformat()),
            _("Keep it in one list of section [holidays] only."),
        )


def _web(settings: Settings) -> Iterator[Problem]:
    if not _is_loopback(settings.web.host):
        yield Problem(
            _("The web page listens on {host}: other machines can reach it.", host=settings.web.host),
            _('Write host = "127.0.0.1" in section [web], unless a protected proxy stands before it.'),
            Severity.WARNING,
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _telegram(settings: Settings) -> Iterator[Problem]:
    token = settings.telegram.token
    if token is None:
        yield Problem(
            _("No messenger is set up: the program runs with the local page only."),
            _("Put the bot's token into TIENDO_TELEGRAM_TOKEN or TIENDO_TELEGRAM_TOKEN_FILE."),
            Severity.INFO,
        )
    elif not _TOKEN.fullmatch(token):
        yield Problem(
            _("The Telegram token does not look like one."),
            _("Copy it from @BotFather again, whole: digits, a colon and about 35 letters."),
        )


def _delivery(settings: Settings) -> Iterator[Problem]:
    if settings.delivery.first_pause_secs > settings.delivery.longest_pause_secs:
        yield Problem(
            _("first_pause_secs is longer than longest_pause_secs."),
            _("Make first_pause_secs the smaller one in section [delivery]."),
            Severity.WARNING,
        )


def _environment(environ: Mapping[str, str]) -> Iterator[Problem]:
    for variable in SECRET_VARIABLES:
        file = environ.get(variable + FILE_SUFFIX, "").strip()
        if file and _others_may_read(Path(file)):
            yield Problem(
                _("Other users of this machine can read {file}, which holds a secret.", file=file),
                _("Run: chmod 600 {file}", file=file),
                Severity.WARNING,
            )
    for name in sorted(environ):
        near = get_close_matches(name, _VARIABLES, n=1, cutoff=0.85)
        if near and name not in _VARIABLES:
            yield Problem(
                _("The variable {name} is not used by this program.", name=name),
                _("Did you mean {near}?", near=near[0]),
                Severity.WARNING,
            )


def _others_may_read(path: Path) -> bool:
    # Windows keeps no such bits; there os.stat shows every file as readable by all.
    if os.name != "posix" or not path.is_file():
        return False
    return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRGRP | stat.S_IROTH))
