-- which cases belong to one case: its parent, its children, those merged into it? one row a case
-- key: case_id
with here as (
    select case_id, parent_id, relation
    from cases
    where case_id = $case_id and simulated = $simulated and not exercise
),

kin as (
    select cases.*, 'parent' as kinship, here.relation as bond
    from here
    join cases on cases.case_id = here.parent_id
    union all by name
    select cases.*, 'child' as kinship, cases.relation as bond
    from cases
    where cases.parent_id = $case_id
)

select
    kin.case_id,
    kin.kinship,
    kin.bond,
    kin.title,
    kin.state,
    kin.is_open,
    kin.level,
    kin.due_at,
    if(kin.is_open, case_urgency(kin.state, coalesce(kin.filed_at, kin.reported_at), kin.due_at, $now::timestamptz), 'closed') as urgency,
    coalesce(units.name_zh, kin.unit_id) as unit_zh,
    coalesce(units.name_en, kin.unit_id) as unit_en,
from kin
left join units using (unit_id)
where kin.simulated = $simulated and not kin.exercise
    and kin.area_id in (select area_id from area_within where ancestor_id = $area)
order by kin.kinship desc, kin.reported_at
