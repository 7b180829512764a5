"""The terminal at which the commands are tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.commands.terminal import PLAN, UNITS, Terminal


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal in an empty folder."""
    return Terminal(tmp_path, monkeypatch, capsys)


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    """A terminal where the sample plan and units are stored."""
    assert terminal.types("plan", "import", PLAN).code == 0
    assert terminal.types("units", "import", UNITS, "--yes").code == 0
    return terminal
