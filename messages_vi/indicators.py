"""The indicators of the standing plan, with their Vietnamese names; a new plan may add rows of its own."""

from __future__ import annotations

from domain.people import UnitKind
from domain.plan import Indicator, Measure
from domain.understanding import LOSSES

_ENTERPRISE = (UnitKind.ENTERPRISE,)
_EVERY_KIND = tuple(UnitKind)

COLLECTED = (Indicator(LOSSES, "đoàn viên giảm", "đoàn viên", Measure.SUM, tuple(UnitKind), (), 90),)
"""What is kept when it is told and counts towards no target."""

STANDING = (
    Indicator("doan_vien_moi", "đoàn viên mới", "đoàn viên", Measure.SUM, _EVERY_KIND, _EVERY_KIND, 1),
    Indicator(
        "cdcs_10_25",
        "công đoàn cơ sở mới ở doanh nghiệp từ 10 đến dưới 25 lao động",
        "công đoàn cơ sở",
        Measure.SHARE_OF_ELIGIBLE,
        _ENTERPRISE,
        (),
        2,
    ),
    Indicator(
        "cdcs_25",
        "công đoàn cơ sở mới ở doanh nghiệp từ 25 lao động",
        "công đoàn cơ sở",
        Measure.SHARE_OF_ELIGIBLE,
        _ENTERPRISE,
        (),
        3,
    ),
    Indicator(
        "tuldtt",
        "thỏa ước lao động tập thể ký mới",
        "doanh nghiệp",
        Measure.DISTINCT_UNITS,
        _ENTERPRISE,
        _ENTERPRISE,
        4,
    ),
    Indicator(
        "hoi_nghi_nld",
        "hội nghị người lao động",
        "doanh nghiệp",
        Measure.DISTINCT_UNITS,
        _ENTERPRISE,
        _ENTERPRISE,
        5,
    ),
    Indicator("doi_thoai", "đối thoại", "doanh nghiệp", Measure.DISTINCT_UNITS, _ENTERPRISE, _ENTERPRISE, 6),
)
