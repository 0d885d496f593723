-- what happened in the safety creation of an area? one row an event, the 200 newest
-- key: event_id
select
    id as event_id,
    seq,
    kind,
    area_id,
    year,
    batch,
    stage,
    reason,
    wish,
    happened_at,
    source,
from log
-- only these events have a year: most of the log is passed over unread
where year is not null and kind in ('safety-stage-reached', 'safety-signed', 'safety-breached', 'safety-rectified')
    and simulated = $simulated and not exercise and happened_at <= $now::timestamptz
    and area_id in (select area_id from area_within where ancestor_id = $area)
order by seq desc
limit 200
