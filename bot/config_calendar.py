"""From settings to the records of the domain: the working calendar and the rule of the periods."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from bot.config import ConfigProblems, Problem, Settings
from bot.config_values import WEEKDAYS
from domain.calendar import WorkCalendar
from domain.periods import PeriodRule
from messages_vi.catalogue import _


def period_rule(settings: Settings) -> PeriodRule:
    """Return the office's rule for cutting the year into reporting periods."""
    periods = settings.periods
    return PeriodRule(periods.cutoff_day, periods.due_day, periods.grace_days)


def work_calendar(settings: Settings, years: Iterable[int]) -> WorkCalendar:
    """Return the office's calendar; public holidays are known for `years` only.

    Deadlines near a year's end look into the next one: name that year too.
    Raises: ConfigProblems for a country whose holidays nobody keeps.
    """
    known = public_holidays(settings.holidays.country, frozenset(years))
    if known is None:
        raise ConfigProblems((unknown_country(settings),))
    own = settings.holidays
    return WorkCalendar(
        zone=ZoneInfo(settings.office.zone),
        holidays=(known | set(own.extra)) - set(own.removed),
        workdays=frozenset(WEEKDAYS.index(day) for day in settings.reminders.workdays),
        windows=settings.reminders.windows,
        extra_workdays=frozenset(own.extra_workdays),
    )


@cache
def public_holidays(country: str, years: frozenset[int]) -> frozenset[date] | None:
    """Return the country's days off in `years`, or None when the library does not know the country."""
    # The library loads slowly and only a running office needs it.
    from holidays import country_holidays

    try:
        return frozenset(country_holidays(country, years=sorted(years)))
    except NotImplementedError:
        return None


def unknown_country(settings: Settings) -> Problem:
    """Return what is said when nobody keeps the holidays of the configured country."""
    return Problem(
        _("The holidays of country {country} are not known.", country=settings.holidays.country),
        _('Write country = "VN" in section [holidays].'),
    )
