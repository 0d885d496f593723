-- what came of what was closed? one row a measure of the area itself, of each part of it, of each unit responsible in it; 90 days
-- score and its parts are over the cases whose 30 days after closing ended in these 90 days, the others by their own metric's time
-- low, high of the score: as the intervals of its parts add up; rank_low, rank_high as intervals overlap,
-- none below 10 cases or without a part that the area has
-- key: row_id
with shares as (
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
    from effect_counts($area, $simulated, $now)
),

scores as (
    select
        kind,
        id,
        any_value(matures_at) as matures_at,
        count(*) as parts,
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
        kind, id, measure, matures_at, numerator, denominator, weight, null as parts,
        100 * share as value, 100 * bounds.low as low, 100 * bounds.high as high,
    from shares

    union all

    select
        kind, id, 'score', matures_at, null, denominator, null, parts,
        100 * share, 100 * greatest(0, share - below), 100 * least(1, share + above),
    from scores
),

-- a score that lacks a part which others have is no better for it
able as (
    select *
    from standing
    where measure = 'score' and kind <> 'whole' and denominator >= 10
        and parts = (select whole.parts from standing as whole where whole.kind = 'whole' and whole.measure = 'score')
),

ranked as (
    select
        mine.kind,
        mine.id,
        mine.measure,
        1 + count(*) filter (other.low > mine.high) as rank_low,
        count(*) - count(*) filter (other.high < mine.low) as rank_high,
    from able as mine
    inner join able as other on mine.kind = other.kind
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
