-- what happened to a village in a year's safety creation? one row an event, in the log's order
select
    seq,
    kind,
    batch,
    stage,
    reason,
    wish,
    note,
    actor,
    happened_at,
    until_at,
from log
-- only these events have a year: most of the log is passed over unread
where year = $year and area_id = $area_id and simulated = $simulated and not exercise
    and kind in ('safety-stage-reached', 'safety-signed', 'safety-breached', 'safety-rectified')
order by seq
