-- which cases have a state that no event leads to, or none, or are open where it is closed?
-- one row a case; none when healthy
select case_id, state, is_open,
from cases
where (state, is_open) not in (select (lifecycle.state, lifecycle.is_open) from lifecycle) or state is null
