-- what happened just now? one row an event worth a glance, the 12 newest of the last 2 days, newest first
-- key: event_id
with newest as (
    select seq, id, kind, happened_at, case_id, area_id,
    from log
    where happened_at >= $now::timestamptz - interval 2 days and happened_at <= $now::timestamptz
        -- only the end of the log is read; its own max(seq) would read all of it
        and seq > (select max(position) from positions where name = 'applied') - 10000
        and kind in ('case-reported', 'case-closed', 'check-failed', 'case-reopened', 'case-urged', 'safety-breached')
        and simulated = $simulated and not exercise
        and area_id in (select area_id from area_within where ancestor_id = $area)
    order by seq desc
    limit 12
)

select
    newest.id as event_id,
    newest.kind,
    newest.happened_at,
    newest.case_id,
    told.title,
    newest.area_id,
    coalesce(areas.name_zh, newest.area_id) as area_zh,
    coalesce(areas.name_en, newest.area_id) as area_en,
    coalesce(categories.name_zh, told.category) as category_zh,
    coalesce(categories.name_en, told.category) as category_en,
    case
        when not told.is_open then 'closed'
        else case_urgency(told.state, coalesce(told.filed_at, told.reported_at), told.due_at, $now::timestamptz)
    end as urgency,
from newest
left join (
    from cases
    select case_id, title, category, is_open, state, filed_at, reported_at, due_at
    where changed_at >= $now::timestamptz - interval 2 days
) as told using (case_id)
left join categories using (category)
left join areas on areas.area_id = newest.area_id
order by newest.seq desc
