-- from when until when was a case part of a stock in the last four weeks? one row a case and stock, as known now
create or replace macro stock_spans(area, of_simulation, moment) as table
with lives as (
    select case_id, first_seq, state, category, category_group, reported_at, due_at, urges, changed_at,
        null::timestamptz as ended_at,
        state in ('suspended', 'waiting_reporter') as stopped,
    from open_cases
    where simulated = of_simulation and not exercise
        and area_id in (select area_id from area_within where ancestor_id = area)

    union all

    select case_id, first_seq, state, category, category_group, reported_at, due_at, urges, changed_at,
        coalesce(closed_at, changed_at),
        false,
    from cases
    where not is_open and changed_at > moment::timestamptz - interval 27 days
        and coalesce(closed_at, changed_at) > moment::timestamptz - interval 27 days
        and simulated = of_simulation and not exercise
        and area_id in (select area_id from area_within where ancestor_id = area)
),

steps as (
    select
        log.case_id,
        log.kind,
        log.happened_at,
        lead(log.happened_at) over same as next_at,
        row_number() over same as nth,
    from log
    where log.kind in ('case-urged', 'case-suspended', 'case-resumed')
        -- the log before the first of these cases tells nothing of them
        and log.seq >= (select min(first_seq) from lives) and log.case_id in (select case_id from lives)
    window same as (partition by log.case_id, log.kind = 'case-urged' order by log.seq)
),

spans as (
    select 'open_cases' as metric, reported_at as since, ended_at as until,
    from lives

    union all

    -- past due from the moment after
    select 'overdue_cases', greatest(reported_at, due_at) + interval 1 microsecond, ended_at,
    from lives
    where due_at is not null and not stopped

    union all

    select 'open_disputes', reported_at, ended_at,
    from lives
    left join categories using (category)
    where coalesce(category_group, parent) = 'MD'

    union all

    select 'urged_cases', coalesce(steps.happened_at, reported_at), ended_at,
    from lives
    left join steps on steps.case_id = lives.case_id and steps.kind = 'case-urged' and steps.nth = 1
    where urges > 0

    union all

    select 'suspended_cases', steps.happened_at, least(next_at, ended_at),
    from steps
    join lives using (case_id)
    where kind = 'case-suspended' and (next_at is not null or state != 'suspended')

    union all

    -- a source that tells states only does not say since when
    select 'suspended_cases', coalesce(steps.happened_at, changed_at), null,
    from lives
    left join steps on steps.case_id = lives.case_id and steps.kind = 'case-suspended' and next_at is null
    where state = 'suspended'
)

select metric, since, until,
from spans
where until is null or until > since;
