"""The running program as a test holds it: started, made to stand still, killed, started again."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from tests.e2e.program import KeptClock
from tests.e2e.waiting import PATIENCE_SECS, until

_ROOT = Path(__file__).parents[2]
_COMPLAINTS = ("Traceback", " ERROR ", " CRITICAL ")


class Program:
    """One `tests.e2e.program` over a folder, its clock at `begins`; ended with the `with` block."""

    def __init__(self, folder: Path, begins: datetime, *arguments: str) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.clock = KeptClock(folder / "clock")
        self.clock.at = begins
        self.address = ""
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Program:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.stop()
        else:
            self.kill()
            error.add_note(f"The program's log:\n{self.log()[-6000:]}")

    def start(self) -> None:
        """Start it and return once it answers; the second time its page has the address of the first."""
        (self.folder / "ready").unlink(missing_ok=True)
        port = ("--port", str(urlsplit(self.address).port)) if self.address else ()
        command = (sys.executable, "-m", "tests.e2e.program", str(self.folder), *self._arguments, *port)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        until(self._is_ready, lambda: f"it did not start:\n{self.log()}")
        self.address = (self.folder / "ready").read_text()

    def kill(self) -> None:
        """End it without a word, as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE_SECS)
        self._process = None

    def stop(self) -> None:
        """Let it end in order; it must have had nothing to complain about in all its runs."""
        if self._process is not None:
            self._process.terminate()
            assert self._process.wait(PATIENCE_SECS) == 0, self.log()
        self._process = None
        assert not any(sign in self.log() for sign in _COMPLAINTS), self.log()

    def hold(self, moment: str) -> None:
        """Ask it to stand still the next time it comes to that moment."""
        (self.folder / f"hold-{moment}").touch()

    def await_held(self, moment: str) -> None:
        """Return once it stands there."""
        held = self.folder / f"held-{moment}"
        until(held.exists, lambda: f"it never came to {moment!r}:\n{self.log()}")
        held.unlink()

    def log(self) -> str:
        """Return everything that it wrote, in all its runs."""
        return (self.folder / "log").read_text()

    def _is_ready(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"it ended with {self._process.returncode}:\n{self.log()}")
        return (self.folder / "ready").exists()
