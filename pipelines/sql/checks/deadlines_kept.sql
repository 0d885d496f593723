-- which extended cases lost their original deadline? one row a case; none when healthy
select case_id, extensions, due_at, original_due_at,
from cases
where extensions > 0 and (original_due_at is null or due_at is null)
