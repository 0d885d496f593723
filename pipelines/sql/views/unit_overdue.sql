-- which units are behind? one row a unit, the 8 with most overdue cases
-- on_time_rate: percent closed in time of the cases whose deadline fell in the last 30 days (due: how many)
-- key: unit_id
with standing as (
    select
        unit_id,
        count(*) as open,
        count(*) filter (urgency = 'overdue') as overdue,
    from standing_in($area, $simulated, $now)
    where unit_id is not null
    group by unit_id
),

worst as (
    select unit_id, open, overdue,
    from standing
    where overdue > 0
    order by overdue desc, open desc, unit_id
    limit 8
),

closures as (
    select
        unit_id,
        count(*) as due,
        count(*) filter (closed_at <= deadline_at) as on_time,
    from facts_of($area, $simulated)
    -- a deadline is never after due_at, whose condition prunes
    where due_at >= $now::timestamptz - interval 30 days
        and deadline_at >= $now::timestamptz - interval 30 days and deadline_at < $now::timestamptz
        and not is_dropped and not is_stopped and not is_untimed
    group by unit_id
)

select
    worst.unit_id,
    coalesce(units.name_zh, worst.unit_id) as name_zh,
    coalesce(units.name_en, worst.unit_id) as name_en,
    worst.overdue,
    worst.open,
    100.0 * closures.on_time / nullif(closures.due, 0) as on_time_rate,
    coalesce(closures.due, 0) as due,
from worst
left join closures using (unit_id)
left join units using (unit_id)
order by worst.overdue desc, worst.open desc, worst.unit_id
