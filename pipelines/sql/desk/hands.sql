-- which grid workers and leaders belong to the grids around a point? one row a person, the nearest `$count`
-- nobody's position is known: a person stands for the middle of the grid
with loads as (
    select
        area_id,
        count(*) as open,
    from standing_in($area, $simulated, $now)
    group by area_id
)

select
    staff.staff_id,
    staff.role,
    staff.name_zh,
    staff.area_id,
    areas.name_zh as area_zh,
    areas.name_en as area_en,
    areas.lon,
    areas.lat,
    coalesce(loads.open, 0) as open,
    111_320 * sqrt(((areas.lon - $lon) * cos(radians($lat))) ** 2 + (areas.lat - $lat) ** 2) as metres,
from staff
join areas using (area_id)
left join loads using (area_id)
where staff.role in ('gridworker', 'leader')
    and staff.area_id in (select area_id from area_within where ancestor_id = $area)
order by metres, staff.staff_id
limit $count
