"""`tiendo understand`: chat lines on standard input, what each means on standard output.

One JSON object a line; with --explain, the words behind each figure, for people to read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from bot.commands.explained import explained
from bot.commands.shared import complain, say
from bot.language.contract import BadLine, as_json, parse_line, read_line
from bot.language.explain import explain
from bot.language.reader import understand
from domain.understanding import Intent, Reading
from messages_vi.catalogue import _
from messages_vi.formats import local_date


def run(args: argparse.Namespace) -> int:
    """Answer every line, in order and at once; return 0 at the end of the input.

    A line that is out of form is answered too, with "error" in the answer, and told on standard error.
    """
    answer = _json(explained=args.explain) if args.json or not args.explain else _for_people
    for place, line in enumerate(_lines(), 1):
        said = _guarded(answer, place, line)
        if said:
            say(said)
        sys.stdout.flush()
    return 0


def _lines() -> Iterator[str]:
    # As bytes: only "\n" ends a line here, and bytes that are no text must not stop the ones that follow.
    for line in sys.stdin.buffer:
        yield line.decode("utf-8-sig", errors="replace").rstrip("\r\n")


def _guarded(answer: Callable[[int, str, date], str], place: int, line: str) -> str:
    try:
        return answer(place, line, local_date(datetime.now(UTC)))
    except Exception as error:  # Whoever feeds the lines waits for one answer to each.
        fault = f"{type(error).__name__}: {error}"
        complain([_("Line {place} could not be read ({fault}).", place=str(place), fault=fault)])
        return _dumped(as_json(Reading(Intent.OTHER, "")) | {"error": {"field": "", "expected": "text"}})


def _json(*, explained: bool) -> Callable[[int, str, date], str]:
    def answer(place: int, line: str, today: date) -> str:
        told = read_line(line, today, explained=explained)
        if "error" in told:
            _complain_of(place, told["error"]["field"], told["error"]["expected"])
        return _dumped(told)

    return answer


def _for_people(place: int, line: str, today: date) -> str:
    try:
        asked = parse_line(line, today)
    except BadLine as error:
        _complain_of(place, error.field, error.expected)
        return ""
    reading = understand(asked.text, asked.today, asked.previous)
    why = explain(asked.text, asked.today, reading, asked.previous)
    return "\n".join(explained(asked.text, asked.today, reading, why))


def _complain_of(place: int, field: str, expected: str) -> None:
    wanted = _(expected)
    if field:
        told = _("Line {place}: “{field}” must be {wanted}.", place=str(place), field=field, wanted=wanted)
    else:
        told = _(
            "Line {place} is an object out of form: it must be {wanted}.", place=str(place), wanted=wanted
        )
    complain([told])


def _dumped(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)
