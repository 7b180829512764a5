"""The promised figures, on every committed batch of labelled lines; one that breaks them names its lines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.understanding.__main__ import described
from tests.understanding.score import Score, Verdict, labelled_files, read_lines, score

EXACT_PERCENT = 97
DETAIL_PERCENT = 97
ASK_PERCENT = 5
FILES = labelled_files()


@pytest.fixture(scope="module", params=FILES, ids=[path.name for path in FILES])
def batch(request: pytest.FixtureRequest) -> Score:
    path: Path = request.param
    return score(read_lines(path))


def _listed(verdicts: Iterable[Verdict]) -> str:
    return "\n".join(line for one in verdicts for line in ("", *described(one)))


def test_intents_and_figures_are_read_as_labelled(batch: Score) -> None:
    assert batch.exact_percent >= EXACT_PERCENT, _listed(one for one in batch.verdicts if not one.exact)


@pytest.mark.parametrize("detail", ["on", "place"])
def test_days_and_places_are_read_as_labelled(batch: Score, detail: str) -> None:
    assert batch.detail_percent(detail) >= DETAIL_PERCENT, _listed(
        one for one in batch.verdicts if one.right[detail] < len(one.line["items"])
    )


def test_no_wrong_figure_is_recorded_without_asking(batch: Score) -> None:
    assert not batch.silent_wrong, _listed(batch.silent_wrong)


def test_few_lines_ask_that_need_not(batch: Score) -> None:
    assert batch.ask_percent <= ASK_PERCENT, _listed(
        one for one in batch.verdicts if one.asks and not one.may_ask
    )
