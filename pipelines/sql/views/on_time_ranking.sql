-- who closes on time, over 30 days and today? one row a period and a part of the area, or a unit responsible in it
-- value, low, high: percent on time with the difficulty of its cases allowed for, see on_time_standing
-- rank_low, rank_high: the places it may have among those alike, as intervals overlap; none below 10 cases
-- key: row_id
with standing as (
    select 'month' as period, *,
    from on_time_standing($area, $simulated, $now::timestamptz - interval 30 days, $now)

    union all

    select 'today', *,
    from on_time_standing($area, $simulated, date_trunc('day', $now::timestamptz), $now)
),

ranked as (
    select
        mine.period,
        mine.kind,
        mine.id,
        1 + count(*) filter (other.low > mine.high) as rank_low,
        count(*) - count(*) filter (other.high < mine.low) as rank_high,
    from standing as mine
    join standing as other on other.period = mine.period and other.kind = mine.kind and other.due >= 10
    where mine.due >= 10
    group by all
)

select
    concat_ws(':', standing.period, standing.kind, standing.id) as row_id,
    standing.period,
    standing.kind,
    standing.id,
    coalesce(units.name_zh, areas.name_zh, standing.id) as name_zh,
    coalesce(units.name_en, areas.name_en, standing.id) as name_en,
    standing.due,
    standing.late,
    round(standing.difficulty, 3) as difficulty,
    round(standing.rate, 2) as rate,
    round(standing.value, 2) as value,
    round(standing.low, 2) as low,
    round(standing.high, 2) as high,
    ranked.rank_low,
    ranked.rank_high,
    95.0 as target,
from standing
left join ranked using (period, kind, id)
left join areas on standing.kind = 'area' and areas.area_id = standing.id
left join units on standing.kind = 'unit' and units.unit_id = standing.id
order by row_id
