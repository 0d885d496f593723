-- who closes on time, cases' difficulty allowed for? one row a part of an area, or a unit that is responsible in it
-- difficulty: how often others miss the deadlines of such cases as these, against how often they miss any; 1 is usual
-- what others saw of few cases may be chance: 200 cases of their usual rate are added to each kind
-- rate: percent on time as counted; value, low, high: as if difficulty were 1, with the 95 % interval
create or replace macro on_time_standing(area, of_simulation, since, until) as table
with due as (
    select area_id, unit_id, coalesce(category, '') as category, (closed_at <= deadline_at) is not true as is_late,
    from facts_of(area, of_simulation)
    -- a deadline is never after due_at, whose condition prunes
    where due_at >= since::timestamptz and deadline_at >= since::timestamptz and deadline_at < until::timestamptz
        and not (is_dropped or is_stopped or is_untimed)
),

parts as (
    select area_within.ancestor_id as part_id, area_within.area_id,
    from area_within
    join areas on areas.area_id = area_within.ancestor_id
    where areas.parent_id = area
),

cut as (
    select 'area' as kind, part_id as id, category, count(*) as n, count(*) filter (is_late) as late,
    from due
    join parts using (area_id)
    group by all

    union all

    select 'unit', unit_id, category, count(*), count(*) filter (is_late),
    from due
    where unit_id is not null
    group by all
),

compared as (
    select
        kind,
        id,
        n,
        late,
        sum(n) over alike - n as others_n,
        sum(late) over alike - late as others_late,
        (sum(late) over everyone - sum(late) over own) / nullif(sum(n) over everyone - sum(n) over own, 0) as others_rate,
    from cut
    window alike as (partition by kind, category), everyone as (partition by kind), own as (partition by kind, id)
),

weighed as (
    select
        kind,
        id,
        sum(n)::bigint as due,
        sum(late)::bigint as late,
        coalesce(
            sum(n * (others_late + 200 * others_rate) / (others_n + 200)) / nullif(sum(n) * any_value(others_rate), 0), 1
        ) as difficulty,
    from compared
    group by all
)

select
    kind,
    id,
    due,
    late,
    difficulty,
    100.0 * (due - late) / due as rate,
    100 * (1 - least(1, late / due / difficulty)) as value,
    100 * (1 - least(1, wilson(late, due).high / difficulty)) as low,
    100 * (1 - least(1, wilson(late, due).low / difficulty)) as high,
from weighed;
