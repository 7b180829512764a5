from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.checks import Claim, Doubt, DoubtKind, PlausibilityLimits, doubts
from domain.ledger import Report, ReportState
from domain.people import Unit, UnitKind, UnitLevel
from domain.plan import Indicator, Measure

TODAY = date(2024, 6, 10)
YEAR_STARTS_ON = date(2023, 12, 15)
LIMITS = PlausibilityLimits(absolute={"doi_thoai": 12, "doan_vien_moi": 300}, default=50)
ENTERPRISE = (UnitKind.ENTERPRISE,)
MEMBERS = Indicator("doan_vien_moi", "đoàn viên mới", "đoàn viên", Measure.SUM)
DIALOGUE = Indicator("doi_thoai", "đối thoại", "doanh nghiệp", Measure.DISTINCT_UNITS, ENTERPRISE)
CONFERENCE = replace(DIALOGUE, code="hoi_nghi_nld")
FACTORY = Unit("a", "Hạt điều Phước Minh", UnitLevel.GRASSROOTS, UnitKind.ENTERPRISE, workers=120, id=7)
SCHOOL = replace(FACTORY, code="b", kind=UnitKind.SCHOOL, workers=None, id=8)
STRANGE_SIZE = replace(FACTORY, workers=None)
MOSTLY_MEMBERS = replace(FACTORY, workers=320, members=248)


def a_claim(indicator: Indicator, value: int, on: date | None = None, unit: Unit = FACTORY) -> Claim:
    return Claim(indicator, value, unit, period_id=2, happened_on=on)


def a_row(indicator: Indicator, value: int, on: date | None = None, period_id: int = 2) -> Report:
    written = datetime(2024, 5, 2, tzinfo=UTC)
    return Report(indicator.code, value, 7, period_id, ReportState.PENDING, "b", written, on, id=31)


def kinds(claim: Claim, *earlier: Report) -> list[DoubtKind]:
    return [doubt.kind for doubt in doubts(claim, TODAY, YEAR_STARTS_ON, earlier, LIMITS)]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        pytest.param(a_claim(MEMBERS, 5, date(2024, 4, 12)), [], id="nothing odd"),
        pytest.param(a_claim(MEMBERS, 120), [], id="as many as there are workers"),
        pytest.param(a_claim(MEMBERS, 121), [DoubtKind.TOO_MANY], id="more than there are workers"),
        pytest.param(a_claim(MEMBERS, 72, unit=MOSTLY_MEMBERS), [], id="as many as are no members yet"),
        pytest.param(
            a_claim(MEMBERS, 254, unit=MOSTLY_MEMBERS),
            [DoubtKind.TOO_MANY],
            id="more than are no members yet",
        ),
        pytest.param(a_claim(MEMBERS, 300, unit=STRANGE_SIZE), [], id="workers unknown"),
        pytest.param(
            a_claim(MEMBERS, 301, unit=STRANGE_SIZE), [DoubtKind.TOO_MANY], id="workers unknown, too many"
        ),
        pytest.param(a_claim(DIALOGUE, 13), [DoubtKind.TOO_MANY], id="dialogues are not held by head"),
        pytest.param(a_claim(CONFERENCE, 51), [DoubtKind.TOO_MANY], id="beyond the limit of all others"),
        pytest.param(a_claim(MEMBERS, 5, TODAY), [], id="today"),
        pytest.param(a_claim(MEMBERS, 5, date(2024, 6, 11)), [DoubtKind.FUTURE_DATE], id="tomorrow"),
        pytest.param(a_claim(MEMBERS, 5, YEAR_STARTS_ON), [], id="the plan year's first day"),
        pytest.param(a_claim(MEMBERS, 5, date(2023, 12, 14)), [DoubtKind.OLD_DATE], id="the day before"),
        pytest.param(a_claim(DIALOGUE, 1, unit=SCHOOL), [DoubtKind.WRONG_KIND], id="a school's dialogue"),
        pytest.param(a_claim(DIALOGUE, 0, unit=SCHOOL), [], id="a school without dialogue"),
        pytest.param(
            a_claim(DIALOGUE, 100, date(2025, 4, 12), SCHOOL),
            [DoubtKind.WRONG_KIND, DoubtKind.FUTURE_DATE, DoubtKind.TOO_MANY],
            id="everything odd at once",
        ),
    ],
)
def test_it_doubts_what_is_odd_in_itself(claim: Claim, expected: list[DoubtKind]) -> None:
    assert kinds(claim) == expected


def test_it_doubts_what_lies_more_than_a_year_back_though_the_plan_year_is_longer() -> None:
    claim = a_claim(MEMBERS, 5, date(2023, 6, 9))
    long_ago = date(2022, 1, 1)
    assert doubts(claim, TODAY, long_ago, (), LIMITS) == (Doubt(DoubtKind.OLD_DATE),)
    assert doubts(replace(claim, happened_on=date(2023, 6, 10)), TODAY, long_ago, (), LIMITS) == ()


MAY_2, MAY_3 = date(2024, 5, 2), date(2024, 5, 3)


@pytest.mark.parametrize(
    ("claim", "row", "expected"),
    [
        pytest.param(a_claim(MEMBERS, 5), a_row(MEMBERS, 5), True, id="both undated"),
        pytest.param(a_claim(MEMBERS, 5, MAY_2), a_row(MEMBERS, 5, MAY_2), True, id="same day"),
        pytest.param(a_claim(MEMBERS, 5, MAY_2), a_row(MEMBERS, 5), True, id="the row undated"),
        pytest.param(a_claim(MEMBERS, 5), a_row(MEMBERS, 5, MAY_2), True, id="the claim undated"),
        pytest.param(a_claim(MEMBERS, 5, MAY_3), a_row(MEMBERS, 5, MAY_2), False, id="another day"),
        pytest.param(a_claim(MEMBERS, 6), a_row(MEMBERS, 5), False, id="another figure"),
        pytest.param(a_claim(MEMBERS, 5), a_row(MEMBERS, 5, period_id=1), False, id="another period"),
        pytest.param(a_claim(MEMBERS, 1), a_row(DIALOGUE, 1), False, id="another indicator"),
        pytest.param(a_claim(MEMBERS, 0), a_row(MEMBERS, 0), False, id="nil twice"),
        pytest.param(
            a_claim(MEMBERS, 5), replace(a_row(MEMBERS, 5), unit_id=9), False, id="another unit's row"
        ),
        pytest.param(
            a_claim(MEMBERS, 5),
            replace(a_row(MEMBERS, 5), subject="hung phat"),
            False,
            id="another enterprise",
        ),
        pytest.param(
            a_claim(MEMBERS, 5), replace(a_row(MEMBERS, 5), state=ReportState.RETURNED), False, id="returned"
        ),
        pytest.param(
            a_claim(MEMBERS, 5),
            replace(a_row(MEMBERS, 5), state=ReportState.WITHDRAWN),
            False,
            id="withdrawn",
        ),
        pytest.param(
            a_claim(MEMBERS, 5),
            replace(a_row(MEMBERS, 5), state=ReportState.UNCONFIRMED),
            True,
            id="not yet confirmed",
        ),
    ],
)
def test_it_asks_about_a_repeated_figure(claim: Claim, row: Report, expected: bool) -> None:
    assert (DoubtKind.REPEATED in kinds(claim, row)) is expected


def test_it_hands_over_the_figures_that_the_question_needs() -> None:
    row = a_row(MEMBERS, 121)
    assert doubts(a_claim(MEMBERS, 121), TODAY, YEAR_STARTS_ON, [row], LIMITS) == (
        Doubt(DoubtKind.TOO_MANY, limit=120),
        Doubt(DoubtKind.REPEATED, earlier=row),
    )


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        pytest.param(a_claim(DIALOGUE, 1, MAY_3), [DoubtKind.ALREADY_COUNTED], id="the second dialogue"),
        pytest.param(
            a_claim(DIALOGUE, 1), [DoubtKind.REPEATED, DoubtKind.ALREADY_COUNTED], id="perhaps the same one"
        ),
        pytest.param(a_claim(DIALOGUE, 0), [], id="no dialogue"),
        pytest.param(replace(a_claim(DIALOGUE, 1), subject="hung phat"), [], id="another enterprise"),
        pytest.param(a_claim(CONFERENCE, 1), [], id="another indicator"),
        pytest.param(a_claim(MEMBERS, 4), [], id="persons add up"),
    ],
)
def test_it_says_that_an_enterprise_counts_once_a_year(claim: Claim, expected: list[DoubtKind]) -> None:
    earlier = (a_row(DIALOGUE, 1, MAY_2), a_row(MEMBERS, 3, MAY_2))
    assert kinds(claim, *earlier) == expected


def test_it_says_so_across_periods() -> None:
    assert kinds(a_claim(DIALOGUE, 1), a_row(DIALOGUE, 1, period_id=1)) == [DoubtKind.ALREADY_COUNTED]
