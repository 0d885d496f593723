-- which areas do the marts name that the city does not have? one row a mart and area; none when healthy
with named as (
    select 'cases' as mart, area_id from cases
    union
    select 'grid_days', area_id from grid_days
    union
    select 'safety_creation', area_id from safety_creation
)

select mart, area_id,
from named
where area_id not in (select area_id from areas)
