-- how does one case stand? one row, none if it is not of the area
-- key: case_id
with found as (
    select
        cases.*,
        coalesce(filed_at, reported_at) as started_at,
    from cases
    where case_id = $case_id and simulated = $simulated and not exercise
        and area_id in (select area_id from area_within where ancestor_id = $area)
)

select
    found.case_id,
    found.title,
    coalesce(categories.name_zh, found.category) as category_zh,
    coalesce(categories.name_en, found.category) as category_en,
    found.state,
    if(found.is_open, case_urgency(found.state, found.started_at, found.due_at, $now::timestamptz), 'closed')
        as urgency,
    found.reported_at,
    found.due_at,
    found.started_at,
    found.area_id,
    coalesce(areas.name_zh, found.area_id) as area_zh,
    coalesce(areas.name_en, found.area_id) as area_en,
    coalesce(units.name_zh, found.unit_id) as unit_zh,
    coalesce(units.name_en, found.unit_id) as unit_en,
    found.channel,
    found.priority,
    found.lon,
    found.lat,
    found.closed_at,
    found.rating,
    found.address,
    found.sign_due_at,
    found.signed_at,
    found.original_due_at,
    found.filed_at,
    found.dispatched_at,
    found.handled_at,
    found.checked_at,
    found.urges,
    found.extensions,
    found.returns,
    found.reopens,
    found.category,
    found.unit_id,
    found.level,
    found.parent_id,
    found.relation,
    found.assisting,
    found.suggested_unit_id,
    found.state_at,
    found.stage_due_at,
    found.suspended_at,
    found.resume_at,
    found.led_by,
    -- a dispute is registered until somebody triaged it; nothing else has such a stage
    if(
        starts_with(coalesce(found.category_group, found.category), 'MD'),
        coalesce(found.dispute_stage, 'registered'), null
    ) as dispute_stage,
    found.scale,
    found.warning_level,
    found.way,
    found.mediator,
    found.mediation_rounds,
    -- what the unit asked for and nobody decided yet
    if(found.wish_at > coalesce(found.granted_at, 'epoch'::timestamptz), found.wish, null) as asked,
    if(found.wish_at > coalesce(found.granted_at, 'epoch'::timestamptz), found.wish_until_at, null) as asked_until_at,
    found.checked_at >= found.handled_at as is_checked,
    found.rechecks > found.rechecks_passed + found.rechecks_failed as is_drawn,
from found
left join categories using (category)
left join areas using (area_id)
left join units using (unit_id)
