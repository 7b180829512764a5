"""One report message, from the raw Telegram update to the committed reply, against an echo bot.

The second row adds what the echo also does, the sending: claim, HTTP request, receipt on disk. Both
programs poll the same fake Telegram in processes of their own and answer the same messages; what is compared
is the CPU time of the answering process alone. The echo bot is python-telegram-bot's simplest.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import IO, Any

MESSAGES = 300
WARM_UP = 30
RUNS = 3
LIMIT_RATIO = 3.0
_TICKS = os.sysconf("SC_CLK_TCK")
_DEADLINE_SECS = 120


@dataclass(frozen=True)
class Fake:
    """A fake Telegram in a process of its own, moved over HTTP."""

    addresses: dict[str, str]

    def do(self, action: str, **given: Any) -> Any:
        request = urllib.request.Request(  # noqa: S310 - the address is the fake's own, on this machine
            f"{self.addresses['control']}/{action}",
            json.dumps(given).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - as above
            return json.load(answer)

    def wait_for(self, total: int) -> None:
        """Return once the bot has sent `total` messages."""
        deadline = time.monotonic() + _DEADLINE_SECS
        while self.do("sent", after=10**9)["total"] < total:
            if time.monotonic() > deadline:
                raise TimeoutError(f"only {self.do('sent', after=10**9)['total']} of {total} replies")
            time.sleep(0.01)


@contextmanager
def fake_telegram() -> Iterator[Fake]:
    """Run a fake Telegram for as long as the block lasts."""
    with _process("tests.fakes.telegram") as process:
        assert process.stdout is not None
        yield Fake(json.loads(process.stdout.readline()))


def cpu_ms_per_message(bot: str, *how: str) -> float:
    """Return the CPU milliseconds that one message costs the bot named by its module."""
    with TemporaryDirectory() as folder, fake_telegram() as fake:
        given = [fake.addresses["base_url"], fake.addresses["token"], folder, str(MESSAGES + WARM_UP), *how]
        with _process(bot, *given) as process:
            lines = process.stdout
            assert lines is not None
            lines.readline()
            _send(fake, range(WARM_UP))
            _wait(fake, lines, WARM_UP, WARM_UP, held=bool(how))
            before = _cpu_secs(process.pid)
            _send(fake, range(WARM_UP, WARM_UP + MESSAGES))
            _wait(fake, lines, MESSAGES, WARM_UP + MESSAGES, held=bool(how))
            return (_cpu_secs(process.pid) - before) / MESSAGES * 1000


def _wait(fake: Fake, lines: IO[str], new: int, total: int, *, held: bool) -> None:
    if held:
        for _handled in range(new):
            lines.readline()
    else:
        fake.wait_for(total)


def table() -> list[tuple[str, str, str]]:
    """Measure both several times in turn and return rows of (what, measured, goal)."""
    echo, turn, sent = [], [], []
    for _run in range(RUNS):
        echo.append(cpu_ms_per_message("benchmarks.bots.echo"))
        turn.append(cpu_ms_per_message("benchmarks.bots.tiendo", "hold"))
        sent.append(cpu_ms_per_message("benchmarks.bots.tiendo"))
    return [
        ("update in -> reply committed, against an echo bot", _ratio(turn, echo), f"<= {LIMIT_RATIO:.0f}x"),
        ("the same, reply sent and receipt committed", _ratio(sent, echo), "-"),
    ]


def _ratio(ours: list[float], theirs: list[float]) -> str:
    ratio = median(ours) / median(theirs)
    return f"{median(ours):.2f} ms / {median(theirs):.2f} ms = {ratio:.2f}x"


def _send(fake: Fake, users: range) -> None:
    for user in users:
        fake.do(
            "sends", user=1000 + user, text=f"kết nạp {user % 9 + 1} đoàn viên ngày 12/4, đối thoại 1 lần"
        )


@contextmanager
def _process(module: str, *given: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, "-m", module, *given],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _cpu_secs(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
