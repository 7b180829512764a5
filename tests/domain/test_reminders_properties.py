"""What must hold of reminders whatever the calendar, the ladders and the stops of the program."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.reminders import (
    Decision,
    Ladder,
    Obligation,
    ObligationKind,
    StageKey,
    due_reminders,
    next_instant,
)

FIRST = date(2024, 1, 25)
START = datetime(2024, 1, 25, tzinfo=UTC)
LAST_STEP = 1_000

days = st.dates(FIRST, FIRST + timedelta(days=40))
moments = st.timedeltas(timedelta(0), timedelta(days=60)).map(lambda later: START + later)
calendars = st.builds(
    WorkCalendar,
    zone=st.sampled_from([timezone(timedelta(hours=7)), UTC]),
    holidays=st.frozensets(days, max_size=12),
    workdays=st.frozensets(st.integers(0, 6), min_size=1),
    windows=st.sampled_from([((time(8), time(11)), (time(14), time(16, 30))), ((time(9), time(9, 30)),)]),
    extra_workdays=st.frozensets(days, max_size=3),
)
ladder = st.builds(
    Ladder,
    st.lists(st.integers(-12, 6), min_size=1, max_size=6, unique=True).map(tuple),
    st.booleans(),
    st.integers(0, 9),
)
# One kind may have no ladder; the others have one.
ladders = st.fixed_dictionaries(
    {ObligationKind.PERIOD: ladder, ObligationKind.TASK: ladder, ObligationKind.DRAFT: ladder},
    optional={ObligationKind.PENDING: ladder},
)
obligations = st.lists(
    st.builds(
        Obligation,
        key=st.sampled_from(["period:1:unit:7", "period:1:unit:8", "task:5:0", "draft:b7"]),
        kind=st.sampled_from(ObligationKind),
        due_on=days,
        person_ids=st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple),
        closed=st.sampled_from([False, False, False, True]),
        opened_on=st.none() | days,
        known_on=st.none() | days,
        paused_until=st.none() | days,
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda obligation: obligation.key,
)


def sent(decision: Decision) -> list[StageKey]:
    return [
        StageKey(reminder.person_id, item.obligation.key, item.stage)
        for reminder in decision.reminders
        for item in reminder.items
    ]


@given(obligations, ladders, calendars, moments, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_it_never_says_the_same_twice(
    owed: list[Obligation],
    rungs: dict[ObligationKind, Ladder],
    calendar: WorkCalendar,
    now: datetime,
    later: timedelta,
) -> None:
    first = due_reminders(owed, rungs, (), calendar, now)
    log = {*sent(first), *first.missed}
    assert len(log) == len(sent(first)) + len(first.missed)
    again = due_reminders(owed, rungs, log, calendar, now + later)
    assert log.isdisjoint(sent(again))
    assert log.isdisjoint(again.missed)
    if calendar.local_date(now) == calendar.local_date(now + later) and calendar.is_open(now):
        assert again == Decision()


@given(obligations, ladders, calendars, moments)
def test_it_says_nothing_of_what_is_closed_and_nothing_outside_working_hours(
    owed: list[Obligation], rungs: dict[ObligationKind, Ladder], calendar: WorkCalendar, now: datetime
) -> None:
    decision = due_reminders(owed, rungs, (), calendar, now)
    assert not any(item.obligation.closed for reminder in decision.reminders for item in reminder.items)
    if not calendar.is_open(now):
        assert decision == Decision()
    closed = [replace(obligation, closed=True) for obligation in owed]
    assert due_reminders(closed, rungs, (), calendar, now) == Decision()
    assert next_instant(closed, rungs, (), calendar, now) is None


@given(obligations, ladders, calendars, moments)
def test_a_stop_of_any_length_is_caught_up_with_by_one_message_a_person(
    owed: list[Obligation], rungs: dict[ObligationKind, Ladder], calendar: WorkCalendar, now: datetime
) -> None:
    catching_up = due_reminders(owed, rungs, (), calendar, calendar.next_open(now))
    people = [reminder.person_id for reminder in catching_up.reminders]
    assert people == sorted(set(people))
    for reminder in catching_up.reminders:
        keys = [item.obligation.key for item in reminder.items]
        assert keys
        assert len(set(keys)) == len(keys)
        deadlines = [item.obligation.due_on for item in reminder.items]
        assert deadlines == sorted(deadlines)


@settings(deadline=None)
@given(obligations, ladders, calendars, moments, st.none() | st.just(time(9, 15)))
def test_the_clock_can_step_from_one_reminder_to_the_next(
    owed: list[Obligation],
    rungs: dict[ObligationKind, Ladder],
    calendar: WorkCalendar,
    now: datetime,
    run_at: time | None,
) -> None:
    log: set[StageKey] = set()
    for _ in range(LAST_STEP):
        step = next_instant(owed, rungs, log, calendar, now, run_at)
        if step is None:
            break
        assert step > now
        assert calendar.is_open(step)
        decision = due_reminders(owed, rungs, log, calendar, step)
        assert decision.reminders
        assert log.isdisjoint(sent(decision))
        log |= {*sent(decision), *decision.missed}
        now = step
    else:
        raise AssertionError("the clock goes on for ever")


@settings(deadline=None)
@given(obligations, ladders, calendars, moments)
def test_nothing_is_due_before_the_instant_that_comes_next(
    owed: list[Obligation], rungs: dict[ObligationKind, Ladder], calendar: WorkCalendar, now: datetime
) -> None:
    step = next_instant(owed, rungs, (), calendar, now)
    end = step or START + timedelta(days=90)
    opening = calendar.next_opening(now)
    while opening < end:
        assert due_reminders(owed, rungs, (), calendar, opening).reminders == ()
        opening = calendar.next_opening(opening)


@settings(deadline=None)
@given(obligations, ladders, calendars, moments)
def test_whoever_runs_at_every_opening_misses_nothing(
    owed: list[Obligation], rungs: dict[ObligationKind, Ladder], calendar: WorkCalendar, now: datetime
) -> None:
    now = calendar.next_opening(now)
    today = calendar.local_date(now)
    fresh = [
        replace(obligation, known_on=today, paused_until=_from(today, obligation.paused_until))
        for obligation in owed
    ]
    log: set[StageKey] = set()
    while now < START + timedelta(days=75):
        decision = due_reminders(fresh, rungs, log, calendar, now)
        assert decision.missed == ()
        log |= set(sent(decision))
        now = calendar.next_opening(now)


def _from(first: date, day: date | None) -> date | None:
    return None if day is None else max(first, day)
