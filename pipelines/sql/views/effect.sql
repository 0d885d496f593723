-- what came of what was closed? one row a measure of the area itself, of each part of it, of each unit responsible in it; 90 days
-- score and its parts are over the cases whose 30 days after closing ended in these 90 days, the others by their own metric's time
-- low, high of the score: as the intervals of its parts add up; rank_low, rank_high as intervals overlap, none below 10 cases
-- key: row_id
with places as (
    select inside.area_id, parts.ancestor_id as part_id,
    from area_within as inside
    left join (
        select area_within.ancestor_id, area_within.area_id,
        from area_within
        inner join areas on area_within.ancestor_id = areas.area_id
        where areas.parent_id = $area
    ) as parts using (area_id)
    where inside.ancestor_id = $area
),

judged as (
    select
        unit_id,
        part_id,
        count(*) as closed,
        count(*) filter (lon is not null) as located,
        count(*) filter (lon is not null and not is_repeated) as fixed,
        sum(rechecks_passed + rechecks_failed) as looked_at,
        sum(rechecks_passed) as passed,
        count(rating) as rated,
        count(*) filter (rating >= 4) as satisfied,
        count(*) filter (reopens = 0) as kept,
        count(deadline_at) as due,
        count(*) filter (closed_at <= deadline_at) as on_time,
        grouping(unit_id) = 0 as is_unit,
        grouping(part_id) = 0 as is_part,
    from fixes
    inner join places using (area_id)
    where simulated = $simulated and not exercise and not is_dropped and not is_untimed
        and closed_at >= $now::timestamptz - interval 120 days and closed_at < $now::timestamptz - interval 30 days
    group by grouping sets ((), (unit_id), (part_id))
),

going as (
    select
        unit_id,
        part_id,
        count(*) filter (reported_at >= since and progress >= 2 and not is_dropped) as filed,
        count(*) filter (reported_at >= since and progress >= 2 and not is_dropped and is_reworked) as reworked,
        count(*) filter (dispatched_at >= since and dispatches > 0 and not is_dropped) as dispatched,
        count(*) filter (dispatched_at >= since and dispatches > 0 and not is_dropped and hops >= 2) as passed_on,
        count(*) filter (dispatched_at >= since and not is_dropped and (signed_at is not null or sign_due_at < until)) as to_sign,
        count(*) filter (dispatched_at >= since and not is_dropped and signed_at <= sign_due_at) as signed,
        count(*) filter (closed_at >= since and (rated_at is not null or closed_at <= until - interval 7 days)) as may_rate,
        count(*) filter (closed_at >= since and rated_at is not null) as did_rate,
        coalesce(sum(appeals) filter (reported_at >= since), 0) as appeals,
        coalesce(sum(appeals_upheld) filter (reported_at >= since), 0) as upheld,
        min(closed_at) filter (is_closed and not is_dropped and closed_at >= until - interval 30 days) + interval 30 days as matures_at,
        grouping(unit_id) = 0 as is_unit,
        grouping(part_id) = 0 as is_part,
    from (
        select *, $now::timestamptz as until, $now::timestamptz - interval 90 days as since,
        from case_facts
        where simulated = $simulated and not exercise
    )
    inner join places using (area_id)
    where reported_at < until and (reported_at >= since or dispatched_at >= since or closed_at >= since)
    group by grouping sets ((), (unit_id), (part_id))
),

counted as (
    select
        case when going.is_unit then 'unit' when going.is_part then 'area' else 'whole' end as kind,
        case when going.is_unit then going.unit_id when going.is_part then going.part_id else $area end as id,
        going.matures_at,
        unnest([
            {'measure': 'fixed', 'good': judged.fixed, 'out_of': judged.located},
            {'measure': 'rechecked', 'good': judged.passed, 'out_of': judged.looked_at},
            {'measure': 'satisfied', 'good': judged.satisfied, 'out_of': judged.rated},
            {'measure': 'kept', 'good': judged.kept, 'out_of': judged.closed},
            {'measure': 'on_time', 'good': judged.on_time, 'out_of': judged.due},
            {'measure': 'response', 'good': going.did_rate, 'out_of': going.may_rate},
            {'measure': 'ping_pong', 'good': going.passed_on, 'out_of': going.dispatched},
            {'measure': 'rework', 'good': going.reworked, 'out_of': going.filed},
            {'measure': 'sign', 'good': going.signed, 'out_of': going.to_sign},
            {'measure': 'appeals', 'good': going.upheld, 'out_of': going.appeals}
        ], recursive := true),
    from going
    left join judged on going.is_unit = judged.is_unit and going.is_part = judged.is_part
        and going.unit_id is not distinct from judged.unit_id and going.part_id is not distinct from judged.part_id
    where coalesce(going.unit_id, '') <> '' or coalesce(going.part_id, '') <> '' or not (going.is_unit or going.is_part)
),

shares as (
    select
        kind,
        id,
        measure,
        matures_at,
        coalesce(good, 0)::bigint as numerator,
        coalesce(out_of, 0)::bigint as denominator,
        if(measure in ('fixed', 'rechecked', 'satisfied', 'kept', 'on_time'), effect_weight(measure), null)::double as weight,
        good / nullif(out_of, 0) as share,
        wilson(good, out_of) as bounds,
    from counted
),

scores as (
    select
        kind,
        id,
        any_value(matures_at) as matures_at,
        max(denominator) filter (measure = 'kept') as denominator,
        sum(weight * share) / sum(weight) as share,
        sqrt(sum((weight * (share - bounds.low)) ** 2)) / sum(weight) as below,
        sqrt(sum((weight * (bounds.high - share)) ** 2)) / sum(weight) as above,
    from shares
    where weight is not null and denominator > 0
    group by all
),

standing as (
    select
        kind, id, measure, matures_at, numerator, denominator, weight,
        100 * share as value, 100 * bounds.low as low, 100 * bounds.high as high,
    from shares

    union all

    select
        kind, id, 'score', matures_at, null, denominator, null,
        100 * share, 100 * greatest(0, share - below), 100 * least(1, share + above),
    from scores
),

ranked as (
    select
        mine.kind,
        mine.id,
        mine.measure,
        1 + count(*) filter (other.low > mine.high) as rank_low,
        count(*) - count(*) filter (other.high < mine.low) as rank_high,
    from standing as mine
    inner join standing as other on mine.kind = other.kind and mine.measure = other.measure and other.denominator >= 10
    where mine.denominator >= 10 and mine.kind <> 'whole' and mine.measure = 'score'
    group by all
)

select
    concat_ws(':', standing.kind, standing.id, standing.measure) as row_id,
    standing.kind,
    standing.id,
    coalesce(units.name_zh, areas.name_zh, standing.id) as name_zh,
    coalesce(units.name_en, areas.name_en, standing.id) as name_en,
    standing.measure,
    standing.weight,
    standing.numerator,
    standing.denominator,
    round(standing.value, 2) as value,
    round(standing.low, 2) as low,
    round(standing.high, 2) as high,
    ranked.rank_low,
    ranked.rank_high,
    if(standing.kind = 'whole', standing.matures_at, null) as matures_at,
from standing
left join ranked using (kind, id, measure)
left join areas on standing.kind in ('area', 'whole') and areas.area_id = standing.id
left join units on standing.kind = 'unit' and units.unit_id = standing.id
order by row_id
