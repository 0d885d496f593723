-- what was ordered, and what came of it? one row an order: a dispatch, an urge, a card or a directive
create or replace view orders as
with steps as (
    select *
    from log
    where order_id is not null
)

select
    order_id,
    case_id,
    arg_min(replace(replace(kind, 'case-', ''), 'dispatched', 'dispatch'), seq) as kind,
    arg_max(card, seq) as card,
    arg_min(area_id, seq) as area_id,
    arg_min(simulated, seq) as simulated,
    arg_min(exercise, seq) as exercise,
    arg_min(actor, seq) as issued_by,
    min(happened_at) as issued_at,
    arg_min(coalesce(to_unit_id, unit_id), seq) as to_unit_id,
    arg_min(to_user, seq) as to_user,
    arg_min_null(note, seq) as note,
    arg_min(coalesce(reply_due_at, sign_due_at), seq) as due_at,
    min(happened_at) filter (receipt = 'delivered') as delivered_at,
    min(happened_at) filter (receipt = 'read') as read_at,
    arg_min(actor, seq) filter (receipt = 'read') as read_by,
    min(happened_at) filter (kind = 'case-signed') as signed_at,
    min(happened_at) filter (receipt = 'en_route') as en_route_at,
    min(happened_at) filter (receipt = 'on_site') as on_site_at,
    max(happened_at) filter (kind = 'order-replied') as replied_at,
    count(*) filter (kind = 'order-replied')::integer as replies,
    arg_max(note, seq) filter (kind = 'order-replied') as reply,
    arg_max(actor, seq) filter (kind = 'order-replied') as replied_by,
    min(happened_at) filter (kind in ('card-lifted', 'directive-settled')) as settled_at,
    arg_min(actor, seq) filter (kind in ('card-lifted', 'directive-settled')) as settled_by,
from steps
group by order_id, case_id;
