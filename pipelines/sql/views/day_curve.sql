-- how does today run beside yesterday and the same weekday before? one row a quarter of an hour of the local day
-- reported, closed: within the slot, null where it has not begun; _before: yesterday; _week: a week ago, the whole day
-- open, overdue: at the slot's end, or now in the running one; _before: yesterday, by what is known of it now
-- key: slot
with days as (
    select
        $now::timestamptz as now,
        date_trunc('day', now) as today,
        date_trunc('day', now - interval 1 day) as yesterday,
        date_trunc('day', now - interval 7 days) as week_ago,
),

recent as (
    select reported_at, closed_at,
    from facts_of($area, $simulated)
    -- every time in a case is at most its changed_at
    where changed_at >= date_trunc('day', $now::timestamptz - interval 7 days)
),

marks as (
    select reported_at as moment, 'reported' as kind from recent

    union all

    select closed_at, 'closed' from recent where closed_at is not null
),

placed as (
    select
        kind,
        case when moment >= today then 'today' when moment >= yesterday then 'yesterday' else 'week_ago' end as day,
        (epoch_us(moment) - epoch_us(if(moment >= today, today, if(moment >= yesterday, yesterday, week_ago)))) // 900000000 as slot,
    from marks, days
    where moment <= now and (moment >= yesterday or (moment >= week_ago and moment < date_trunc('day', now - interval 6 days)))
),

flow as (
    select
        slot,
        count(*) filter (day = 'today' and kind = 'reported') as reported,
        count(*) filter (day = 'today' and kind = 'closed') as closed,
        count(*) filter (day = 'yesterday' and kind = 'reported') as reported_before,
        count(*) filter (day = 'yesterday' and kind = 'closed') as closed_before,
        count(*) filter (day = 'week_ago' and kind = 'reported') as reported_week,
        count(*) filter (day = 'week_ago' and kind = 'closed') as closed_week,
    from placed
    group by slot
),

-- slots of both days in one row of numbers: negative ones are yesterday's
steps as (
    select kind, 1 as step, greatest(since, yesterday) as moment from day_spans($area, $simulated, $now), days
    where since <= now and (until is null or until > yesterday)

    union all

    select kind, -1, until from day_spans($area, $simulated, $now), days where until > yesterday and until <= now
),

changes as (
    select
        moment >= today as is_today,
        (epoch_us(moment) - epoch_us(if(moment >= today, today, yesterday))) // 900000000 as slot,
        sum(step) filter (kind = 'open') as open,
        sum(step) filter (kind = 'overdue') as overdue,
    from steps, days
    group by all
),

slots as (
    select unnest(range(0, (epoch(today + interval 1 day) - epoch(today))::bigint // 900)) as slot,
    from days
),

levels as (
    select
        slots.slot,
        sides.is_today,
        sum(changes.open) over story as open,
        sum(changes.overdue) over story as overdue,
    from slots
    cross join (select unnest([false, true]) as is_today) as sides
    left join changes on changes.slot = slots.slot and changes.is_today = sides.is_today
    window story as (order by sides.is_today, slots.slot)
)

select
    slots.slot,
    today + to_minutes(15 * slots.slot) as starts_at,
    today + to_minutes(15 * slots.slot) <= now as begun,
    if(begun, coalesce(flow.reported, 0), null) as reported,
    if(begun, coalesce(flow.closed, 0), null) as closed,
    coalesce(flow.reported_before, 0) as reported_before,
    coalesce(flow.closed_before, 0) as closed_before,
    coalesce(flow.reported_week, 0) as reported_week,
    coalesce(flow.closed_week, 0) as closed_week,
    if(begun, coalesce(now_levels.open, 0), null)::bigint as open,
    if(begun, coalesce(now_levels.overdue, 0), null)::bigint as overdue,
    coalesce(old_levels.open, 0)::bigint as open_before,
    coalesce(old_levels.overdue, 0)::bigint as overdue_before,
from slots
cross join days
left join flow using (slot)
left join levels as now_levels on now_levels.slot = slots.slot and now_levels.is_today
left join levels as old_levels on old_levels.slot = slots.slot and not old_levels.is_today
order by slots.slot
