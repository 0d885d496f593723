-- how busy is each area now? one row an area of any level that has an open case or a report today
-- per_thousand: open cases a thousand inhabitants, null where nobody was counted
-- key: area_id
with standing as (
    select area_id, urgency, 1 as open, 0 as today,
    from standing_in($area, $simulated, $now)

    union all

    select area_id, null, 0, 1,
    from facts_of($area, $simulated)
    where reported_at >= date_trunc('day', $now::timestamptz) and reported_at <= $now::timestamptz
),

finest as (
    select
        area_id,
        sum(open) as open,
        count(*) filter (urgency = 'overdue') as overdue,
        count(*) filter (urgency = 'due_soon') as due_soon,
        sum(today) as today,
    from standing
    group by area_id
),

rolled as (
    select
        area_within.ancestor_id as area_id,
        sum(finest.open)::bigint as open,
        sum(finest.overdue)::bigint as overdue,
        sum(finest.due_soon)::bigint as due_soon,
        sum(finest.today)::bigint as today,
    from finest
    join area_within on area_within.area_id = finest.area_id
    where area_within.ancestor_id in (select area_id from area_within where ancestor_id = $area)
    group by all
)

select
    rolled.area_id,
    areas.level,
    rolled.open,
    rolled.overdue,
    rolled.due_soon,
    rolled.today as reported_today,
    1000.0 * rolled.open / nullif(areas.population, 0) as per_thousand,
from rolled
join areas using (area_id)
