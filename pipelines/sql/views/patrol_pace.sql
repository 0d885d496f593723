-- how many urban grids were patrolled today? one row a figure; previous: yesterday until the same moment
-- key: figure
with moments as (
    select
        $now::timestamptz as now,
        date_trunc('day', now) as midnight,
        now - interval 1 day as day_ago,
        date_trunc('day', day_ago) as midnight_before,
),

acted as (
    select area_id, kind, happened_at >= midnight as is_today, happened_at <= day_ago as is_before,
    from log
    cross join moments
    where happened_at >= date_trunc('day', $now::timestamptz) - interval 1 day and happened_at <= $now::timestamptz
        and kind in ('grid-visited', 'case-reported') and simulated = $simulated and not exercise
        and area_id in (select area_id from area_figures where kind = 'urban')
        and area_id in (select area_id from area_within where ancestor_id = $area)
)

select
    unnest(['patrolled', 'visits', 'reports']) as figure,
    unnest([
        count(distinct area_id) filter (is_today and kind = 'grid-visited'),
        count(*) filter (is_today and kind = 'grid-visited'),
        count(*) filter (is_today and kind = 'case-reported'),
    ]) as value,
    unnest([
        count(distinct area_id) filter (is_before and kind = 'grid-visited'),
        count(*) filter (is_before and kind = 'grid-visited'),
        count(*) filter (is_before and kind = 'case-reported'),
    ]) as previous,
from acted
