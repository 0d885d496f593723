-- which units are there, and what does each carry? one row a unit
with carried as (
    select
        unit_id,
        count(*) as open,
        count(*) filter (urgency = 'overdue') as overdue,
    from standing_in($area, $simulated, $now)
    where unit_id is not null
    group by unit_id
)

select
    unit_id,
    name_zh as unit_zh,
    name_en as unit_en,
    coalesce(carried.open, 0) as open,
    coalesce(carried.overdue, 0) as overdue,
from units
left join carried using (unit_id)
order by unit_id
