-- how far do the marts lag behind the log? one row when they do; none when healthy
with ends as (
    select
        (select coalesce(max(seq), 0) from log) as last_event,
        (select coalesce(max(position), 0) from positions where name = 'applied') as applied,
)

select last_event, applied,
from ends
where applied < last_event
