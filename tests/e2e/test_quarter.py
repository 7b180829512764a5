"""The office's quarter from end to end, on Telegram and on the local page: one story, told twice."""

from __future__ import annotations

import os
from pathlib import Path

from tests.e2e import story
from tests.e2e.world import page_world, telegram_world


def test_the_quarter_is_lived_on_telegram(tmp_path: Path, database_url: str) -> None:
    with telegram_world(tmp_path, database_url, story.BEGINS) as world:
        story.tell(world)


def test_the_quarter_is_lived_on_the_local_page(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'tiendo.sqlite3'}"
    with page_world(tmp_path, database, story.BEGINS, _pictures()) as world:
        story.tell(world)


def _pictures() -> Path | None:
    """Return the folder in which somebody wants to have pictures of the page, if anybody does."""
    wanted = os.environ.get("TIENDO_SCREENSHOTS")
    if not wanted:
        return None
    folder = Path(wanted)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
