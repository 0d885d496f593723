-- which cases were never reported? one row a case that has events but no report; none when healthy
select case_id, source, state, first_seq,
from cases
where reported_at is null
