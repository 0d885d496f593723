-- which grids are alive, which fell silent? one row a grid, or an area with acts of its own in the last 60 days
-- silent: no act within three times its own median gap between active days (at least a day), or none in 60 days
-- key: area_id
with lively as (
    select area_id, day, reports, visits, last_act_at,
        day - lag(day) over (partition by area_id order by day) as gap,
    from grid_days
    where day > $now::timestamptz::date - 60 and day <= $now::timestamptz::date and simulated = $simulated
        and area_id in (select area_id from area_within where ancestor_id = $area)
),

summed as (
    select
        area_id,
        coalesce(sum(reports) filter (day = $now::timestamptz::date), 0)::bigint as reports_today,
        coalesce(sum(visits) filter (day = $now::timestamptz::date), 0)::bigint as visits_today,
        max(last_act_at) as last_act_at,
        24 * median(gap) as median_gap_hours,
    from lively
    group by area_id
),

known as (
    select area_id,
    from areas
    where level = 'grid' and area_id in (select area_id from area_within where ancestor_id = $area)

    union

    select area_id,
    from summed
)

select
    known.area_id,
    coalesce(summed.reports_today, 0) as reports_today,
    coalesce(summed.visits_today, 0) as visits_today,
    summed.last_act_at,
    summed.median_gap_hours,
    coalesce(
        epoch($now::timestamptz) - epoch(summed.last_act_at) > 3 * 3600 * greatest(summed.median_gap_hours, 24), true
    ) as silent,
from known
left join summed using (area_id)
order by known.area_id
