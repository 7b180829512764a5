"""How soon the command line answers and the program is ready, and what it holds in memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

RUNS = 5
_ROOT = Path(__file__).parent.parent


def table() -> list[tuple[str, str, str]]:
    """Return rows of (what, measured, goal)."""
    bare = median(_secs("-c", "pass") for _ in range(RUNS))
    help_secs = median(_secs("-m", "bot", "--help") for _ in range(RUNS))
    ready = [_ready() for _ in range(RUNS)]
    ready_secs, megabytes = median(one[0] for one in ready), median(one[1] for one in ready)
    return [
        ("tiendo --help (bare interpreter in brackets)", f"{help_secs:.2f} s ({bare:.2f} s)", "<= 0.3 s"),
        ("tiendo run ready on a current database", f"{ready_secs:.2f} s", "<= 2 s"),
        ("memory of tiendo run", f"{megabytes:.0f} MB", "<= 150 MB"),
    ]


def _secs(*given: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *given], check=True, capture_output=True, cwd=_ROOT)  # noqa: S603
    return time.perf_counter() - begun


def _ready() -> tuple[float, float]:
    """Return the seconds until the second start is ready, and its resident megabytes."""
    with TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        config.write_text('[database]\nurl = "sqlite:///x.sqlite3"\n[web]\nport = 0\n', encoding="utf-8")
        _start(folder)
        return _start(folder)


def _start(folder: str) -> tuple[float, float]:
    environ = {**os.environ, "PYTHONPATH": str(_ROOT)}
    environ.pop("TIENDO_TELEGRAM_TOKEN", None)
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=folder, env=environ, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    secs = time.perf_counter() - begun
    pages = int(Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1])
    process.terminate()
    process.wait(20)
    process.stdout.close()
    return secs, pages * os.sysconf("SC_PAGE_SIZE") / 2**20
