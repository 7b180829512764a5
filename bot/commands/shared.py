"""What every command does alike: say, ask, read a file, write a file, and turn a failure into a sentence.

Nothing heavy is imported here: `tiendo --help` goes through this module.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from bot.config import ConfigProblems
from domain.errors import ChannelError, DatabaseTooNew, InputError, StorageError, TiendoError
from domain.marks import plain
from messages_vi.catalogue import Marked, _, mark

MAX_FILE_BYTES = 25_000_000
"""Larger than anything that a reader accepts, so that the reader's own limit speaks first."""


class Refused(TiendoError):
    """What was asked cannot be done; `lines` are finished Vietnamese sentences that say why."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


def use_utf8() -> None:
    """Let Vietnamese through whatever the machine's language is set to."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def say(*lines: str) -> None:
    """Write lines to standard output, without marks."""
    _write(sys.stdout, lines)


def complain(lines: Iterable[str]) -> None:
    """Write what went wrong to standard error: one line alone, several with numbers before them."""
    _write(sys.stderr, numbered(list(lines)))


def numbered(lines: Sequence[str]) -> list[str]:
    """Return the lines with numbers before them, or a single one as it is."""
    return [f"{place}. {line}" for place, line in enumerate(lines, 1)] if len(lines) > 1 else list(lines)


def agree(question: str) -> bool:
    """Ask whoever sits at the terminal and return whether the answer was yes; anything unclear is a no.

    Raises: Refused when nobody sits there.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise Refused(_("Nobody is at the terminal to agree. Nothing was changed. Run it again with --yes."))
    sys.stdout.write(f"{plain(question)} {_('(y/n)')} ")
    sys.stdout.flush()
    answer = sys.stdin.readline().strip().casefold()
    return answer in _("words for yes at a terminal").split("|")


def read_file(path: str) -> tuple[str, bytes]:
    """Return the name by which a file is spoken of, and its bytes, at most one more than MAX_FILE_BYTES.

    Raises: Refused when there is no such file, or it cannot be read.
    """
    name = Path(path).name or path
    try:
        with Path(path).open("rb") as file:
            return name, file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise Refused(_("There is no file {path}. Check the name and the folder.", path=path)) from None
    except (IsADirectoryError, NotADirectoryError):
        raise Refused(_("{path} is a folder, not a file. Name the file in it.", path=path)) from None
    except (OSError, ValueError) as error:
        raise Refused(_("The file {path} cannot be opened. Check who may read it.", path=path)) from error


def write_file(path: str, content: bytes, *, private: bool = False) -> None:
    """Write a new file, readable by its owner only when `private`. An existing one is never overwritten.

    Raises: Refused when it exists already or cannot be written; then nothing of it is left.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o600 if private else 0o666)
    except FileExistsError:
        text = _("{path} exists already and was not touched. Choose another name.", path=path)
        raise Refused(text) from None
    except (OSError, ValueError) as error:
        raise Refused(_unwritable(path)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError as error:
        Path(path).unlink(missing_ok=True)
        raise Refused(_unwritable(path)) from error


def _unwritable(path: str) -> Marked:
    return _("{path} cannot be written. Check the folder and the room on it.", path=path)


def explain(error: TiendoError) -> list[str]:
    """Return the Vietnamese lines that tell a person what went wrong and what to do; never empty."""
    if isinstance(error, Refused):
        return list(error.lines)
    if isinstance(error, ConfigProblems):
        return [f"{problem.text} {problem.mend}" for problem in error.problems]
    if isinstance(error, StorageError):
        return [database_fault(error, _("named in section [database]"))]
    if isinstance(error, InputError) and error.code in SENTENCES:
        return [_(SENTENCES[error.code], **error.values)]
    if isinstance(error, ChannelError):
        return [_("The messenger does not answer or does not accept the token. Run tiendo check.")]
    kind = error.code if isinstance(error, InputError) else type(error).__name__
    return [_("This cannot be done ({kind}). Nothing was changed.", kind=kind)]


def database_fault(error: StorageError, place: str) -> Marked:
    """Return what is wrong with the database at `place` and what to do."""
    if isinstance(error, DatabaseTooNew):
        return _("The database {place} was written by a newer version. Update this program.", place=place)
    reason = str(error).strip().partition("\n")[0] or type(error).__name__
    key = next((key for sign, key in _DATABASE_FAULTS if re.search(sign, reason, re.IGNORECASE)), None)
    if key is None:
        return _("The database {place} cannot be used: {reason}", place=place, reason=reason)
    return _(key, place=place)


_DATABASE_FAULTS = (
    (
        "not a database|holds other tables|no such table|does not exist.*relation",
        mark("{place} is no database of this program, or is damaged. Nothing in it was changed."),
    ),
    ("malformed|corrupt", mark("The database {place} is damaged. Put the latest backup in its place.")),
    ("locked|busy", mark("Another program is writing to the database {place}. Try again in a minute.")),
    ("disk is full|no space", mark("There is no room left for the database {place}.")),
    (
        "readonly|read-only|unable to open|permission|not a directory|file exists|is a directory",
        mark("The database {place} cannot be opened or written. Check the path and who may write there."),
    ),
    ("not a database address|could not parse", mark("{place} is no address of a database.")),
    (
        "connect|timeout|refused|resolve|translate|authentication|password|does not exist",
        mark(
            "The database server {place} does not answer or does not let us in. Check address and password."
        ),
    ),
)

SENTENCES: Mapping[str, str] = {
    "file-too-large": mark("{name} is too large to be read."),
    "unsafe-file": mark("{name} may carry a program, so it is not opened."),
    "unknown-file": mark("{name} is of a kind that is not read here."),
    "unreadable-file": mark("{name} is damaged or locked by a password."),
    "not-a-plan": mark("No target and no task was found. Nothing was stored."),
    "unit_exists": mark("There is a unit {name} already."),
    "role_not_here": mark("Nobody can be {role} at {unit}."),
    "cannot_listen": mark("No page can be served at {host}:{port}."),
    "no_workdays": mark("Section [reminders] leaves no working day in the week."),
    "sending_hours": mark("Section [reminders] has no hours in which messages may be sent."),
    "period_rule": mark("Section [periods]: cut-off {cutoff_day} and due day {due_day} do not fit."),
}
"""What is said for the codes of InputError that a command can meet and does not word itself."""


def _write(stream: TextIO | None, lines: Iterable[str]) -> None:
    if stream is not None:
        stream.write("".join(plain(line) + "\n" for line in lines))
