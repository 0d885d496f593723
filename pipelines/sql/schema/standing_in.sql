-- which open cases count in an area, and how pressing are they at a moment? one row a case, as in open_cases
create or replace macro standing_in(area, of_simulation, moment) as table
select
    open_cases.*,
    coalesce(filed_at, reported_at) as started_at,
    case_urgency(state, coalesce(filed_at, reported_at), due_at, moment::timestamptz) as urgency,
    list_position(['overdue', 'due_soon', 'open'], urgency) as urgency_rank,
from open_cases
where simulated = of_simulation and not exercise
    and area_id in (select area_id from area_within where ancestor_id = area);
