"""What staff type to correct a plan that they sent: "việc 3: 30/6", "chỉ tiêu 2: 25", "bỏ việc 5"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from bot.conversation.sent_talk import target_line, task_line
from bot.language.answers import fold
from bot.services.plan_drafts import plan_in, with_goal, with_time, without_target, without_task
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import number
from messages_vi.vocabulary import answers

Edit = Callable[[str, int], str | None]


def change_in(text: str) -> tuple[Edit, int, str] | None:
    """Return how the draft is to change, which number, and what is shown of it afterwards."""
    line = " ".join(text.split())
    found = _pattern().match(fold(line))
    if found is None:
        return None
    dropped, place = found["drop"], int(found["place"])
    # The words of a time keep their accents where folding left every letter in its place.
    value = line[found.start("value") :] if len(fold(line)) == len(line) else found["value"]
    is_task = found["what"] in _folded("plan_task")
    if dropped:
        return (without_task if is_task else without_target), place, ""
    if not value:
        return None
    if is_task:
        return (lambda draft, at: with_time(draft, at, value)), place, "task"
    return (lambda draft, at: with_goal(draft, at, value)), place, "target"


def changed_line(draft: str, place: int, shown: str) -> Marked:
    """Return what stands in the draft after a correction."""
    plan = plan_in(draft)
    if shown == "task":
        return join([_("Corrected:"), task_line(place, plan.tasks[place - 1])])
    if shown == "target":
        return join([_("Corrected:"), target_line(place, plan.targets[place - 1])])
    return _(
        "Left out. There are {targets} targets and {tasks} tasks now; those behind moved up.",
        targets=number(len(plan.targets)),
        tasks=number(len(plan.tasks)),
    )


@cache
def _pattern() -> re.Pattern[str]:
    def table(name: str) -> str:
        return "|".join(re.escape(word) for word in sorted(_folded(name)))

    return re.compile(
        rf"^(?P<drop>{table('plan_drop')})?\s*(?P<what>{table('plan_task')}|{table('plan_target')})"
        r"\s*(?:so\s*)?(?P<place>\d{1,4})(?:\s*[:,=.]?\s+|\s*[:=]\s*|$)(?P<value>.*)$"
    )


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in answers()[name])
