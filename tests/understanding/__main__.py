"""`make understanding`: score, confusion by intent and the failing lines of labelled chat lines.

Without arguments the committed lines are scored, else the files that are named.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.understanding.score import DETAILS, Line, Score, Verdict, labelled_files, read_lines, score


def main(arguments: Sequence[str]) -> int:
    """Print the report; return 2 when a file cannot be read or holds something else."""
    paths = [Path(name) for name in arguments] or labelled_files()
    try:
        scores = [(str(path), score(read_lines(path))) for path in paths]
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write("\n".join(report(scores)) + "\n")
    return 0


def report(scores: Sequence[tuple[str, Score]]) -> Iterator[str]:
    """Yield the lines of the report: one row a file, all together, confusion, what fails."""
    yield from (_row(name, one) for name, one in scores)
    whole = Score(tuple(verdict for _, one in scores for verdict in one.verdicts))
    if len(scores) > 1:
        yield _row("all", whole)
    yield from _intents(whole)
    yield from _failing(whole)


def _row(name: str, one: Score) -> str:
    details = ", ".join(f"{detail} {one.detail_percent(detail):.1f} %" for detail in DETAILS)
    return (
        f"{name}: {len(one.verdicts)} lines, {one.items} items\n"
        f"  exact {one.exact_percent:.1f} %, full {one.full_percent:.1f} %, {details}\n"
        f"  asks {one.ask_percent:.1f} % of the lines not marked, silent on {len(one.unasked)} marked\n"
        f"  wrong without asking {len(one.silent_wrong)}, missed without asking {len(one.silent_misses)}"
    )


def _intents(whole: Score) -> Iterator[str]:
    """Yield for each labelled intent how many lines it has and as what they were read."""
    confusion = whole.confusion()
    yield "\nintent: lines, as read"
    for intent in sorted({labelled for labelled, _ in confusion}):
        read = {got: count for (labelled, got), count in confusion.items() if labelled == intent}
        others = ", ".join(f"{got} {count}" for got, count in sorted(read.items()) if got != intent)
        right = f"{intent}: {sum(read.values())}, right {read.get(intent, 0)}"
        yield f"  {right}{', ' + others if others else ''}"


def _failing(whole: Score) -> Iterator[str]:
    failing = [one for one in whole.verdicts if one.fails]
    yield f"\nfailing: {len(failing)}" if failing else "\nevery line is read as labelled"
    for one in failing:
        yield from described(one)


def described(one: Verdict) -> Iterator[str]:
    """Yield what was labelled and what was read, under the line itself."""
    silent = one.is_silent_wrong or one.is_silent_miss
    yield f"- {one.line.get('id')} [{one.line['today']}]{' SILENT' if silent else ''} {one.line['text']!r}"
    yield f"    labelled {_told(one.line, one.may_ask)}"
    yield f"    read     {_told(one.reading, one.asks)}"


def _told(told: Line, asks: bool) -> str:
    return f"{told['intent']} {'; '.join(_items(told['items']))}{' ask' if asks else ''}"


def _items(items: Iterable[Line]) -> Iterator[str]:
    for item in items:
        details = [f"{detail}={item[detail]}" for detail in DETAILS if item.get(detail) is not None]
        yield " ".join([f"{item['indicator']}={item['value']}", *details])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
