-- which open cases wait for a hand outside: to verify, sign, handle, check or mediate? one row a case, at most 300 a state
-- key: case_id
with standing as (
    select
        *,
        state = 'handled' and coalesce(checked_at >= handled_at, false) as is_checked,
        row_number() over (partition by state order by urgency_rank, due_at nulls last, reported_at, case_id) as place,
    from standing_in($area, $simulated, $now)
    where state in ('verifying', 'dispatched', 'handling', 'rework', 'handled')
        or dispute_stage in ('routed', 'mediating', 'agreed', 'performed', 'failed')
),

delivered as (
    select
        order_id,
        min(happened_at) as delivered_at,
    from log
    where receipt = 'delivered'
    group by order_id
)

select
    standing.case_id,
    standing.title,
    coalesce(categories.name_zh, standing.category) as category_zh,
    coalesce(categories.name_en, standing.category) as category_en,
    standing.state,
    standing.urgency,
    standing.reported_at,
    standing.due_at,
    standing.started_at,
    standing.area_id,
    coalesce(areas.name_zh, standing.area_id) as area_zh,
    coalesce(areas.name_en, standing.area_id) as area_en,
    standing.unit_id,
    coalesce(units.name_zh, standing.unit_id) as unit_zh,
    coalesce(units.name_en, standing.unit_id) as unit_en,
    standing.lon,
    standing.lat,
    standing.address,
    standing.sign_due_at,
    standing.handled_by,
    standing.dispute_stage,
    standing.mediator,
    standing.assisting,
    standing.order_id,
    delivered.delivered_at,
from standing
left join delivered using (order_id)
left join categories using (category)
left join areas using (area_id)
left join units using (unit_id)
where place <= 300 and not is_checked
order by standing.urgency_rank, standing.due_at nulls last, standing.case_id
