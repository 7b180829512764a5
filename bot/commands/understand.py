"""`tiendo understand`: chat lines on standard input, what each means on standard output, as JSON lines."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.commands.shared import complain, say
from bot.language.contract import as_json, read_line
from domain.understanding import Intent, Reading
from messages_vi.catalogue import _
from messages_vi.formats import local_date


def run(args: argparse.Namespace) -> int:
    """Answer every line with one JSON object, in order and at once; return 0 at the end of the input."""
    for place, line in enumerate(_lines(), 1):
        say(json.dumps(_answer(place, line), ensure_ascii=False))
        sys.stdout.flush()
    return 0


def _lines() -> Iterator[str]:
    # As bytes: only "\n" ends a line here, and bytes that are no text must not stop the ones that follow.
    for line in sys.stdin.buffer:
        yield line.decode("utf-8-sig", errors="replace").rstrip("\r\n")


def _answer(place: int, line: str) -> dict[str, object]:
    try:
        return read_line(line, local_date(datetime.now(UTC)))
    except Exception as error:  # Whoever feeds the lines waits for one answer to each.
        fault = f"{type(error).__name__}: {error}"
        complain([_("Line {place} could not be read ({fault}).", place=str(place), fault=fault)])
        return as_json(Reading(Intent.OTHER, ""))
