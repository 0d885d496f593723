-- who did something on the ground? one row an act in an area: a report, a closure, a visit
create or replace view acts as
select
    id,
    simulated,
    exercise,
    area_id,
    category,
    category_group,
    unit_id,
    channel,
    actor as reported_by,
    null::varchar as handled_by,
    priority,
    happened_at,
from log
where kind in ('case-reported', 'case-closed', 'grid-visited');
