"""Reading chat lines: how many a second, how the time grows with the text, how soon the reader is loaded.

The peer is dateparser, which reads only the date of the same lines: `parse` takes the line for a date,
`search_dates` looks for one in it. Nothing comparable to the figures is known to us.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from statistics import median

import dateparser
from dateparser.search import search_dates

from bot.language.reader import understand

RUNS = 5
PEER_LINES = 60  # The peer is slow; a part of the lines is enough to know how slow.
LENGTHS = (100, 1_000, 10_000)
_ROOT = Path(__file__).parent.parent
_LINES = _ROOT / "tests" / "bot" / "language" / "lines.jsonl"
_TODAY = date(2024, 6, 19)
_SETTINGS = {"RELATIVE_BASE": datetime(2024, 6, 19)}  # noqa: DTZ001 - the peer wants a naive base
_LONG = "kết nạp 5 đoàn viên mới ngày 12/4 tại cty Sao Mai, đối thoại 1 lần 30 người. "

# Pieces that make a line long; what they repeat is what a careless rule looks back for.
_HOSTILE = (
    _LONG, "kết nạp 5, ", "công ty ", "cty A ", "ngày ", "((", "1. ", "5/4 ", "sửa 5 thành 7 ", "😀", "a",
    "hai mươi ", "nam ", "5 nam 3 nữ ", "-5 ", "5,5 ", "5.", "1.000", "đt 1, ", "ra mắt ", "cho ", "không ",
    "thành lập cđcs ", "từ 5 lên 7 ", "em báo 5 ", "\n5", "/", "e\u0301", "\u200b", "\u202ekết nạp 5 ",
)  # fmt: skip


def table() -> list[tuple[str, str, str]]:
    """Return rows of (what, measured, goal)."""
    texts = _texts()
    few = texts[:: max(1, len(texts) // PEER_LINES)]
    ours, parse, search = _rates(texts, few)
    slowest, piece = max((_secs(_of_length(piece, LENGTHS[-1])), piece) for piece in _HOSTILE)
    return [
        (
            "chat lines read a second (dateparser: the date only)",
            f"{ours:.0f} (parse {parse:.0f}, search_dates {search:.0f})",
            ">= 1000",
        ),
        ("time for 1,000 letters / for 100", f"{_growth(LENGTHS[0], LENGTHS[1]):.1f}x", "<= 12x"),
        ("time for 10,000 letters / for 1,000", f"{_growth(LENGTHS[1], LENGTHS[2]):.1f}x", "<= 12x"),
        (
            "slowest of the odd lines of 10,000 letters",
            f"{slowest * 1000:.0f} ms ({piece!r})"[:34],
            "<= 50 ms",
        ),
        ("loading the language part", f"{_loading() * 1000:.0f} ms", "<= 150 ms"),
    ]


def _texts() -> list[str]:
    return [json.loads(line)["text"] for line in _LINES.read_text(encoding="utf-8").splitlines()]


def _rates(texts: Sequence[str], few: Sequence[str]) -> tuple[float, float, float]:
    """Return lines a second of the reader and of the peer's two ways, measured in turn, medians."""
    readers: tuple[tuple[Callable[[str], object], Sequence[str]], ...] = (
        (lambda text: understand(text, _TODAY), texts),
        (lambda text: dateparser.parse(text, languages=["vi"], settings=_SETTINGS), few),
        (lambda text: search_dates(text, languages=["vi"], settings=_SETTINGS), few),
    )
    measured: list[list[float]] = [[], [], []]
    for run in range(RUNS + 1):
        for rates, (read, lines) in zip(measured, readers, strict=True):
            begun = time.process_time()
            for line in lines:
                read(line)
            if run:  # The first one fills what is remembered.
                rates.append(len(lines) / (time.process_time() - begun))
    ours, parse, search = (median(rates) for rates in measured)
    return ours, parse, search


def _growth(short: int, long: int) -> float:
    return _secs(_of_length(_LONG, long)) / _secs(_of_length(_LONG, short))


def _of_length(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def _secs(text: str) -> float:
    """Return the CPU seconds of reading one text, the median of several."""

    def once() -> float:
        begun = time.process_time()
        understand(text, _TODAY)
        return time.process_time() - begun

    return median(once() for _ in range(RUNS))


def _loading() -> float:
    """Return the seconds that a fresh process takes to import the reader and read its first line."""
    code = (
        "import time; begun = time.perf_counter()\n"
        "from datetime import date\n"
        "from bot.language.reader import understand\n"
        "understand('kết nạp 5', date(2024, 6, 19))\n"
        "print(time.perf_counter() - begun)"
    )

    def once() -> float:
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=_ROOT)  # noqa: S603 - our own code
        return float(done.stdout)

    return median(once() for _ in range(RUNS))
