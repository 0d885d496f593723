-- which open cases does a filter let through, the most urgent first? one row a case, `$count` of them from `$skip` on
select * exclude (urgency_rank),
from queue_found($area, $simulated, $now, $urgency, $states, $urged, $words)
order by urgency_rank, due_at nulls last, reported_at, case_id
limit $count offset $skip
