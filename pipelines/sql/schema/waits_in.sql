-- what do the cases of an area wait for, in words of `pipelines.contract.waiting`? one row a case that waits for anything
create or replace macro waits_in(area, of_simulation, moment) as table
with unanswered as (
    select distinct case_id
    from orders
    where kind <> 'dispatch' and settled_at is null and replied_at is null
),

standing as (
    select
        cases.*,
        coalesce(cases.filed_at, cases.reported_at) as started_at,
        due.visit_days,
        due.visit_at,
        cases.state in ('closed', 'evaluated') as is_ended,
        if(
            starts_with(coalesce(cases.category_group, cases.category), 'MD'),
            coalesce(cases.dispute_stage, 'registered'), null
        ) as stage,
        coalesce(cases.warning_level = '1' and cases.led_by is null, false) as is_leaderless,
        coalesce(cases.checked_at >= cases.handled_at, false) as is_checked,
        coalesce(cases.wish_at > coalesce(cases.granted_at, 'epoch'::timestamptz), false) as is_asked,
        cases.rechecks > cases.rechecks_passed + cases.rechecks_failed as is_drawn,
        unanswered.case_id is not null as is_ordered,
    from cases
    left join visits_due(moment) as due
        on cases.case_id = due.case_id and cases.dispute_stage in ('performed', 'confirmed')
            and cases.state in ('closed', 'evaluated')
    left join unanswered on cases.case_id = unanswered.case_id
    where cases.simulated = of_simulation and not cases.exercise
        and cases.area_id in (select area_id from area_within where ancestor_id = area)
        and (
            cases.is_open or cases.state = 'reopen_requested' or due.visit_days is not null
            or (cases.state in ('closed', 'evaluated') and (is_drawn or unanswered.case_id is not null))
        )
)

select
    * exclude (is_ended, is_leaderless, is_checked, is_asked, is_drawn, is_ordered),
    list_filter([
        case
            when state in ('suspended', 'waiting_reporter') or is_ended then null
            when state = 'handled' and is_checked then 'checked'
            else state
        end,
        if(is_asked and state in ('dispatched', 'handling', 'rework'), 'asked', null),
        if(is_drawn and is_ended, 'drawn', null),
        if(is_ordered and (is_open or is_ended), 'ordered', null),
        if(visit_days is not null, 'visit', null),
        case
            when stage = 'routed' and state in ('filed', 'dispatched', 'handling', 'rework') then if(is_leaderless, 'leaderless', stage)
            when stage in ('registered', 'triaged') and state in ('filed', 'dispatched', 'handling', 'rework') then stage
            when stage in ('mediating', 'agreed', 'failed') and state in ('handling', 'rework') then stage
        end
    ], lambda one: one is not null) as waiting_for,
from standing
where len(waiting_for) > 0;
