-- what does a leader ask beside the headline? one row a number, with what of it deserves a word
-- beside: of these, past due (urged_cases) or for more than 30 days (suspended_cases); of how many (active_grids)
-- key: metric
with standing as (
    select
        case_id,
        first_seq,
        changed_at,
        urgency,
        urges,
        state,
        coalesce(category_group, parent) as category_group,
    from standing_in($area, $simulated, $now)
    left join categories using (category)
),

hung as (
    select coalesce(max(happened_at), any_value(standing.changed_at)) as since,
    from standing
    left join log on log.case_id = standing.case_id and log.kind = 'case-suspended'
        -- the log before the first of these cases tells nothing of them
        and log.seq >= (select min(first_seq) from standing where state = 'suspended')
    where state = 'suspended'
    group by standing.case_id
),

grids as (
    from areas
    select area_id
    where level = 'grid' and area_id in (from area_within select area_id where ancestor_id = $area)
),

told as (
    select 1 as place, 'urged_cases' as metric, 'cases' as unit, count(*) as value,
        count(*) filter (urgency = 'overdue') as beside, true as known,
    from standing
    where urges > 0

    union all

    select 2, 'suspended_cases', 'cases', count(*), count(*) filter (since < $now::timestamptz - interval 30 days), true,
    from hung

    union all

    select 3, 'open_disputes', 'cases', count(*) filter (category_group = 'MD'), null,
        (select count(*) > 0 from categories where category = 'MD'),
    from standing

    union all

    select 4, 'active_grids', 'grids', count(distinct area_id), (select count(*) from grids), (select count(*) > 0 from grids),
    from acts
    where happened_at >= date_trunc('day', $now::timestamptz) and happened_at < $now::timestamptz
        and simulated = $simulated and not exercise and area_id in (from grids)
)

select metric, unit, value::double as value, beside,
from told
where known
order by place
