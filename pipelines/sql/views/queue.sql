-- which open cases press most? one row a case: the first 100 of each urgency, and of the others the most urgent up to 500
-- key: case_id
with ranked as (
    select
        listed.*,
        row_number() over (partition by urgency order by due_at nulls last, reported_at, case_id) as place,
    from queue_of($area, $simulated, $now) as listed
),

pressing as (
    select *
    from ranked
    order by place > 100, urgency_rank, place
    limit 500
)

select * exclude (urgency_rank, place),
from pressing
order by urgency_rank, place
