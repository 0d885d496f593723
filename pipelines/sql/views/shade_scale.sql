-- how far does a map's scale of colour reach today? one row a level: what 95 of 100 areas with open cases did not pass as the day began
-- per_thousand: open cases a thousand inhabitants, null where nobody was counted
-- key: level
with standing as (
    select area_id, count(*) as open,
    from facts_of($area, $simulated)
    where reported_at < date_trunc('day', $now::timestamptz)
        and coalesce(ended_at, 'infinity') >= date_trunc('day', $now::timestamptz)
    group by area_id
),

rolled as (
    select area_within.ancestor_id as area_id, sum(standing.open) as open,
    from standing
    join area_within on area_within.area_id = standing.area_id
    where area_within.ancestor_id in (select area_id from area_within where ancestor_id = $area)
    group by all
)

select
    areas.level,
    quantile_disc(rolled.open, 0.95)::bigint as open,
    quantile_disc(1000.0 * rolled.open / nullif(areas.population, 0), 0.95) as per_thousand,
from rolled
join areas using (area_id)
group by areas.level
order by areas.level
