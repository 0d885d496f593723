-- how far do cases get, and where do they wait? one row a stage of the loop
-- reached: of the cases reported today; waiting, overdue: open cases now; median_minutes: from the stage before, last 7 days
-- key: stage
with recent as (
    select
        facts.*,
        case
            when coalesce(evaluated_at, rated_at) is not null then 6
            when closed_at is not null then 5
            when handled_at is not null then 4
            when coalesce(dispatched_at, signed_at) is not null then 3
            when filed_at is not null then 2
            else 1
        end as position,
    from facts_of($area, $simulated) as facts
    -- whatever reached a stage within 7 days was changed within them
    where changed_at >= $now::timestamptz - interval 7 days
),

passed as (
    select
        [count(*) filter (position >= 1), count(*) filter (position >= 2), count(*) filter (position >= 3),
            count(*) filter (position >= 4), count(*) filter (position >= 5), count(*) filter (position >= 6)] as reached,
    from recent
    where reported_at >= date_trunc('day', $now::timestamptz) and reported_at <= $now::timestamptz
),

paces as (
    select
        unnest(['filed', 'dispatched', 'handled', 'closed', 'evaluated']) as stage,
        unnest([filed_at, dispatched_at, handled_at, closed_at, coalesce(evaluated_at, rated_at)]) as entered_at,
        unnest([reported_at, coalesce(filed_at, reported_at), coalesce(dispatched_at, filed_at, reported_at),
            coalesce(handled_at, reported_at), closed_at]) as left_at,
    from recent
),

medians as (
    select
        stage,
        median(epoch(entered_at) - epoch(left_at)) / 60 as median_minutes,
    from paces
    where entered_at >= $now::timestamptz - interval 7 days and entered_at <= $now::timestamptz
    group by stage
),

waits as (
    select
        case
            when state = 'handled' then 'handled'
            when state in ('dispatched', 'handling', 'rework', 'suspended', 'waiting_reporter') then 'dispatched'
            when state = 'filed' then 'filed'
            else 'reported'
        end as stage,
        count(*) as waiting,
        count(*) filter (urgency = 'overdue') as overdue,
    from standing_in($area, $simulated, $now)
    group by all
)

select
    stages.stage,
    stages.position,
    passed.reached[stages.position] as reached,
    coalesce(waits.waiting, 0) as waiting,
    coalesce(waits.overdue, 0) as overdue,
    medians.median_minutes,
from (values ('reported', 1), ('filed', 2), ('dispatched', 3), ('handled', 4), ('closed', 5), ('evaluated', 6)) as stages(stage, position)
cross join passed
left join waits using (stage)
left join medians using (stage)
order by stages.position
