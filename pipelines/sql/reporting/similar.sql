-- which open cases of a category were reported near a point in the last 30 days? one row a case, the nearest first
with near as (
    select
        standing.*,
        111_320 * sqrt(((lon - $lon) * cos(radians($lat))) ** 2 + (lat - $lat) ** 2) as metres,
    from standing_in($area, $simulated, $now) as standing
    where category = $category and reported_at > $now::timestamptz - interval 30 day
)

select
    near.case_id,
    near.title,
    coalesce(categories.name_zh, near.category) as category_zh,
    coalesce(categories.name_en, near.category) as category_en,
    near.state,
    near.urgency,
    near.reported_at,
    near.due_at,
    coalesce(units.name_zh, near.unit_id) as unit_zh,
    coalesce(units.name_en, near.unit_id) as unit_en,
    near.lon,
    near.lat,
    round(near.metres, 1) as metres,
from near
left join categories using (category)
left join units using (unit_id)
where near.metres <= 60
order by near.metres, near.case_id
limit 5
