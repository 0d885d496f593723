-- how does the city do now? one row a metric, with what it was before
-- previous: yesterday until the same moment (reported_today); a day ago, by what is known of it now (open_cases,
-- overdue_cases); the same 30 days a week ago (rates); the 7 days before (median_handling_time)
-- key: metric
with moments as (
    select
        $now::timestamptz as now,
        now - interval 1 day as day_ago,
        now - interval 7 days as week_ago,
        now - interval 30 days as month_ago,
),

places as (
    select area_id from area_within where ancestor_id = $area
),

standing as (
    select
        count(*) as open,
        count(*) filter (due_at < now and not stopped) as overdue,
        count(*) filter (reported_at <= day_ago) as open_before,
        count(*) filter (greatest(reported_at, due_at) < day_ago and not stopped) as overdue_before,
    from (from open_cases select open_cases.*, state in ('suspended', 'waiting_reporter') as stopped)
    cross join moments
    where simulated = $simulated and not exercise and area_id in (from places)
),

-- every time in a case is at most its changed_at
recent as (
    select
        count(*) filter (reported_at >= date_trunc('day', now) and reported_at <= now) as reported,
        count(*) filter (reported_at >= date_trunc('day', day_ago) and reported_at <= day_ago) as reported_before,
        count(*) filter (ended_at > day_ago and reported_at <= day_ago) as ended,
        count(*) filter (ended_at > day_ago and greatest(reported_at, due_at) < day_ago) as ended_overdue,
        count(*) filter (closed_at >= week_ago and closed_at < now) as closed,
        median(took_us) filter (closed_at >= week_ago and closed_at < now) as took,
        median(took_us) filter (closed_at < week_ago and closed_at >= week_ago - interval 7 days) as took_before,
    from case_facts
    cross join moments
    where changed_at >= $now::timestamptz - interval 14 days
        and simulated = $simulated and not exercise and area_id in (from places)
),

ratings as (
    select
        count(*) filter (rated_at >= month_ago) as rated,
        count(*) filter (rated_at >= month_ago and rating >= 4) as satisfied,
        count(*) filter (rated_at < week_ago) as rated_before,
        count(*) filter (rated_at < week_ago and rating >= 4) as satisfied_before,
    from cases
    cross join moments
    where rated_at >= $now::timestamptz - interval 37 days and rated_at < $now::timestamptz
        and simulated = $simulated and not exercise and area_id in (from places)
),

deadlines as (
    select
        count(*) filter (deadline_at >= month_ago) as due,
        count(*) filter (deadline_at >= month_ago and closed_at <= deadline_at) as on_time,
        count(*) filter (deadline_at < week_ago) as due_before,
        count(*) filter (deadline_at < week_ago and closed_at <= deadline_at) as on_time_before,
    from case_facts
    cross join moments
    -- a deadline is never after due_at, whose condition prunes
    where due_at >= $now::timestamptz - interval 37 days
        and deadline_at >= $now::timestamptz - interval 37 days and deadline_at < $now::timestamptz
        and not (is_dropped or is_stopped or is_untimed)
        and simulated = $simulated and not exercise and area_id in (from places)
)

select
    unnest(['reported_today', 'open_cases', 'overdue_cases', 'on_time_closure_rate', 'median_handling_time',
        'satisfaction_rate']) as metric,
    unnest([reported, open, overdue, 100 * on_time / nullif(due, 0), took / 3.6e9,
        100 * satisfied / nullif(rated, 0)]) as value,
    unnest(['cases', 'cases', 'cases', 'percent', 'hours', 'percent']) as unit,
    unnest([reported_before, open_before + ended, overdue_before + ended_overdue,
        100 * on_time_before / nullif(due_before, 0), took_before / 3.6e9,
        100 * satisfied_before / nullif(rated_before, 0)]) as previous,
    unnest([null, null, 0.0, 95, null, 90]) as target,
    unnest([reported, open, overdue, on_time, null, satisfied]) as numerator,
    unnest([null, null, null, due, closed, rated]) as denominator,
from standing, recent, ratings, deadlines
