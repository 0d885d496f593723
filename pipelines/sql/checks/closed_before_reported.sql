-- which cases ended before they began? one row a case; none when healthy
select case_id, source, reported_at, closed_at,
from cases
where closed_at < reported_at
