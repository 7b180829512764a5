"""Waiting for what another process does: look again and again, until a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_SECS = 60.0
_GLANCE_SECS = 0.02


def until(condition: Callable[[], bool], failure: Callable[[], str]) -> None:
    """Return once `condition` holds; fail with the words of `failure` when it never does."""
    deadline = time.monotonic() + PATIENCE_SECS
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(failure())
        time.sleep(_GLANCE_SECS)
