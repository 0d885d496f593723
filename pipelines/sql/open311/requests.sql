-- what is told of some service requests? one row a case, the newest report first
select
    cases.case_id,
    cases.state,
    cases.is_open,
    cases.category,
    coalesce(categories.name_zh, cases.category) as category_zh,
    coalesce(categories.name_en, cases.category) as category_en,
    cases.title,
    coalesce(units.name_zh, cases.unit_id) as unit_zh,
    coalesce(units.name_en, cases.unit_id) as unit_en,
    cases.reported_at,
    cases.changed_at,
    cases.due_at,
    cases.original_due_at,
    cases.closed_at,
    cases.address,
    round(cases.lat, $precision::integer) as lat,
    round(cases.lon, $precision::integer) as lon,
    cases.area_id,
    coalesce(areas.name_zh, cases.area_id) as area_zh,
    coalesce(areas.name_en, cases.area_id) as area_en,
    cases.priority,
    cases.channel,
from cases
left join categories using (category)
left join areas using (area_id)
left join units using (unit_id)
-- a list and no join: words are masked of these cases alone
where list_contains($ids::varchar[], cases.case_id)
order by cases.reported_at desc, cases.case_id desc
