-- which open cases press most? one row a case, the 500 most urgent
-- key: case_id
with pressing as (
    select standing.*
    from standing_in($area, $simulated, $now) as standing
    order by urgency_rank, due_at nulls last, reported_at, case_id
    limit 500
)

select
    pressing.case_id,
    pressing.title,
    coalesce(categories.name_zh, pressing.category) as category_zh,
    coalesce(categories.name_en, pressing.category) as category_en,
    pressing.state,
    pressing.urgency,
    pressing.reported_at,
    pressing.due_at,
    pressing.started_at,
    pressing.area_id,
    coalesce(areas.name_zh, pressing.area_id) as area_zh,
    coalesce(areas.name_en, pressing.area_id) as area_en,
    coalesce(units.name_zh, pressing.unit_id) as unit_zh,
    coalesce(units.name_en, pressing.unit_id) as unit_en,
    pressing.channel,
    pressing.priority,
    pressing.lon,
    pressing.lat,
from pressing
left join categories using (category)
left join areas using (area_id)
left join units using (unit_id)
order by urgency_rank, due_at nulls last, reported_at, case_id
