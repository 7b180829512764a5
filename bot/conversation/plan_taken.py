"""What taking in a plan document does, in plain words: what it adds, what it replaces, what it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.services.plans import PlanDifference
from domain.plan import PeriodKind, PlanHead, YearPlan
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import number
from messages_vi.plans import period_name, plan_label

_WHOLE = (PeriodKind.YEARS, PeriodKind.SCHOOL_YEAR)


def taking_lines(change: PlanDifference, plan: YearPlan) -> Iterator[Marked]:
    """Yield what happens to the other plans, and to the targets of one that is not the year's plan."""
    head = change.taken_as
    if head is None:
        return
    if change.beside:
        others = join([_named(one) for one in change.beside], ", ")
        if change.stored is None:
            label = capital(plan_label(head))
            yield _(
                "{Plan} comes in beside these, which stay as they are: {others}.", Plan=label, others=others
            )
        else:
            yield _("These stay as they are: {others}.", others=others)
    only_one = head.kind is PeriodKind.YEAR and all(one.kind is not head.kind for one in change.beside)
    if plan.targets and not (only_one or is_of_the_year(head)):
        yield _targets_line(head, len(plan.targets))


def number_line(numbers: Sequence[int]) -> Iterator[Marked]:
    """Yield by which numbers staff speak of a plan's tasks, where they do not begin at one."""
    if len(numbers) == 1 and numbers[0] > 1:
        yield _("Its task has the number {first}.", first=number(numbers[0]))
    elif numbers and numbers[0] > 1:
        first, last = number(numbers[0]), number(numbers[-1])
        yield _("Its tasks have the numbers {first} to {last}.", first=first, last=last)


def target_heading(head: PlanHead) -> Marked:
    """Return the heading of the targets of a plan that is not the year's: they are for its own period."""
    if head.kind in _WHOLE:
        return _("Targets for the whole of {period}, not for one year:", period=period_name(head.period))
    return _("Targets of {plan} alone:", plan=plan_label(head))


def is_of_the_year(head: PlanHead) -> bool:
    """Tell whether a plan's targets are those of the year, whose progress is shown."""
    return head.kind is PeriodKind.YEAR and not head.scope


def _targets_line(head: PlanHead, count: int) -> Marked:
    values = {"count": number(count), "plan": plan_label(head)}
    if head.kind in _WHOLE:
        period = period_name(head.period)
        return _(
            "Its {count} targets are for the whole of {period}; the year's stay.", period=period, **values
        )
    return _("Its {count} targets are kept with {plan}; the year's stay.", **values)


def _named(head: PlanHead) -> Marked:
    if not head.number:
        return plan_label(head)
    return _("{plan} ({number})", plan=plan_label(head), number=head.number)
