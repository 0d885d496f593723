-- how lively is each village? one row a village with its grids: of the last 30 days, today included, and now
-- key: area_id
with villages as (
    select areas.area_id, area_within.area_id as inside_id, area_figures.households, areas.population,
    from areas
    join area_within on area_within.ancestor_id = areas.area_id
    left join area_figures on area_figures.area_id = areas.area_id
    where areas.level = 'village' and areas.area_id in (select area_id from area_within where ancestor_id = $area)
),

lived as (
    select area_id, sum(reports) as reports, sum(visits) as visits,
    from grid_days
    where day > $now::timestamptz::date - 30 and day <= $now::timestamptz::date and simulated = $simulated
    group by area_id
),

standing as (
    select area_id, count(*) as open, count(*) filter (urgency = 'overdue') as overdue,
    from standing_in($area, $simulated, $now)
    group by area_id
)

select
    villages.area_id,
    any_value(villages.households) as households,
    any_value(villages.population) as population,
    coalesce(sum(lived.reports), 0)::bigint as reports,
    coalesce(sum(lived.visits), 0)::bigint as visits,
    coalesce(sum(standing.open), 0)::bigint as open,
    coalesce(sum(standing.overdue), 0)::bigint as overdue,
from villages
left join lived on lived.area_id = villages.inside_id
left join standing on standing.area_id = villages.inside_id
group by villages.area_id
order by villages.area_id
