"""How a figure that waits is shown to staff: one card, its choices, and its photos."""

from __future__ import annotations

from bot.conversation.turn import Turn
from bot.services.approval import InLine, PendingRow, Proof
from domain.ledger import Report
from domain.messages import Choice, MediaState
from messages_vi.address import call
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import local_date, number, weekday_day
from messages_vi.reports import amount, figure, period_name

_RAW_SHOWN = 160
_OTHERS_SHOWN = 5


def card(turn: Turn, shown: InLine, place: int) -> Marked:
    """Return the card: what, who and when, the proof, and what is approved already."""
    row = shown.row
    values = {
        "place": number(place),
        "total": number(place - 1 + shown.left),
        "unit": shown.unit.name,
        "figure": figure(row.report, row.indicator, turn.today),
        "name": call(row.reporter) if row.reporter else _("the office"),
        "day": weekday_day(local_date(row.report.confirmed_at or row.report.created_at), turn.today),
    }
    lines = [_("{place}/{total} · *{unit}*: {figure} ({name} sent it on {day}).", **values)]
    return join([*lines, *_said(row), proof_line(row), _approved(turn, row), *_others(turn, shown)])


def approving_choices(shown: InLine, place: int) -> tuple[Choice, ...]:
    """Return what staff may do with the figure shown."""
    here = f"{shown.row.report.id}.{place}"
    choices = [
        Choice(_("Approve"), f"approve.ok:{here}"),
        Choice(_("Send back"), f"approve.back:{here}"),
        Choice(_("Later"), f"approve.later:{here}"),
    ]
    if len(shown.same_unit) > 1:
        newest = max(row.id for row in shown.same_unit)
        label = _("Approve all {count} of this unit", count=number(len(shown.same_unit)))
        choices.append(Choice(label, f"approve.all:{here}.{newest}"))
    if shown.row.proofs:
        choices.append(Choice(_("See the proof"), f"approve.photo:{here}"))
    return tuple(choices)


def with_proofs(turn: Turn, shown: InLine, place: int) -> None:
    """Send the photos and files of a figure, then its card again with a way to remove each."""
    proofs = shown.row.proofs
    for index, proof in enumerate(proofs, start=1):
        _send(turn, proof, index, len(proofs), shown)
    here = f"{shown.row.report.id}.{place}"
    remove = [
        Choice(_removal(index, len(proofs)), f"approve.unphoto:{proof.evidence.id}.{here}")
        for index, proof in enumerate(proofs, start=1)
    ]
    asked = [one for one in approving_choices(shown, place) if not one.action.startswith("approve.photo")]
    turn.say(card(turn, shown, place), *asked, *remove)


def shown_indicator(turn: Turn, row: Report) -> Marked:
    """Return a figure in short: 5 đoàn viên mới."""
    indicator = turn.context.uow.indicators.first(code=row.indicator)
    if indicator is None:
        raise LookupError(row.indicator)
    return amount(indicator, row.value)


def proof_line(row: PendingRow) -> Marked:
    """Return how many photos and files prove the figure."""
    photos = sum(_is_photo(proof) for proof in row.proofs)
    files = len(row.proofs) - photos
    if not row.proofs:
        return _("Proof: none yet.")
    parts = [_("{count} photos", count=number(photos))] if photos else []
    if files:
        parts.append(_("{count} files", count=number(files)))
    return _("Proof: {what}.", what=join(parts, ", "))


def _said(row: PendingRow) -> list[Marked]:
    lines = []
    if row.replaces is not None:
        lines.append(_("It takes the place of {value}.", value=amount(row.indicator, row.replaces.value)))
    if row.report.raw_text:
        lines.append(_("In the sender's words: “{text}”.", text=_quoted(row.report.raw_text)))
    if row.report.note:
        lines.append(_("The unit's note: “{text}”.", text=_quoted(row.report.note)))
    return lines


def _approved(turn: Turn, row: PendingRow) -> Marked:
    values = {
        "period": period_name(row.period, turn.today),
        "in_period": number(row.approved_period),
        "in_year": number(row.approved_year),
    }
    if not row.approved_year:
        return _("Nothing of this is approved yet in {period}.", period=values["period"])
    if row.approved_period == row.approved_year:
        return _(
            "Approved so far in {period}: {in_period}.",
            period=values["period"],
            in_period=values["in_period"],
        )
    return _("Approved so far in {period}: {in_period}; in the year: {in_year}.", **values)


def _others(turn: Turn, shown: InLine) -> list[Marked]:
    others = [row for row in shown.same_unit if row.id != shown.row.report.id]
    if not others:
        return []
    known = {one.code: one for one in turn.context.uow.indicators.find()}
    named: list[str] = [figure(row, known[row.indicator], turn.today) for row in others[:_OTHERS_SHOWN]]
    if len(others) > _OTHERS_SHOWN:
        named.append(_("{count} figures more", count=number(len(others) - _OTHERS_SHOWN)))
    return [_("Also waiting of this unit: {figures}.", figures=join(named, "; "))]


def _send(turn: Turn, proof: Proof, index: int, count: int, shown: InLine) -> None:
    values = {"index": number(index), "count": number(count), "unit": shown.unit.name}
    media = proof.media
    if media.state is MediaState.STORED:
        turn.say(_("Proof {index}/{count} of {unit}.", **values), media_id=media.id)
    elif media.state is MediaState.WAITING:
        turn.say(
            _(
                "Proof {index}/{count} of {unit} is still loading: {you} looks again in a few seconds.",
                you=turn.you,
                **values,
            )
        )
    else:
        turn.say(_("Proof {index}/{count} of {unit} could not be kept.", **values))


def _removal(index: int, count: int) -> Marked:
    return _("Remove the photo") if count == 1 else _("Remove photo {index}", index=number(index))


def _is_photo(proof: Proof) -> bool:
    return proof.media.content_type.startswith("image/")


def _quoted(text: str) -> str:
    """Return a text for between quotation marks, after which the sentence has its own full stop."""
    return _shortened(text).rstrip(" .")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _RAW_SHOWN else line[:_RAW_SHOWN].rsplit(" ", 1)[0] + "…"
