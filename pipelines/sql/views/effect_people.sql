-- what came of the work of each handler and collector? one row a measure of a person, over 90 days by each metric's own time, at most 2000
-- whoever may not see persons gets all of a kind as one; rank_low, rank_high as intervals overlap, none below 10
-- key: row_id
with seen as (
    select
        *,
        $now::timestamptz as until,
        until - interval 90 days as since,
    from facts_of($area, $simulated)
),

counted as (
    select
        'handler' as kind,
        handled_by as id,
        -- behind a mask all are one, of no unit
        if(min(unit_id) = max(unit_id), min(unit_id), null) as unit_id,
        unnest([
            {
                'measure': 'handled_on_time',
                'good': count(*) filter (due_in and done_at <= deadline_at),
                'out_of': count(*) filter (due_in)
            },
            {
                'measure': 'checks',
                'good': coalesce(sum(checks_passed) filter (checked_in), 0)::bigint,
                'out_of': coalesce(sum(checks) filter (checked_in), 0)::bigint
            },
            {
                'measure': 'rework',
                'good': count(*) filter (filed_in and is_reworked),
                'out_of': count(*) filter (filed_in)
            }
        ], recursive := true),
    from (
        select
            *,
            deadline_at >= since and deadline_at < until and not is_dropped and not is_stopped as due_in,
            checked_at >= since and checked_at < until as checked_in,
            reported_at >= since and reported_at < until and progress >= 2 and not is_dropped as filed_in,
        from seen
        where handled_by is not null
    )
    group by handled_by

    union all

    select
        'collector',
        reported_by,
        null,
        'valid',
        count(*) filter (state <> 'rejected'),
        count(*),
    from seen
    where reported_by is not null and reported_at >= since and reported_at < until and (progress >= 2 or state = 'rejected')
        and state not in ('merged', 'void') and coalesce(relation, '') not in ('escalated', 'sent_down')
    group by reported_by
),

standing as (
    select
        *,
        100 * good / nullif(out_of, 0) as value,
        100 * wilson(good, out_of).low as low,
        100 * wilson(good, out_of).high as high,
        measure in ('handled_on_time', 'valid') and out_of >= 10 as is_ranked,
    from counted
),

ranked as (
    select
        mine.kind,
        mine.id,
        mine.measure,
        1 + count(*) filter (other.low > mine.high) as rank_low,
        count(*) - count(*) filter (other.high < mine.low) as rank_high,
    from standing as mine
    inner join standing as other on mine.kind = other.kind and mine.measure = other.measure and other.is_ranked
    where mine.is_ranked
    group by all
)

select
    concat_ws(':', standing.kind, standing.id, standing.measure) as row_id,
    standing.kind,
    standing.id,
    staff.name_zh,
    coalesce(units.name_zh, areas.name_zh) as of_zh,
    coalesce(units.name_en, areas.name_en) as of_en,
    standing.measure,
    standing.good as numerator,
    standing.out_of as denominator,
    round(standing.value, 2) as value,
    round(standing.low, 2) as low,
    round(standing.high, 2) as high,
    ranked.rank_low,
    ranked.rank_high,
from standing
left join ranked using (kind, id, measure)
left join units on standing.unit_id = units.unit_id
left join (
    select staff_id, any_value(name_zh) as name_zh, min(area_id) as area_id
    from staff
    group by staff_id
) as staff on standing.id = staff.staff_id
left join areas on staff.area_id = areas.area_id
order by standing.kind, standing.out_of desc, row_id
limit 2000
