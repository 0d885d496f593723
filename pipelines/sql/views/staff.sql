-- who works in one area itself? one row a person
-- key: staff_id
select
    staff_id,
    area_id,
    role,
    name_zh,
    full_time,
from staff
where area_id = $area
order by staff_id
