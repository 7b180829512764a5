"""Broadcasts in words: their titles and their results, the same in notices and in lists."""

from __future__ import annotations

from domain.broadcasts import BroadcastResult, Missed, MissedBy
from domain.messages import Broadcast
from domain.people import UnitKind
from messages_vi.catalogue import Marked, _, join, mark
from messages_vi.formats import number

_TITLE = 48
_MISSED = {
    Missed.UNREACHABLE: mark("• {count} people whom I cannot write to yet"),
    Missed.FAILED: mark("• {count} people whom it did not reach"),
    Missed.EXPIRED: mark("• {count} people for whom it came too late, so it was not sent"),
    Missed.UNKNOWN: mark("• {count} people of whom I do not know whether they have it"),
    Missed.CANCELLED: mark("• {count} people for whom it was taken back in time"),
}
_KINDS = {
    UnitKind.ENTERPRISE: mark("audience: enterprises"),
    UnitKind.SCHOOL: mark("audience: schools"),
    UnitKind.HEALTH: mark("audience: health"),
    UnitKind.AGENCY: mark("audience: agencies"),
    UnitKind.OTHER: mark("audience: others"),
}


def audience_name(code: str) -> Marked:
    """Return an audience in words: Tất cả đơn vị, Doanh nghiệp, or the group's own name."""
    what, _colon, name = code.partition(":")
    if what == "group":
        return join([name])
    return _(_KINDS[UnitKind(name)]) if what == "kind" else _("audience: all units")


def title(broadcast: Broadcast) -> str:
    """Return the beginning of the text, on one line."""
    line = " ".join(broadcast.text.split())
    return line if len(line) <= _TITLE else line[:_TITLE].rsplit(" ", 1)[0] + "…"


def result_text(broadcast: Broadcast, result: BroadcastResult) -> Marked:
    """Return who has the broadcast, who waits for it, and who missed it and why."""
    lines = [_("📌 The message “{title}”: {line}.", title=title(broadcast), line=result_line(result))]
    return join([*lines, *map(_missed, result.missed)])


def result_line(result: BroadcastResult) -> Marked:
    """Return the numbers alone: 41 người đã nhận, 3 người đang chờ."""
    parts = [_("{count} people have it", count=number(result.received))]
    if result.waiting:
        parts.append(_("{count} people will get it", count=number(result.waiting)))
    missed = sum(one.count for one in result.missed if one.why is not Missed.UNKNOWN)
    if missed:
        parts.append(_("{count} people do not", count=number(missed)))
    unknown = sum(one.count for one in result.missed if one.why is Missed.UNKNOWN)
    if unknown:
        parts.append(_("{count} people may", count=number(unknown)))
    return join(parts, ", ")


def _missed(one: MissedBy) -> Marked:
    line = _(_MISSED[one.why], count=number(one.count))
    if not one.who:
        return line
    more = one.count - len(one.who)
    names = [*one.who, _("{count} more", count=number(more))] if more else one.who
    return _("{line}: {names}", line=line, names=join(names, ", "))
