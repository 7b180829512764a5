from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger import Report, ReportState, RunningTotal
from domain.totals import TotalChange, TotalKey, change, counted_total, moved

YEARS = {1: 2024, 2: 2024, 3: 2025}
PENDING = Report(
    "doan_vien_moi", 5, 7, 1, ReportState.PENDING, "b1", datetime(2024, 4, 12, tzinfo=UTC), date(2024, 4, 12)
)
APPROVED = replace(PENDING, state=ReportState.APPROVED)
KEY = TotalKey(2024, "doan_vien_moi", 7, 1, "")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(None, PENDING, [TotalChange(KEY, 0, 5)], id="confirmed"),
        pytest.param(PENDING, APPROVED, [TotalChange(KEY, 5, -5)], id="approved"),
        pytest.param(
            PENDING, replace(PENDING, state=ReportState.RETURNED), [TotalChange(KEY, 0, -5)], id="returned"
        ),
        pytest.param(
            APPROVED,
            replace(APPROVED, state=ReportState.WITHDRAWN),
            [TotalChange(KEY, -5, 0)],
            id="withdrawn",
        ),
        pytest.param(None, replace(PENDING, state=ReportState.UNCONFIRMED), [], id="not yet confirmed"),
        pytest.param(APPROVED, replace(APPROVED, note="seen"), [], id="nothing that counts"),
        pytest.param(PENDING, None, [TotalChange(KEY, 0, -5)], id="erased"),
        pytest.param(None, replace(PENDING, value=0), [], id="nil"),
        pytest.param(
            PENDING,
            replace(PENDING, period_id=3),
            [TotalChange(KEY, 0, -5), TotalChange(TotalKey(2025, "doan_vien_moi", 7, 3, ""), 0, 5)],
            id="moved to another period",
        ),
    ],
)
def test_it_moves_the_totals_by_what_changed(
    old: Report | None, new: Report | None, expected: list[TotalChange]
) -> None:
    assert list(change(old, new, YEARS)) == expected


def test_it_adds_up_only_pending_and_approved_rows() -> None:
    rows = [replace(PENDING, state=state) for state in ReportState] + [replace(APPROVED, subject="hung phat")]
    assert counted_total(rows, YEARS) == (
        RunningTotal(2024, "doan_vien_moi", 7, 1, "", approved=5, pending=5),
        RunningTotal(2024, "doan_vien_moi", 7, 1, "hung phat", approved=5, pending=0),
    )


def test_it_keeps_the_id_of_a_total_that_moves_and_drops_one_that_is_spent() -> None:
    before = (
        RunningTotal(2024, "doan_vien_moi", 7, 1, "", approved=0, pending=5, id=31),
        RunningTotal(2024, "doi_thoai", 7, 1, "", approved=0, pending=1, id=32),
    )
    changes = (*change(PENDING, APPROVED, YEARS), TotalChange(TotalKey(2024, "doi_thoai", 7, 1, ""), 0, -1))
    assert moved(before, changes) == (replace(before[0], approved=5, pending=0),)


def test_it_refuses_a_row_of_an_unknown_period() -> None:
    with pytest.raises(KeyError):
        counted_total([replace(PENDING, period_id=99)], YEARS)


rows = st.builds(
    replace,
    st.just(PENDING),
    indicator=st.sampled_from(["doan_vien_moi", "doi_thoai"]),
    value=st.integers(0, 40),
    unit_id=st.integers(1, 2),
    period_id=st.sampled_from(sorted(YEARS)),
    subject=st.sampled_from(["", "hung phat"]),
    state=st.sampled_from(ReportState),
)


@given(st.lists(st.lists(rows, min_size=1, max_size=4), max_size=6))
def test_moving_along_gives_what_recomputing_gives(histories: list[list[Report]]) -> None:
    totals: tuple[RunningTotal, ...] = ()
    for history in histories:
        # Each history is one row of the ledger, from being written to its last state.
        for old, new in zip([None, *history], history, strict=False):
            totals = moved(totals, change(old, new, YEARS))
    assert totals == counted_total([history[-1] for history in histories], YEARS)
