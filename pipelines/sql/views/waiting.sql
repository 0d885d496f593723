-- which cases wait for whoever asks, and for what? one row a case that this hand may act on now, at most 500
-- key: case_id
-- where no hand is told, those that wait for anybody
with asking as (
    select
        hand,
        list_contains(hand.areas, (select any_value(area_id) from areas where parent_id is null)) as is_everywhere,
    from (
        select
            from_json(getvariable('hand')::varchar, '{"user": "VARCHAR", "unit": "VARCHAR", "areas": ["VARCHAR"],
            "desk": "BOOLEAN", "by_area": ["VARCHAR"], "by_centre": ["VARCHAR"], "by_lead": ["VARCHAR"],
            "by_team": ["VARCHAR"], "by_order": ["VARCHAR"]}') as hand,
    )
),

told as (
    select
        order_id,
        min(happened_at) as delivered_at,
    from log
    where receipt = 'delivered'
    group by order_id
),

-- orders that were given to this hand and are not answered
ordered as (
    select distinct orders.case_id
    from orders, asking
    where orders.kind <> 'dispatch' and orders.settled_at is null and orders.replied_at is null
        and (
            orders.to_user = hand.user
            or if(orders.to_unit_id is null, hand.desk, coalesce(hand.unit, orders.to_unit_id) = orders.to_unit_id)
        )
),

covered as (
    select distinct area_within.area_id
    from area_within, asking
    where list_contains(hand.areas, area_within.ancestor_id)
),

-- the centre of a level over an area, and whether the hand answers for the whole of it
centres as (
    select
        area_within.area_id,
        areas.level,
        covered.area_id is not null as is_covered,
    from area_within
    inner join areas on area_within.ancestor_id = areas.area_id
    left join covered on areas.area_id = covered.area_id
),

mine as (
    select
        waits.*,
        if(hand is null, waiting_for, list_concat(
            -- nobody checks their own handling
            if(handled_by = hand.user, list_filter(by_area, lambda one: one not in ('handled', 'drawn')), by_area),
            if(
                waits.level is null or coalesce(is_covered, is_everywhere),
                list_intersect(waiting_for, hand.by_centre), null
            ),
            if(coalesce(hand.unit, unit_id) = unit_id, list_intersect(waiting_for, hand.by_lead), null),
            if(coalesce(mediator, hand.user) = hand.user, list_intersect(waiting_for, hand.by_team), null),
            if(ordered.case_id is not null, list_intersect(waiting_for, hand.by_order), null)
        )) as awaits,
        case
            when visit_at < $now::timestamptz then 'overdue'
            when visit_at is not null then 'due_soon'
            when is_open then case_urgency(state, started_at, due_at, $now::timestamptz)
            else 'open'
        end as urgency,
    from (
        select
            *,
            list_intersect(waiting_for, hand.by_area) as by_area,
        from waits_in($area, $simulated, $now), asking
    ) as waits
    left join ordered on waits.case_id = ordered.case_id
    left join centres on waits.area_id = centres.area_id and waits.level = centres.level
)

select
    mine.case_id, mine.title,
    coalesce(categories.name_zh, mine.category) as category_zh,
    coalesce(categories.name_en, mine.category) as category_en,
    mine.state, mine.urgency, mine.reported_at,
    coalesce(mine.visit_at, mine.due_at) as due_at,
    mine.started_at, mine.area_id,
    coalesce(areas.name_zh, mine.area_id) as area_zh,
    coalesce(areas.name_en, mine.area_id) as area_en,
    mine.unit_id,
    coalesce(units.name_zh, mine.unit_id) as unit_zh,
    coalesce(units.name_en, mine.unit_id) as unit_en,
    mine.channel, mine.priority, mine.lon, mine.lat, mine.address,
    mine.urges, mine.extensions, mine.returns, mine.reopens,
    mine.sign_due_at, mine.stage as dispute_stage, mine.visit_days, mine.order_id, told.delivered_at,
    array_to_string(mine.awaits, ' ') as awaits,
from mine
left join told using (order_id)
left join categories using (category)
left join areas on mine.area_id = areas.area_id
left join units using (unit_id)
where len(mine.awaits) > 0
order by list_position(['overdue', 'due_soon', 'open'], mine.urgency), coalesce(mine.visit_at, mine.due_at) nulls last, mine.case_id
limit 500
