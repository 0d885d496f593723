-- which case was closed last? one row, none if there was none
select
    case_id,
    title,
    closed_at,
from cases
where simulated = $simulated and not exercise and closed_at <= $now::timestamptz
    and area_id in (select area_id from area_within where ancestor_id = $area)
order by closed_at desc, case_id
limit 1
