"""Figures in words, the same wherever they are read back: replies, reminders, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from domain.ledger import Report, ReportState
from domain.messages import Choice
from domain.people import UnitKind
from domain.plan import Indicator, Measure, ReportingPeriod
from messages_vi.catalogue import Marked, _, join, mark
from messages_vi.formats import day, number, quarter

_COUNTED = {
    "doan_vien_moi": mark("{count} members newly admitted"),
    "cdcs_10_25": mark("{count} unions in enterprises of 10 to 24"),
    "cdcs_25": mark("{count} unions in enterprises from 25 on"),
    "tuldtt": mark("{count} agreements newly signed"),
    "hoi_nghi_nld": mark("{count} conferences of workers"),
    "doi_thoai": mark("{count} workplace dialogues"),
}
_PEOPLE = {
    "cdcs_10_25": mark("{people} workers"),
    "cdcs_25": mark("{people} workers"),
    "tuldtt": mark("{people} workers covered"),
}
_BARE = re.compile(r"(?<![\d/.,-])(\d[\d.]*)(?=\s*$|\s+(?:ngày|ngay|hôm|hom|bữa|bua|đv|dv)\b|,\s)")
_LINES = {"doan_vien_moi": mark("we admitted {text}")}
_KINDS = {
    UnitKind.ENTERPRISE: mark("enterprises"),
    UnitKind.SCHOOL: mark("public schools"),
    UnitKind.HEALTH: mark("public health stations"),
    UnitKind.AGENCY: mark("agencies"),
    UnitKind.OTHER: mark("other employers"),
}
_PUBLIC = {
    UnitKind.SCHOOL: mark("public school (one)"),
    UnitKind.HEALTH: mark("public health station (one)"),
    UnitKind.AGENCY: mark("agency (one)"),
}
_QUOTED = 80
_STATES = {
    ReportState.UNCONFIRMED: mark("not confirmed yet"),
    ReportState.PENDING: mark("waiting for approval"),
    ReportState.APPROVED: mark("approved"),
    ReportState.RETURNED: mark("the office asks to look again"),
    ReportState.WITHDRAWN: mark("withdrawn"),
}


def amount(indicator: Indicator, value: int) -> Marked:
    """Return a figure with what it counts: 5 đoàn viên mới; zero is "không có đoàn viên mới"."""
    if value == 0:
        return _("no {what}", what=indicator.name)
    key = _COUNTED.get(indicator.code)
    if key is None:
        return _("{count} {what}", count=number(value), what=indicator.name)
    return _(key, count=number(value))


def figure(row: Report, indicator: Indicator, today: date) -> Marked:
    """Return one row in words: 5 đoàn viên mới (3 nữ), ngày 12/4, tại …, 33 người dự."""
    parts: list[str] = [amount(indicator, row.value)]
    if row.women:
        parts[0] = _("{amount} (of them {women} women)", amount=parts[0], women=number(row.women))
    if row.happened_on is not None:
        parts.append(_("on {day}", day=day(row.happened_on, today)))
    if row.place and row.subject:
        parts.append(_("at {place}", place=row.place))
    if row.people is not None:
        key = _PEOPLE.get(row.indicator, mark("{people} people present"))
        parts.append(_(key, people=number(row.people)))
    return join(parts, ", ")


def draft_lines(
    rows: Iterable[Report],
    indicators: Iterable[Indicator],
    today: date,
    replaced: Mapping[int, Report] | None = None,
) -> Marked:
    """Return the rows as a list, one bullet each, for reading back.

    `replaced` gives the older row by the id of the one that corrects it: "5 → 7 đoàn viên mới".
    """
    known = {one.code: one for one in indicators}
    old = replaced or {}
    lines = (_line(row, known[row.indicator], today, old.get(row.id)) for row in rows)
    return join([_("• {line}", line=line) for line in lines])


def _line(row: Report, indicator: Indicator, today: date, old: Report | None) -> Marked:
    now = figure(row, indicator, today)
    if old is None or (old.value and figure(old, indicator, today) == now):
        return now
    if old.value and not row.value:
        return _("leave out {figure}", figure=figure(old, indicator, today))
    if old.value != row.value:
        return _("{before} → {now}", before=number(old.value), now=now)
    return _("{before} → {now}", before=figure(old, indicator, today), now=now)


def names(indicators: Sequence[Indicator]) -> Marked:
    """Return the names of the indicators in one sentence part: đối thoại và thỏa ước …"""
    if len(indicators) < 2:
        return join([one.name for one in indicators])
    first = join([one.name for one in indicators[:-1]], ", ")
    return _("{first} and {last}", first=first, last=indicators[-1].name)


def period_name(period: ReportingPeriod, today: date) -> str:
    """Return quý II, with the year where it is not that of `today`: quý IV/2023."""
    name = quarter(period.number)
    return name if period.year == today.year else f"{name}/{period.year}"


def state_name(state: ReportState) -> Marked:
    """Return how far a figure has come, in words: chờ duyệt."""
    return _(_STATES[state])


def named_line(indicator: Indicator, text: str) -> Marked:
    """Return the whole line for an answer that leaves out what it counts: kết nạp 5 ngày 12/4."""
    if indicator.measure is Measure.SUM:
        # Without its unit word the number of "5 ngày 12/4" would be one of days.
        text = _BARE.sub(rf"\1 {indicator.unit_word}", text.strip(), count=1)
    key = _LINES.get(indicator.code)
    return _(key, text=text) if key else _("{what} {text}", what=indicator.name, text=text)


def quoted(text: str) -> str:
    """Return what somebody wrote, on one line and cut to what is needed to know it again."""
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else line[:_QUOTED].rsplit(" ", 1)[0].rstrip(",;. ") + "…"


def kind_names(kinds: Iterable[UnitKind]) -> Marked:
    """Return the kinds of employer in words: doanh nghiệp, trường học."""
    return join([_(_KINDS[kind]) for kind in kinds], ", ")


def kind_name(kind: UnitKind) -> str:
    """Return one public employer's kind in words: trường công lập; "" for any other."""
    return _(_PUBLIC[kind]) if kind in _PUBLIC else ""


def draft_choices(batch: str, version: int | None = None) -> tuple[Choice, ...]:
    """Return the answers to a read-back. With `version` (the newest row's id) "yes" means what was read."""
    shown = batch if version is None else f"{batch}.{version}"
    return (
        Choice(_("That is right"), f"report.ok:{shown}"),
        Choice(_("Change"), f"report.fix:{batch}"),
        Choice(_("Drop"), f"report.drop:{batch}"),
    )


def enough_choices(unit_id: int, period_id: int) -> tuple[Choice, ...]:
    """Return the answers to "is this period complete?"."""
    return (
        Choice(_("Enough"), f"report.enough:{period_id}.{unit_id}"),
        Choice(_("More to come"), f"report.more:{period_id}.{unit_id}"),
    )
