-- how long do cases of this category take in this area? one row: the median of those closed in the last 90 days
select
    median(epoch(closed_at) - epoch(coalesce(filed_at, reported_at))) as seconds,
    count(*) as cases,
from facts_of($area, $simulated)
where category = (
    select category
    from cases
    -- a case elsewhere tells nothing, not even its category
    where case_id = $case_id and not exercise and area_id in (select area_id from area_within where ancestor_id = $area)
)
    and closed_at > $now::timestamptz - interval 90 day and closed_at <= $now::timestamptz
