-- how many open cases does a filter let through? one row an urgency
select
    urgency,
    count(*) as cases,
from queue_found($area, $simulated, $now, $urgency, $states, $urged, $words)
group by urgency
