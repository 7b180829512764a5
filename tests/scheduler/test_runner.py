"""The metronome goes on after a failure and stops without a complaint."""

from __future__ import annotations

import asyncio

import pytest

from scheduler.runner import Metronome

PATIENCE_SECS = 10


async def test_a_beat_that_fails_is_logged_and_the_next_one_comes(caplog: pytest.LogCaptureFixture) -> None:
    beaten = asyncio.Event()
    beats = 0

    async def beat() -> None:
        nonlocal beats
        beats += 1
        if beats == 1:
            raise ValueError("the first one")
        beaten.set()

    metronome = Metronome(beat, 0.01)
    metronome.start()
    async with asyncio.timeout(PATIENCE_SECS):
        await beaten.wait()
    metronome.stop()
    assert "a beat of the clock failed; the next one comes" in caplog.text


async def test_it_stops_in_the_middle_of_a_beat_without_a_complaint(caplog: pytest.LogCaptureFixture) -> None:
    begun, cut = asyncio.Event(), asyncio.Event()

    async def beat() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cut.set()

    metronome = Metronome(beat, 0.01)
    metronome.start()
    async with asyncio.timeout(PATIENCE_SECS):
        await begun.wait()
        metronome.stop()
        await cut.wait()
    await asyncio.sleep(0)  # The scheduler hears of the end of its job in the next turn of the loop.
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
