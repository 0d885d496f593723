-- what came of the last draws of closed cases for a second look? one row a draw of the last 90 days, the latest 8
-- key: draw_id
with drawn as (
    select
        draw_id,
        case_id,
        any_value(seed) as seed,
        min(happened_at) as drawn_at,
        min(seq) as seq,
    from log
    where kind = 'recheck-drawn' and simulated = $simulated and not exercise
        and area_id in (select area_id from area_within where ancestor_id = $area)
        and happened_at between $now::timestamptz - interval 90 days and $now::timestamptz
    group by draw_id, case_id
),

looked_at as (
    select
        drawn.draw_id,
        drawn.case_id,
        arg_min(log.kind, log.seq) as outcome,
    from drawn
    inner join log on drawn.case_id = log.case_id and log.seq > drawn.seq
    where log.kind in ('recheck-passed', 'recheck-failed')
    group by all
)

select
    drawn.draw_id,
    any_value(drawn.seed) as seed,
    min(drawn.drawn_at) as drawn_at,
    count(*) as drawn,
    count(*) filter (looked_at.outcome = 'recheck-passed') as passed,
    count(*) filter (looked_at.outcome = 'recheck-failed') as failed,
    count(*) filter (looked_at.outcome is null) as waiting,
from drawn
left join looked_at using (draw_id, case_id)
group by drawn.draw_id
order by drawn_at desc, draw_id
limit 8
