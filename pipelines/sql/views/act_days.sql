-- how lively was an area of late? one row a local day of the last 14, today included
-- key: day
with days as (
    select unnest(range(0, 14)) as ago, $now::timestamptz::date - ago::integer as day,
),

lived as (
    select day, sum(visits) as visits, sum(reports) as reports, sum(closures) as closures,
    from grid_days
    where day > $now::timestamptz::date - 14 and day <= $now::timestamptz::date and simulated = $simulated
        and area_id in (select area_id from area_within where ancestor_id = $area)
    group by day
)

select
    days.day,
    days.ago,
    coalesce(lived.visits, 0)::bigint as visits,
    coalesce(lived.reports, 0)::bigint as reports,
    coalesce(lived.closures, 0)::bigint as closures,
from days
left join lived using (day)
order by days.day
