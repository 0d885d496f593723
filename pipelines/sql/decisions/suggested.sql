-- which units could take a case, the best first, and why? one row a unit, at most 5
-- what speaks for one: it has the duty, it serves the place, it was on time there before, little of its own is overdue
with place as (
    select ancestor_id
    from area_within
    where area_id = $place
),

past as (
    select
        unit_id,
        count(*) as done,
        count(*) filter (due_at is null or closed_at <= due_at) as on_time,
    from facts_of($within, $simulated)
    where category = $category and unit_id is not null
        and closed_at > $now::timestamptz - interval 90 day and closed_at <= $now::timestamptz
    group by unit_id
),

carried as (
    select
        unit_id,
        count(*) as open,
        count(*) filter (urgency = 'overdue') as overdue,
    from standing_in($area, $simulated, $now)
    where unit_id is not null
    group by unit_id
),

known as (
    select
        units.*,
        list_contains($duty, unit_id) as has_duty,
        area_id in (select ancestor_id from place) and area_id <> $root as serves_place,
        area_id is null or area_id in ('', $root) as serves_city,
        coalesce(past.done, 0) as done,
        coalesce(past.on_time, 0) as on_time,
        coalesce(carried.open, 0) as open,
        coalesce(carried.overdue, 0) as overdue,
    from units
    left join past using (unit_id)
    left join carried using (unit_id)
),

weighed as (
    select
        *,
        round(
            if(has_duty, 0.4, 0) + if(serves_place, 0.2, if(serves_city, 0.1, 0))
            + 0.3 * coalesce(wilson(on_time, done).low, 0) + if(open > 0, 0.1 * (1 - overdue / open), 0.1),
            4
        ) as weight,
    from known
    where (has_duty and (serves_place or serves_city)) or done >= 3
)

select
    unit_id,
    name_zh as unit_zh,
    name_en as unit_en,
    has_duty,
    serves_place,
    serves_city,
    done,
    on_time,
    open,
    overdue,
    weight,
from weighed
order by weight desc, open, unit_id
limit 5
