"""Working days and sending hours: civil days on one side, UTC instants on the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from domain.errors import InputError

_ONE_DAY = timedelta(days=1)
_MONDAY_TO_FRIDAY = frozenset(range(5))
_SENDING_HOURS = ((time(8), time(11)), (time(14), time(16, 30)))


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The office's working days and the hours in which the bot may write first (lịch làm việc).

    `workdays` are weekdays as `date.weekday()` gives them. `holidays` are days off, `extra_workdays` swapped
    working days, which win over both. `windows` are local (from, to) hours in order, the end not included.

    Raises: InputError `no_workdays` or `sending_hours` for a calendar on which nothing could ever be sent.
    Source: DESIGN.md section 4; Labour Code 2019 art. 112 for the public holidays.
    """

    zone: tzinfo
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[int] = _MONDAY_TO_FRIDAY
    windows: tuple[tuple[time, time], ...] = _SENDING_HOURS
    extra_workdays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.workdays or not self.workdays <= frozenset(range(7)):
            raise InputError("no_workdays", workdays=sorted(self.workdays))
        edges = [edge for window in self.windows for edge in window]
        if not edges or any(first >= then for first, then in pairwise(edges)):
            raise InputError("sending_hours", windows=self.windows)

    def local_date(self, now: datetime) -> date:
        """Return the civil day at `now` (aware).

        Source: DESIGN.md section 4.
        """
        return now.astimezone(self.zone).date()

    def at(self, day: date, at: time) -> datetime:
        """Return the instant, aware UTC, at which the office's clock shows `at` on `day`.

        Source: DESIGN.md section 4.
        """
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on `day`.

        Source: DESIGN.md section 4.
        """
        if day in self.extra_workdays:
            return True
        return day.weekday() in self.workdays and day not in self.holidays

    def working_day_on_or_before(self, day: date) -> date:
        """Return `day`, or the last working day before it.

        Source: DESIGN.md section 4.
        """
        while not self.is_working_day(day):
            day -= _ONE_DAY
        return day

    def working_day_on_or_after(self, day: date) -> date:
        """Return `day`, or the first working day after it.

        Source: DESIGN.md section 4.
        """
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def working_day_after(self, day: date) -> date:
        """Return the first working day later than `day`.

        Source: DESIGN.md section 4.
        """
        return self.working_day_on_or_after(day + _ONE_DAY)

    def is_open(self, now: datetime) -> bool:
        """Tell whether the bot may write first at `now` (aware): a working day, within the sending hours.

        Source: DESIGN.md section 4.
        """
        local = now.astimezone(self.zone)
        if not self.is_working_day(local.date()):
            return False
        return any(start <= local.time() < end for start, end in self.windows)

    def next_open(self, now: datetime) -> datetime:
        """Return `now` when open, else the next opening, aware UTC.

        Source: DESIGN.md section 4.
        """
        return now.astimezone(UTC) if self.is_open(now) else self.next_opening(now)

    def next_opening(self, now: datetime) -> datetime:
        """Return the first beginning of sending hours strictly after `now`, aware UTC.

        Source: DESIGN.md section 4.
        """
        day = self.working_day_on_or_after(self.local_date(now))
        openings = (self.at(day, start) for start, _ in self.windows)
        later = next((opening for opening in openings if opening > now), None)
        return later or self.opening(self.working_day_after(day))

    def opening(self, day: date) -> datetime:
        """Return the instant, aware UTC, at which sending begins on the working day `day`.

        Source: DESIGN.md section 4.
        """
        return self.at(day, self.windows[0][0])

    def next_run(self, now: datetime, at: time) -> datetime:
        """Return when a job that runs every working day at local time `at` runs next, strictly after `now`.

        Source: DESIGN.md section 4.
        """
        day = self.working_day_on_or_after(self.local_date(now))
        today = self.at(day, at)
        return today if today > now else self.at(self.working_day_after(day), at)
