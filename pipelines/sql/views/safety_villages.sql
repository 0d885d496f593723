-- how far is each village in the safety creation of every year? one row a village and year
-- batch_at, stage_position: their order; finished: it was named, and is still
-- peers_at: when the middle one of the unfinished villages of its batch, in the whole city, reached the stage it stands at
-- open_lines: the red lines touched and not put right, with | between
-- key: entry
with standing as (
    select
        safety_creation.*,
        batches.position as batch_at,
        stages.position as stage_position,
        coalesce(stages.term = 'named' or stage in ('warned', 'rectifying', 'kept'), false) as finished,
    from safety_creation
    left join safety_terms as batches on batches.kind = 'batch' and batches.term = safety_creation.batch
    left join safety_terms as stages on stages.kind = 'stage' and stages.term = safety_creation.stage
    where simulated = $simulated
),

touched as (
    select area_id, year, reason, max(happened_at) filter (kind = 'safety-breached') as breached_at,
    from log
    -- only these events have a year: most of the log is passed over unread
    where year is not null and kind in ('safety-breached', 'safety-rectified')
        and simulated = $simulated and not exercise and happened_at <= $now::timestamptz
    group by all
    having count(*) filter (kind = 'safety-breached') > count(*) filter (kind = 'safety-rectified')
),

lines as (
    select
        area_id,
        year,
        string_agg(reason, '|' order by breached_at desc, reason) as open_lines,
        max(breached_at) as breached_at,
    from touched
    group by all
),

peers as (
    select year, batch, quantile_disc(stage_at, 0.5) as peers_at,
    from standing
    where not finished
    group by all
)

select
    concat(standing.area_id, ':', standing.year) as entry,
    standing.area_id,
    standing.year,
    standing.batch,
    standing.batch_at,
    standing.stage,
    standing.stage_position,
    standing.stage_at,
    standing.finished,
    if(standing.finished, null, peers.peers_at) as peers_at,
    standing.breaches,
    standing.breaches - standing.rectified as open_breaches,
    lines.open_lines,
    lines.breached_at,
from standing
left join lines using (area_id, year)
left join peers using (year, batch)
where standing.area_id in (select area_id from area_within where ancestor_id = $area)
order by standing.year desc, standing.area_id
