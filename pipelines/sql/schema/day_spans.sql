-- from when until when was a case open, and overdue, yesterday and today? one row a case and kind, as known now
create or replace macro day_spans(area, of_simulation, moment) as table
with ended as (
    -- from the moment after its deadline a case is overdue; a stopped clock is never past due
    select reported_at, ended_at, greatest(reported_at, due_at) + interval 1 microsecond as late_at,
    from facts_of(area, of_simulation)
    -- every time in a case is at most its changed_at
    where changed_at >= date_trunc('day', moment::timestamptz - interval 1 day) and ended_at is not null
),

standing as (
    select reported_at, state, due_at, greatest(reported_at, due_at) + interval 1 microsecond as late_at,
    from standing_in(area, of_simulation, moment)
)

select reported_at as since, ended_at as until, 'open' as kind,
from ended

union all

select reported_at, null, 'open',
from standing

union all

select late_at, ended_at, 'overdue',
from ended
where ended_at > late_at

union all

select late_at, null, 'overdue',
from standing
where due_at is not null and state not in ('suspended', 'waiting_reporter');
