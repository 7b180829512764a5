"""The command `tiendo`: what can be typed, and how a failure ends.

Exit codes: 0 done · 1 `tiendo check` found problems, or a fault of this program · 2 refused, nothing
changed · 130 stopped with Ctrl-C · 141 whoever reads our output went away.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from bot.commands.shared import Refused, complain, explain, say, use_utf8
from domain.errors import TiendoError
from domain.people import Role
from messages_vi.catalogue import _

DEBUG_VARIABLE = "TIENDO_DEBUG"
FAULT, REFUSED, INTERRUPTED, NOBODY_READS = 1, 2, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every failure is said in Vietnamese on standard error."""
    use_utf8()
    try:
        code = _run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _leave_quietly()
    except TiendoError as error:
        complain(explain(error))
        return REFUSED
    except Exception as error:  # Nobody is left above us, and a traceback helps no one at the office.
        if os.environ.get(DEBUG_VARIABLE) == "1":
            raise
        fault = f"{type(error).__name__}: {error}".partition("\n")[0]
        complain([_("This is a fault of the program ({fault}). TIENDO_DEBUG=1 shows where.", fault=fault)])
        return FAULT


def _run(argv: Sequence[str]) -> int:
    try:
        args = build_parser().parse_args(argv)
    except SystemExit as stop:  # argparse has shown the help.
        return int(stop.code or 0)
    if args.version:
        return _say_version()
    if args.module is None:
        say(args.shown.format_help().rstrip())
        return REFUSED
    # A command loads what it needs and nothing else: the help must be there at once.
    command = import_module(f"bot.commands.{args.module}")
    return int(command.run(args))


def _say_version() -> int:
    from importlib.metadata import version  # Slow to load, and needed here only.

    say(f"tiendo {version('tiendo')}")
    return 0


def _leave_quietly() -> int:
    # What is still buffered would fail again when the interpreter ends, and loudly.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NOBODY_READS


class Parser(argparse.ArgumentParser):
    """A parser that speaks Vietnamese and leaves the ending to `main`."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"allow_abbrev": False, "add_help": False, "formatter_class": _Help, **values})
        self.given = self.add_argument_group(_("What to give"))
        self.options = self.add_argument_group(_("Options"))
        self.options.add_argument("-h", "--help", action="help", help=_("Show this help."))

    def error(self, message: str) -> NoReturn:
        """Raise Refused with one Vietnamese line for argparse's English `message`."""
        usage = " ".join(self.format_usage().split())
        raise Refused(_usage_fault(message, usage))


class _Help(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, prefix if prefix is not None else _("Usage:") + " ")


def _usage_fault(message: str, usage: str) -> str:
    if found := re.search(r"invalid choice: '(.*?)'.*\(choose from (.*)\)", message):
        return _unknown_word(found[1], re.findall(r"[\w-]+", found[2]))
    if found := re.search("arguments are required: (.*)", message):
        return _("{missing} is missing. {usage}", missing=found[1], usage=usage)
    if found := re.search("unrecognized arguments: (.*)", message):
        return _("I do not know what {extra} means here. {usage}", extra=found[1], usage=usage)
    if found := re.search("argument (.*?): expected", message):
        return _("{option} needs a value behind it. {usage}", option=found[1], usage=usage)
    if found := re.search("argument (.*?): not allowed with argument (.*)", message):
        return _("{one} and {other} do not go together.", one=found[1], other=found[2])
    return message.partition(": ")[2] if message.startswith("argument ") else usage


def _unknown_word(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    if near:
        return _("There is no “{word}” here. Did you mean “{near}”?", word=word, near=near[0])
    return _("There is no “{word}” here. Choose one of: {known}.", word=word, known=", ".join(known))


def build_parser() -> Parser:
    """Return everything that can be typed behind `tiendo`."""
    parser = Parser(prog="tiendo", description=_("Reports, reminders and progress for a union office."))
    parser.set_defaults(module=None, shown=parser, config=None)
    parser.options.add_argument("--version", action="store_true", help=_("Show the version."))
    _add_config(parser)
    commands = _group(parser)
    _leaf(commands, "run", _("Run with the messenger, or with the local page when none is set up."))
    _add_demo(commands)
    _leaf(commands, "check", _("Say what is wrong or missing in the set-up, and how to mend it."))
    _add_plan(commands)
    _add_units(commands)
    _add_invite(commands)
    _add_understand(commands)
    return parser


def _add_demo(commands: Any) -> None:
    demo = _leaf(commands, "demo", _("Try everything on a throw-away office with the sample plan."))
    text = _("Where the page is served; 0 takes any free port. 8080 if left out.")
    demo.options.add_argument("--port", type=_port, default=8080, metavar=_("PORT"), help=text)


def _add_plan(commands: Any) -> None:
    plan = _branch(commands, "plan", _("The year's plan: read, import, show."))
    read = _leaf(plan, "read", _("Show what is found in a plan document; nothing is stored."), "plan")
    read.given.add_argument("file", metavar=_("FILE"), help=_("A plan: .docx, .txt or .toml."))
    bring = _leaf(plan, "import", _("Store a plan; a second time shows the difference and asks."), "plan")
    bring.given.add_argument("file", metavar=_("FILE"), help=_("A plan: .docx, .txt or .toml."))
    _add_yes(bring)
    beside = _("Store it beside the year's plan, whatever its period.")
    bring.options.add_argument("--beside", action="store_true", help=beside)
    show = _leaf(plan, "show", _("Show the plans in force."), "plan")
    for one in (read, show):
        one.options.add_argument("--json", action="store_true", help=_("Print JSON for other programs."))


def _add_units(commands: Any) -> None:
    units = _branch(commands, "units", _("The units: template, import, list."))
    template = _leaf(units, "template", _("Write an empty list of units to fill in."), "units")
    template.given.add_argument("file", metavar=_("FILE.xlsx"), help=_("A new Excel file."))
    bring = _leaf(
        units, "import", _("Bring the units in line with a list, after showing what changes."), "units"
    )
    bring.given.add_argument("file", metavar=_("FILE"), help=_("A list of units: .xlsx or .csv."))
    _add_yes(bring)
    _leaf(units, "list", _("List the units and who is chair."), "units")


def _add_invite(commands: Any) -> None:
    invite = _leaf(commands, "invite", _("Make codes by which people join, and print them."))
    invite.given.add_argument(
        "unit", nargs="?", metavar=_("UNIT"), help=_("Part of the unit's name, or its code.")
    )
    add = invite.options.add_argument
    add("--office", action="store_true", help=_("For the office itself; --role is staff if left out."))
    add("--missing", action="store_true", help=_("A code for each union without a chair."))
    add("--role", choices=[role.value for role in Role], metavar=_("ROLE"), help=_("Roles: chair, ..."))
    add("--name", default="", metavar=_("NAME"), help=_('For whom, such as "chị Nguyễn Thị Hoa".'))
    add("--sheet", metavar=_("FILE.html"), help=_("Write a page with cards and QR codes to print."))


def _add_understand(commands: Any) -> None:
    text = _("Read chat lines on standard input and print what each means, as JSON.")
    add = _leaf(commands, "understand", text).options.add_argument
    add("--explain", action="store_true", help=_("Say for people which words led to which figure."))
    add("--json", action="store_true", help=_("With --explain: JSON all the same, with the words in it."))


def _group(parser: Parser) -> Any:
    return parser.add_subparsers(title=_("Commands"), metavar=_("COMMAND"))


def _branch(commands: Any, name: str, text: str) -> Any:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(module=None, shown=parser)
    return _group(parser)


def _leaf(commands: Any, name: str, text: str, module: str = "") -> Parser:
    parser: Parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(module=module or name, action=name)
    _add_config(parser)
    return parser


def _add_config(parser: Parser) -> None:
    # Suppressed, so that a command without the option leaves one before it alone.
    text = _("Read the settings from this file instead of config.toml.")
    parser.options.add_argument(
        "--config", type=Path, default=argparse.SUPPRESS, metavar=_("FILE"), help=text
    )


def _add_yes(parser: Parser) -> None:
    parser.options.add_argument("--yes", action="store_true", help=_("Agree at once, without a question."))


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(_("{text} is no port: a number from 0 to 65535.", text=text))
    return int(text)
