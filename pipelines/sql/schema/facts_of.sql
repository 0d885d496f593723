-- which cases count in an area? one row a case, as in case_facts, of one kind of data and never of an exercise
create or replace macro facts_of(area, of_simulation) as table
select case_facts.*
from case_facts
where simulated = of_simulation and not exercise
    and area_id in (select area_id from area_within where ancestor_id = area);
