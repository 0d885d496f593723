-- from which cases may a second look be drawn? one row a case of the area closed in the period and still closed
select
    cases.case_id,
    cases.title,
    coalesce(categories.name_zh, cases.category) as category_zh,
    coalesce(categories.name_en, cases.category) as category_en,
    coalesce(areas.name_zh, cases.area_id) as area_zh,
    coalesce(areas.name_en, cases.area_id) as area_en,
    coalesce(units.name_zh, cases.unit_id) as unit_zh,
    coalesce(units.name_en, cases.unit_id) as unit_en,
    cases.closed_at,
from cases
left join categories using (category)
left join areas using (area_id)
left join units using (unit_id)
where cases.simulated = $simulated and not cases.exercise
    and cases.state in ('closed', 'evaluated')
    and cases.closed_at >= $since and cases.closed_at < $until
    and cases.area_id in (select area_id from area_within where ancestor_id = $area)
order by cases.case_id
