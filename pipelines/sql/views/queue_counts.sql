-- how many open cases are there of each kind? one row an urgency, a state, urged or not
-- key: kind
select
    concat_ws(' ', urgency, state, if(urges > 0, 'urged', 'calm')) as kind,
    urgency,
    state,
    urges > 0 as urged,
    count(*) as cases,
from standing_in($area, $simulated, $now)
group by urgency, state, urges > 0
order by kind
