-- what did hands move since a position? one row a case, or a village and year written area:year
select distinct coalesce(case_id, concat(area_id, ':', year)) as moved
from log
where seq > $after and source = $source
