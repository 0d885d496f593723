-- what is overdue where? one row an area and a category with overdue cases in it
-- key: kind_id
select
    concat_ws(':', area_within.ancestor_id, standing.category) as kind_id,
    area_within.ancestor_id as area_id,
    coalesce(any_value(categories.name_zh), standing.category) as category_zh,
    coalesce(any_value(categories.name_en), standing.category) as category_en,
    count(*) as overdue,
from standing_in($area, $simulated, $now) as standing
join area_within on area_within.area_id = standing.area_id
left join categories on categories.category = standing.category
where standing.urgency = 'overdue'
    and area_within.ancestor_id in (from area_within select area_id where ancestor_id = $area)
group by area_within.ancestor_id, standing.category
order by kind_id
