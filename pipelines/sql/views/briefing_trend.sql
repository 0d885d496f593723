-- how did the numbers of a briefing move over four weeks? one row a number
-- trend: its value at this time of day on each of the last 28 days, oldest first, by what is known now
-- key: metric
with moments as (
    select
        unnest(range(57))::integer as back,
        $now::timestamptz - to_days(back) as moment,
        date_trunc('day', moment) as midnight,
        moment - interval 1 day as day_before,
),

told as (
    from moments
    where back < 28
),

shares as (
    select 'on_time_closure_rate' as metric, back, count(*) filter (closed_at <= deadline_at) as good, count(*) as n,
    from facts_of($area, $simulated)
    join moments on deadline_at < moment and deadline_at >= day_before
    -- a deadline is never after due_at, whose condition prunes
    where due_at >= $now::timestamptz - interval 57 days and not (is_dropped or is_stopped or is_untimed)
    group by back

    union all

    select 'satisfaction_rate', back, count(*) filter (rating >= 4), count(*),
    from facts_of($area, $simulated)
    join moments on rated_at < moment and rated_at >= day_before
    where rated_at >= $now::timestamptz - interval 57 days
    group by back
),

closures as (
    select back, took_us,
    from facts_of($area, $simulated)
    join moments on closed_at < moment and closed_at >= day_before
    where changed_at >= $now::timestamptz - interval 34 days
),

daily as (
    select metric, back, (count(*) filter (since <= moment and (until is null or until > moment)))::double as value,
    from stock_spans($area, $simulated, $now)
    cross join told
    group by all

    union all

    select 'reported_today', back, count(*),
    from facts_of($area, $simulated)
    join told on reported_at >= midnight and reported_at <= moment
    where changed_at >= $now::timestamptz - interval 28 days
    group by back

    union all

    select 'active_grids', back, count(distinct area_id),
    from acts
    join told on happened_at >= midnight and happened_at < moment
    where happened_at >= $now::timestamptz - interval 28 days and simulated = $simulated and not exercise
        and area_id in (from area_within select area_id where ancestor_id = $area)
        and area_id in (from areas select area_id where level = 'grid')
    group by back

    union all

    select metric, told.back, 100 * sum(good) / sum(n),
    from shares
    join told on shares.back between told.back and told.back + 29
    group by all

    union all

    select 'median_handling_time', told.back, median(took_us) / 3.6e9,
    from closures
    join told on closures.back between told.back and told.back + 6
    group by all
)

select
    metric,
    list(if(first_at > moment, null, coalesce(value, if(is_count, 0, null))) order by back desc) as trend,
from (
    select
        unnest(['reported_today', 'open_cases', 'overdue_cases', 'urged_cases', 'suspended_cases', 'open_disputes',
            'active_grids', 'on_time_closure_rate', 'median_handling_time', 'satisfaction_rate']) as metric,
        generate_subscripts(range(10), 1) <= 7 as is_count,
        (select min(happened_at) from log where not exercise) as first_at,
)
cross join told
left join daily using (metric, back)
group by metric
order by metric
