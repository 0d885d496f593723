-- how far do cases get, and where do they wait? one row a stage of the loop
-- reached: of the cases reported today; waiting, overdue: open cases now
-- median_minutes: from the stage before, of those that came through in the last 7 days
-- key: stage
with passed as (
    select
        date_trunc('day', $now::timestamptz) as midnight,
        if(reported_at >= midnight and reported_at <= $now::timestamptz, progress, null) as today,
        $now::timestamptz - interval 7 days as since,
        if(filed_at >= since, epoch_us(filed_at) - epoch_us(reported_at), null) as to_filed,
        if(dispatched_at >= since, epoch_us(dispatched_at) - epoch_us(coalesce(filed_at, reported_at)), null)
            as to_dispatched,
        if(handled_at >= since, epoch_us(handled_at) - epoch_us(coalesce(dispatched_at, filed_at, reported_at)), null)
            as to_handled,
        if(closed_at >= since, epoch_us(closed_at) - epoch_us(coalesce(handled_at, reported_at)), null) as to_closed,
        coalesce(evaluated_at, rated_at) as effect_at,
        if(effect_at >= since, epoch_us(effect_at) - epoch_us(closed_at), null) as to_evaluated,
    from facts_of($area, $simulated)
    -- whatever reached a stage within 7 days was changed within them
    where changed_at >= $now::timestamptz - interval 7 days
),

stages as (
    select
        ['reported', 'filed', 'dispatched', 'handled', 'closed', 'evaluated'] as stages,
        [count(today), count(*) filter (today >= 2), count(*) filter (today >= 3), count(*) filter (today >= 4),
            count(*) filter (today >= 5), count(*) filter (today >= 6)] as reached,
        [null, median(to_filed), median(to_dispatched), median(to_handled), median(to_closed), median(to_evaluated)]
            as pace,
    from passed
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
    told.stage,
    told.position,
    told.reached,
    coalesce(waits.waiting, 0) as waiting,
    coalesce(waits.overdue, 0) as overdue,
    told.pace / 6e7 as median_minutes,
from (
    select unnest(stages) as stage, unnest(range(1, 7)) as position, unnest(reached) as reached, unnest(pace) as pace,
    from stages
) as told
left join waits using (stage)
order by told.position
