-- which red lines were touched within 12 months, this one included? one row a touch
-- rectified_at: the first touch of a line in a village and year is put right by the first rectification, and so on
-- key: breach_id
with told as (
    select id, kind, area_id, year, reason, happened_at,
        row_number() over (partition by kind, area_id, year, reason order by seq) as turn,
    from log
    -- only these events have a year: most of the log is passed over unread
    where year is not null and kind in ('safety-breached', 'safety-rectified')
        and simulated = $simulated and not exercise and happened_at <= $now::timestamptz
        and area_id in (select area_id from area_within where ancestor_id = $area)
)

select
    breached.id as breach_id,
    breached.area_id,
    breached.year,
    breached.reason,
    lines.position as line_at,
    breached.happened_at,
    rectified.happened_at as rectified_at,
from told as breached
left join told as rectified on rectified.kind = 'safety-rectified'
    and rectified.area_id = breached.area_id
    and rectified.year = breached.year
    and rectified.reason = breached.reason
    and rectified.turn = breached.turn
left join safety_terms as lines on lines.kind = 'red_line' and lines.term = breached.reason
where breached.kind = 'safety-breached'
    and breached.happened_at >= date_trunc('month', $now::timestamptz) - interval 11 months
order by breached.happened_at desc, breached.id
