-- which open cases count in an area, with the names a person reads? one row a case that is not closed
create or replace macro queue_of(area, of_simulation, moment) as table
select
    standing.case_id,
    standing.title,
    coalesce(categories.name_zh, standing.category) as category_zh,
    coalesce(categories.name_en, standing.category) as category_en,
    standing.state,
    standing.urgency,
    standing.reported_at,
    standing.due_at,
    standing.started_at,
    standing.area_id,
    coalesce(areas.name_zh, standing.area_id) as area_zh,
    coalesce(areas.name_en, standing.area_id) as area_en,
    coalesce(units.name_zh, standing.unit_id) as unit_zh,
    coalesce(units.name_en, standing.unit_id) as unit_en,
    standing.channel,
    standing.priority,
    standing.lon,
    standing.lat,
    standing.address,
    standing.urges,
    standing.extensions,
    standing.returns,
    standing.reopens,
    standing.suspended_at,
    -- whatever happens to a case changes its row: who looks at it is told
    standing.changed_at,
    standing.urgency_rank,
from standing_in(area, of_simulation, moment) as standing
left join categories using (category)
left join areas using (area_id)
left join units using (unit_id);
