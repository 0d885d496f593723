-- how many of what was closed came to good, and of what was given out? one row a measure of an area itself, of each part of it, of each
-- unit responsible in it; the parts of the score over the cases whose 30 days after closing ended in the 90 days before the moment,
-- the others over those 90 days by their own metric's time; matures_at: when the next case can be judged
create or replace macro effect_counts(area, of_simulation, moment) as table
with places as (
    select inside.area_id, parts.ancestor_id as part_id,
    from area_within as inside
    left join (
        select area_within.ancestor_id, area_within.area_id,
        from area_within
        inner join areas on area_within.ancestor_id = areas.area_id
        where areas.parent_id = area
    ) as parts using (area_id)
    where inside.ancestor_id = area
),

judged as (
    select
        unit_id,
        part_id,
        count(*) as closed,
        count(*) filter (lon is not null) as located,
        count(*) filter (lon is not null and not is_repeated) as fixed,
        sum(rechecks_passed + rechecks_failed) as looked_at,
        sum(rechecks_passed) as passed,
        count(rating) as rated,
        count(*) filter (rating >= 4) as satisfied,
        count(*) filter (reopens = 0) as kept,
        count(deadline_at) as due,
        count(*) filter (closed_at <= deadline_at) as on_time,
        grouping(unit_id) = 0 as is_unit,
        grouping(part_id) = 0 as is_part,
    from fixes_between(moment::timestamptz - interval 120 days, moment::timestamptz - interval 30 days)
    inner join places using (area_id)
    where simulated = of_simulation and not exercise and not is_dropped and not is_untimed
    group by grouping sets ((), (unit_id), (part_id))
),

going as (
    select
        unit_id,
        part_id,
        count(*) filter (reported_at >= since and progress >= 2 and not is_dropped) as filed,
        count(*) filter (reported_at >= since and progress >= 2 and not is_dropped and is_reworked) as reworked,
        count(*) filter (dispatched_in and dispatches > 0 and not is_dropped) as dispatched,
        count(*) filter (dispatched_in and dispatches > 0 and not is_dropped and hops >= 2) as passed_on,
        count(*) filter (
            dispatched_in and not is_dropped and sign_due_at is not null
            and (signed_at is not null or sign_due_at < until)
        ) as to_sign,
        count(*) filter (dispatched_in and not is_dropped and signed_at <= sign_due_at) as signed,
        count(*) filter (closed_in and (rated_at is not null or closed_at <= until - interval 7 days)) as may_rate,
        count(*) filter (closed_in and rated_at is not null) as did_rate,
        coalesce(sum(appeals) filter (reported_at >= since), 0) as appeals,
        coalesce(sum(appeals_upheld) filter (reported_at >= since), 0) as upheld,
        min(closed_at) filter (is_closed and not is_dropped and closed_at >= until - interval 30 days) + interval 30 days as matures_at,
        grouping(unit_id) = 0 as is_unit,
        grouping(part_id) = 0 as is_part,
    from (
        select
            *,
            moment::timestamptz as until,
            until - interval 90 days as since,
            closed_at >= since and closed_at < until as closed_in,
            dispatched_at >= since and dispatched_at < until as dispatched_in,
        from case_facts
        where simulated = of_simulation and not exercise
    )
    inner join places using (area_id)
    where reported_at < until and (reported_at >= since or dispatched_at >= since or closed_at >= since)
    group by grouping sets ((), (unit_id), (part_id))
)

select
    case when going.is_unit then 'unit' when going.is_part then 'area' else 'whole' end as kind,
    case when going.is_unit then going.unit_id when going.is_part then going.part_id else area end as id,
    going.matures_at,
    unnest([
        {'measure': 'fixed', 'good': judged.fixed, 'out_of': judged.located},
        {'measure': 'rechecked', 'good': judged.passed, 'out_of': judged.looked_at},
        {'measure': 'satisfied', 'good': judged.satisfied, 'out_of': judged.rated},
        {'measure': 'kept', 'good': judged.kept, 'out_of': judged.closed},
        {'measure': 'on_time', 'good': judged.on_time, 'out_of': judged.due},
        {'measure': 'response', 'good': going.did_rate, 'out_of': going.may_rate},
        {'measure': 'ping_pong', 'good': going.passed_on, 'out_of': going.dispatched},
        {'measure': 'rework', 'good': going.reworked, 'out_of': going.filed},
        {'measure': 'sign', 'good': going.signed, 'out_of': going.to_sign},
        {'measure': 'appeals', 'good': going.upheld, 'out_of': going.appeals}
    ], recursive := true),
from going
left join judged on going.is_unit = judged.is_unit and going.is_part = judged.is_part
    and going.unit_id is not distinct from judged.unit_id and going.part_id is not distinct from judged.part_id
where coalesce(going.unit_id, '') <> '' or coalesce(going.part_id, '') <> '' or not (going.is_unit or going.is_part);
