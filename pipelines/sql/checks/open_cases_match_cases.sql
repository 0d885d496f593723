-- which cases are open in one relation and not, or otherwise, in the other? one row a case id; none when healthy
with differences as (
    (select open_cases.* from open_cases except all select cases.* from cases where is_open)

    union all

    (select cases.* from cases where is_open except all select open_cases.* from open_cases)
)

select distinct case_id,
from differences
