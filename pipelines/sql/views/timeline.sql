-- what happened to one case until now? one row an event, oldest first
-- key: event_id
with found as (
    select first_seq, last_seq,
    from cases
    where case_id = $case_id and simulated = $simulated and not exercise
        and area_id in (select area_id from area_within where ancestor_id = $area)
),

told as (
    select log.*
    from log
    -- the case knows where in the log it begins and ends: nothing else is read
    join found on log.seq >= found.first_seq and log.seq <= found.last_seq
    where log.case_id = $case_id and log.happened_at <= $now::timestamptz
)

select
    told.id as event_id,
    told.kind,
    told.happened_at,
    told.actor,
    persons.name_zh as actor_zh,
    coalesce(units.name_zh, told.unit_id) as unit_zh,
    coalesce(units.name_en, told.unit_id) as unit_en,
    told.reason,
    told.title,
    told.due_at,
    told.area_id,
    told.note,
    told.attachments,
    told.stage,
    told.stages,
    told.receipt,
    told.order_id,
    told.card,
    told.wish,
    told.until_at,
    told.resume_at,
    told.level,
    told.parent_id,
    told.child_id,
    told.relation,
    told.rating,
    told.sign_due_at,
    told.reply_due_at,
    told.assisting,
    told.suggested_unit_id,
    told.to_unit_id,
    coalesce(addressed.name_zh, told.to_unit_id) as to_unit_zh,
    coalesce(addressed.name_en, told.to_unit_id) as to_unit_en,
from told
left join units using (unit_id)
left join units as addressed on told.to_unit_id = addressed.unit_id
left join (select staff_id, any_value(name_zh) as name_zh from staff group by staff_id) as persons on told.actor = persons.staff_id
order by told.seq
