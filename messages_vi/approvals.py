"""What staff and chairs are told about approving: figures wait, were sent back, or are all approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.ledger import Report
from domain.messages import Choice
from domain.people import Person, Unit
from domain.plan import Indicator, ReportingPeriod
from messages_vi.address import call, capital, pronoun
from messages_vi.catalogue import Marked, _, join
from messages_vi.figures import figures
from messages_vi.formats import day, number
from messages_vi.reports import amount, period_name


class Answering(StrEnum):
    """How a chair can answer a figure that came back."""

    TYPE = "type"  # the next line is the right figure
    CHOOSE = "choose"  # several figures came back: which one is meant is chosen first
    BUSY = "busy"  # the chat is in the middle of something else


@dataclass(frozen=True, slots=True)
class Return:
    """A figure that came back, to be told to `person`; `indicators` are known by their code."""

    person: Person
    unit: Unit
    row: Report
    indicators: Mapping[str, Indicator]
    how: Answering


def waiting_notice(person: Person, unit: Unit) -> Marked:
    """Return the one notice that figures wait; silence until the person looks is said."""
    return _(
        "📌 {unit} sent figures to approve. {You} types */duyet* to look; until then I keep quiet.",
        unit=unit.name,
        You=capital(pronoun(person)),
    )


def waiting_choices() -> tuple[Choice, ...]:
    """Return the way to the figures that wait."""
    return (Choice(_("Look at the waiting figures"), "approve.open"),)


def return_text(asked: Return, today: date) -> Marked:
    """Return what is asked of the chair: which figure, why, and how to answer."""
    you = pronoun(asked.person)
    lines = [
        _(
            "The office asks {you} to look again at {figure} of {unit}.",
            you=you,
            figure=_figure(asked, asked.row, today),
            unit=asked.unit.name,
        ),
        _("The office's note: “{reason}”.", reason=asked.row.reason),
    ]
    if asked.how is Answering.TYPE:
        lines.append(_("{You} writes the right number, or keeps this one.", You=capital(you)))
    elif asked.how is Answering.CHOOSE:
        lines.append(_("Several figures came back: {you} chooses which one to answer.", you=you))
    else:
        lines.append(_("{You} finishes what is begun, then types */sua* to answer this.", You=capital(you)))
    return join(lines)


def return_choices(asked: Return, others: Sequence[Report]) -> tuple[Choice, ...]:
    """Return the answers to a figure that came back; with `others`, those to every one of them."""
    if asked.how is Answering.TYPE:
        return (replace(_keep(asked, asked.row), numbered=False),)
    return tuple(
        choice for row in (asked.row, *others) for choice in (_correct(asked, row), _keep(asked, row))
    )


def thanks(
    person: Person,
    unit: Unit,
    period: ReportingPeriod,
    indicators: Iterable[Indicator],
    sums: Mapping[str, int],
    today: date,
) -> Marked:
    """Return the thanks for a period of which everything is approved."""
    return _(
        "✅ The office approved all of {period} of {unit}: {figures}. Thank you, {name}.",
        period=period_name(period, today),
        unit=unit.name,
        figures=figures(indicators, sums) or _("nothing to count"),
        name=call(person),
    )


def _figure(asked: Return, row: Report, today: date) -> Marked:
    what = amount(asked.indicators[row.indicator], row.value)
    if row.happened_on is None:
        return _("*{what}*", what=what)
    return _("*{what}* ({day})", what=what, day=day(row.happened_on, today))


def _keep(asked: Return, row: Report) -> Choice:
    return Choice(_("Keep {figure}", figure=_short(asked, row)), f"report.keep:{row.id}")


def _correct(asked: Return, row: Report) -> Choice:
    return Choice(_("Correct {figure}", figure=_short(asked, row)), f"report.correct:{row.id}")


def _short(asked: Return, row: Report) -> Marked:
    if asked.how is Answering.TYPE:
        return Marked(number(row.value))
    return amount(asked.indicators[row.indicator], row.value)
