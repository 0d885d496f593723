-- what does each unit carry now? one row a unit of the city, or one that has an open case
-- key: unit_id
with carried as (
    select
        unit_id,
        count(*) as open,
        count(*) filter (urgency = 'overdue') as overdue,
        count(*) filter (state = 'suspended') as suspended,
    from standing_in($area, $simulated, $now)
    where unit_id is not null
    group by unit_id
)

select
    unit_id,
    coalesce(units.name_zh, unit_id) as name_zh,
    coalesce(units.name_en, unit_id) as name_en,
    coalesce(carried.open, 0) as open,
    coalesce(carried.overdue, 0) as overdue,
    coalesce(carried.suspended, 0) as suspended,
from units
full join carried using (unit_id)
order by unit_id
