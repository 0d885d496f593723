-- what was ordered in the last 90 days, who read it, who acted, what came of it? one row an urge, card or directive, at most 500
-- key: order_id
select
    orders.order_id,
    orders.case_id,
    orders.kind,
    orders.card,
    orders.note,
    orders.issued_by,
    orders.issued_at,
    orders.due_at,
    orders.to_unit_id,
    coalesce(units.name_zh, orders.to_unit_id) as unit_zh,
    coalesce(units.name_en, orders.to_unit_id) as unit_en,
    orders.to_user,
    orders.delivered_at,
    orders.read_at,
    orders.read_by,
    orders.replied_at,
    orders.replied_by,
    orders.replies,
    orders.reply,
    orders.settled_at,
    orders.settled_by,
    case
        when orders.settled_at is not null then 'settled'
        when orders.replied_at is not null then 'replied'
        when orders.read_at is not null then 'read'
        when orders.delivered_at is not null then 'delivered'
        else 'issued'
    end as receipt,
    -- 令出无应: due, and nobody answered
    coalesce(orders.due_at < $now::timestamptz, false) and orders.replied_at is null and orders.settled_at is null as is_silent,
    cases.title,
    coalesce(categories.name_zh, cases.category) as category_zh,
    coalesce(categories.name_en, cases.category) as category_en,
    cases.state,
    coalesce(areas.name_zh, orders.area_id) as area_zh,
    coalesce(areas.name_en, orders.area_id) as area_en,
    -- what came of it: whether the case moved on since
    cases.state_at > orders.issued_at as has_moved,
    cases.closed_at,
from orders
inner join cases using (case_id)
left join units on orders.to_unit_id = units.unit_id
left join categories on cases.category = categories.category
left join areas on orders.area_id = areas.area_id
where orders.kind <> 'dispatch' and orders.simulated = $simulated and not orders.exercise
    and orders.area_id in (select area_id from area_within where ancestor_id = $area)
    and orders.issued_at between $now::timestamptz - interval 90 days and $now::timestamptz
order by orders.issued_at desc, orders.order_id
limit 500
