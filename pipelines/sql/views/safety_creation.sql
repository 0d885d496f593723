-- how far is each village in this year's safety creation? one row a village
-- key: area_id
select
    area_id,
    batch,
    stage,
    stage_at,
    breaches - rectified as open_breaches,
    last_breach,
    last_breach_at,
from safety_creation
where simulated = $simulated and year = year($now::timestamptz)
    and area_id in (select area_id from area_within where ancestor_id = $area)
order by area_id
