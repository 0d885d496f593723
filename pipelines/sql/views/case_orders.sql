-- what was ordered about one case until now, and what came of it? one row an order, oldest first
-- key: order_id
select
    orders.* exclude (simulated, exercise),
    coalesce(units.name_zh, orders.to_unit_id) as unit_zh,
    coalesce(units.name_en, orders.to_unit_id) as unit_en,
    case
        when settled_at is not null then 'settled'
        when replied_at is not null then 'replied'
        when on_site_at is not null then 'on_site'
        when en_route_at is not null then 'en_route'
        when signed_at is not null then 'signed'
        when read_at is not null then 'read'
        when delivered_at is not null then 'delivered'
        else 'issued'
    end as receipt,
    -- 令出无应: due, and nobody answered
    due_at < $now::timestamptz and signed_at is null and replied_at is null and settled_at is null as is_silent,
from orders
left join units on orders.to_unit_id = units.unit_id
where case_id = $case_id and orders.simulated = $simulated and not orders.exercise
    and orders.area_id in (select area_id from area_within where ancestor_id = $area)
    and orders.issued_at <= $now::timestamptz
order by orders.issued_at, orders.order_id
