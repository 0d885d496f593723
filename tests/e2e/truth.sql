-- what must each number of a screen be? one row a number, told by the log alone: no mart, no view, no metric
-- {at}: the moment the city stands at
with told as (
    select *, coalesce(due_at, null) as limit_at,
    from log
    where simulated and not exercise and case_id is not null
),

folded as (
    select
        case_id,
        min(happened_at) filter (kind = 'case-reported') as reported_at,
        min(happened_at) filter (kind = 'case-filed') as filed_at,
        min(happened_at) filter (kind = 'case-dispatched') as dispatched_at,
        max(happened_at) filter (kind = 'case-signed') as signed_at,
        max(happened_at) filter (kind = 'case-handled') as handled_at,
        max(happened_at) filter (kind = 'case-closed') as last_closed_at,
        max(happened_at) filter (kind = 'case-reopened') as last_reopened_at,
        max(happened_at) filter (kind in ('case-rated', 'case-evaluated')) as judged_at,
        max(happened_at) filter (kind = 'case-rated') as rated_at,
        max_by(rating, seq) filter (rating is not null) as rating,
        max_by(limit_at, seq) filter (limit_at is not null) as due_at,
        min_by(limit_at, seq) filter (limit_at is not null) as first_due_at,
        bool_or(kind in ('deadline-extended', 'case-reopened')) as was_moved,
        count(*) filter (kind = 'case-urged') as urges,
        max_by(kind, seq) filter (
            kind not in ('deadline-extended', 'check-passed', 'check-failed', 'case-rated', 'case-urged')
        ) as last_kind,
        bool_or(kind = 'check-failed') and max(seq) filter (kind = 'check-failed')
            > coalesce(max(seq) filter (kind in ('case-handled', 'case-dispatched', 'case-suspended', 'case-resumed', 'case-closed')), 0)
            as must_redo,
        max_by(unit_id, seq) filter (unit_id is not null) as unit_id,
        max_by(coalesce(category_group, category), seq) filter (category is not null) as category,
        min_by(area_id, seq) as area_id,
    from told
    group by case_id
),

cases as (
    select
        *,
        case
            when must_redo then 'rework'
            when last_kind in ('case-reported', 'case-verified', 'appeal-upheld') then 'reported'
            when last_kind in ('case-filed', 'case-returned', 'case-reopened') then 'filed'
            when last_kind = 'case-dispatched' then 'dispatched'
            when last_kind in ('case-signed', 'case-resumed', 'reporter-answered') then 'handling'
            when last_kind = 'case-suspended' then 'suspended'
            when last_kind = 'reporter-asked' then 'waiting_reporter'
            when last_kind = 'case-handled' then 'handled'
            when last_kind = 'verification-asked' then 'verifying'
            when last_kind in (
                'case-rejected', 'rejection-appealed', 'appeal-dismissed', 'case-merged', 'case-voided'
            ) then 'dropped'
            else 'done'
        end as state,
        if(last_reopened_at > last_closed_at, null, last_closed_at) as closed_at,
        if(was_moved, least(due_at, first_due_at), due_at) as deadline_at,
    from folded
),

standing as (
    select
        *,
        case
            when state in ('suspended', 'waiting_reporter') or due_at is null then 'open'
            when due_at < timestamptz '{at}' then 'overdue'
            when due_at - timestamptz '{at}' <= least(
                interval 2 hours, (due_at - coalesce(filed_at, reported_at)) / 4
            ) then 'due_soon'
            else 'open'
        end as urgency,
    from cases
    where state not in ('done', 'dropped')
),

today as (
    select *
    from cases
    where reported_at >= date_trunc('day', timestamptz '{at}')
),

month as (
    select *
    from cases
    where deadline_at >= timestamptz '{at}' - interval 30 days and deadline_at < timestamptz '{at}'
        and state not in ('dropped', 'suspended', 'waiting_reporter')
),

reached as (
    select
        case_id,
        case
            when judged_at is not null then 6
            when state = 'done' then 5
            when handled_at is not null then 4
            when coalesce(dispatched_at, signed_at) is not null then 3
            when filed_at is not null then 2
            else 1
        end as progress,
    from today
),

numbers as (
    select 'reported_today' as name, count(*)::double as value from today
    union all select 'open_cases', count(*) from standing
    union all select 'overdue_cases', count(*) from standing where urgency = 'overdue'
    union all select 'urged_cases', count(*) from standing where urges > 0
    union all select 'suspended_cases', count(*) from standing where state = 'suspended'
    union all select 'open_disputes', count(*) from standing where category like 'MD%'
    union all select 'on_time_closure_rate', 100 * count(*) filter (closed_at <= deadline_at) / count(*) from month
    union all
    select 'median_handling_time', median(epoch(closed_at) - epoch(reported_at)) / 3600
    from cases where closed_at >= timestamptz '{at}' - interval 7 days and closed_at < timestamptz '{at}'
    union all
    select 'satisfaction_rate', 100 * count(*) filter (rating >= 4) / count(*)
    from cases where rated_at >= timestamptz '{at}' - interval 30 days and rated_at < timestamptz '{at}'
    union all
    select 'active_grids', count(distinct area_id)
    from log
    where happened_at >= date_trunc('day', timestamptz '{at}') and simulated and not exercise
        and kind in ('case-reported', 'case-closed', 'grid-visited')
        and area_id in (select area_id from areas where level = 'grid')
    union all select 'urgency.' || urgency, count(*) from standing group by urgency
    union all select 'urgency.all', count(*) from standing
    union all select 'state.' || state, count(*) from standing group by state
    union all
    select 'stage.' || stages.name, count(*)
    from reached
    join (values ('reported', 1), ('filed', 2), ('dispatched', 3), ('handled', 4), ('closed', 5), ('evaluated', 6))
        as stages (name, place) on reached.progress >= stages.place
    group by stages.name
    union all
    select 'unit.' || unit_id, 100 * count(*) filter (closed_at <= deadline_at) / count(*)
    from month where unit_id is not null group by unit_id
    union all
    select 'overdue.' || unit_id, count(*) from standing where urgency = 'overdue' and unit_id is not null group by unit_id
    union all
    select 'overdue-in.' || ancestor_id, count(*)
    from standing join area_within using (area_id)
    where urgency = 'overdue' group by ancestor_id
    union all
    select 'open-in.' || ancestor_id, count(*) from standing join area_within using (area_id) group by ancestor_id
)

select name, value
from numbers
