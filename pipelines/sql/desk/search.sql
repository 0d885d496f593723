-- which cases, open or closed, hold these words? one row a case, `$count` of them: the open first, then the newest
with found as (
    select
        cases.case_id,
        cases.title,
        cases.address,
        coalesce(categories.name_zh, cases.category) as category_zh,
        coalesce(categories.name_en, cases.category) as category_en,
        cases.state,
        cases.is_open,
        cases.reported_at,
        cases.closed_at,
        cases.due_at,
        coalesce(cases.filed_at, cases.reported_at) as started_at,
        cases.area_id,
        coalesce(areas.name_zh, cases.area_id) as area_zh,
        coalesce(areas.name_en, cases.area_id) as area_en,
        coalesce(units.name_zh, cases.unit_id) as unit_zh,
        coalesce(units.name_en, cases.unit_id) as unit_en,
    from cases
    left join categories using (category)
    left join areas using (area_id)
    left join units using (unit_id)
    where cases.simulated = $simulated and not cases.exercise and cases.reported_at <= $now::timestamptz
        and cases.area_id in (select area_id from area_within where ancestor_id = $area)
)

select
    found.*,
    if(is_open, case_urgency(state, started_at, due_at, $now::timestamptz), 'closed') as urgency,
from found
where contains(
    lower(concat_ws(' ', case_id, title, address, category_zh, category_en, area_zh, area_en, unit_zh, unit_en)),
    $words
)
order by is_open desc, reported_at desc, case_id
limit $count
