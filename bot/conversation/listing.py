"""Long lists in chat: cut into pages, with choices to turn them; long texts cut to a line."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

from domain.errors import NotFound
from domain.messages import Choice
from messages_vi.catalogue import Marked, _, join

T = TypeVar("T")

PAGE = 10
"""Rows on a page: what a phone shows without losing the first line from sight for long."""


def page_count(rows: int) -> int:
    """Return how many pages `rows` take, at least one."""
    return max(ceil(rows / PAGE), 1)


def last_page(rows: Sequence[object]) -> int:
    """Return the number of the last page; the first is 0."""
    return page_count(len(rows)) - 1


def page_of(rows: Sequence[T], page: int) -> Sequence[T]:
    """Return the rows of one page."""
    return rows[page * PAGE : (page + 1) * PAGE]


def further(rows: Sequence[object], page: int, action: str) -> list[Choice]:
    """Return the choices that turn the page; the action's last number is the page."""
    found = []
    if page < last_page(rows):
        found.append(Choice(_("Following page"), f"{action}.{page + 1}"))
    if page > 0:
        found.append(Choice(_("Previous page"), f"{action}.{page - 1}"))
    return found


def action_numbers(rest: str, count: int) -> list[int]:
    """Return the numbers that stand in an action between dots. Raises: NotFound for one that is not ours."""
    parts = rest.split(".")
    if len(parts) != count or not all(part.isdecimal() and len(part) < 10 for part in parts):
        raise NotFound("action", rest)
    return [int(part) for part in parts]


def shortened(text: str, limit: int) -> Marked:
    """Return `text` without its closing sign, cut at a word with "…" when it is longer than `limit`."""
    text = text.rstrip(".; ")
    return join([text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0].rstrip(",;. ") + "…"])
