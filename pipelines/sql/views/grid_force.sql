-- how is each urban grid looked after? one row a grid that is patrolled every day
-- acts: visits, reports and closures; _7, _30: of so many local days, today included
-- silent: no act within three times its own median gap between active days (at least a day), or none in 60 days
-- key: area_id
with lively as (
    select
        area_id,
        $now::timestamptz::date - day as ago,
        day,
        reports,
        visits,
        reports + visits + closures as acts,
        last_act_at,
    from grid_days
    where day > $now::timestamptz::date - 60 and day <= $now::timestamptz::date and simulated = $simulated
        and area_id in (select area_id from area_figures where kind = 'urban')
),

summed as (
    select
        area_id,
        sum(visits) filter (ago = 0)::bigint as visits_today,
        sum(visits) filter (ago < 7)::bigint as visits_7,
        sum(visits) filter (ago < 30)::bigint as visits_30,
        sum(reports) filter (ago = 0)::bigint as reports_today,
        sum(reports) filter (ago < 7)::bigint as reports_7,
        sum(reports) filter (ago < 30)::bigint as reports_30,
        sum(acts) filter (ago = 0)::bigint as acts_today,
        sum(acts) filter (ago < 7)::bigint as acts_7,
        sum(acts) filter (ago < 30)::bigint as acts_30,
        max(last_act_at) as last_act_at,
        -- a window over the days would cost as much as all the rest
        list_sort(list(day)) as days,
        24 * list_median(list_transform(list_zip(days[2:], days[:-2]), lambda pair: pair[1] - pair[2])) as gap_hours,
    from lively
    group by area_id
),

posts as (
    select area_id, count(*) filter (full_time) as full_time, count(*) as people,
    from staff
    group by area_id
),

standing as (
    select area_id, count(*) as open, count(*) filter (urgency = 'overdue') as overdue,
    from standing_in($area, $simulated, $now)
    group by area_id
)

select
    grids.area_id,
    villages.parent_id as street_id,
    grids.population,
    figures.households,
    figures.area_km2,
    coalesce(posts.full_time, 0) as full_time,
    coalesce(posts.people, 0) as people,
    coalesce(summed.visits_today, 0) as visits_today,
    coalesce(summed.visits_7, 0) as visits_7,
    coalesce(summed.visits_30, 0) as visits_30,
    coalesce(summed.reports_today, 0) as reports_today,
    coalesce(summed.reports_7, 0) as reports_7,
    coalesce(summed.reports_30, 0) as reports_30,
    coalesce(summed.acts_today, 0) as acts_today,
    coalesce(summed.acts_7, 0) as acts_7,
    coalesce(summed.acts_30, 0) as acts_30,
    summed.last_act_at,
    summed.gap_hours,
    coalesce(
        epoch($now::timestamptz) - epoch(summed.last_act_at) > 3 * 3600 * greatest(coalesce(summed.gap_hours, 0), 24), true
    ) as silent,
    coalesce(standing.open, 0) as open,
    coalesce(standing.overdue, 0) as overdue,
from area_figures as figures
join areas as grids on grids.area_id = figures.area_id
left join areas as villages on villages.area_id = grids.parent_id
left join summed on summed.area_id = grids.area_id
left join posts on posts.area_id = grids.area_id
left join standing on standing.area_id = grids.area_id
where figures.kind = 'urban' and grids.area_id in (select area_id from area_within where ancestor_id = $area)
order by grids.area_id
