-- where are the open cases? one row a case with a point, the 2 000 most urgent
-- key: case_id
with pressing as (
    select case_id, lon, lat, title, category, area_id, due_at, urgency,
    from standing_in($area, $simulated, $now)
    where lon is not null and lat is not null
    order by urgency_rank, due_at nulls last, reported_at, case_id
    limit 2000
)

select
    pressing.case_id,
    pressing.lon,
    pressing.lat,
    pressing.urgency,
    pressing.title,
    coalesce(categories.name_zh, pressing.category) as category_zh,
    coalesce(categories.name_en, pressing.category) as category_en,
    pressing.area_id,
    pressing.due_at,
from pressing
left join categories using (category)
