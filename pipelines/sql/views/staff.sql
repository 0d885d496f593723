-- who works in one area itself? one row a person
-- key: staff_id
select
    staff_id,
    area_id,
    role,
    name_zh,
    full_time,
from staff
-- they are the same at every moment and for every kind of data
where area_id = $area and coalesce($now::varchar, $simulated::varchar) is not null
order by staff_id
