-- what waits for a leader's word? one row a matter, the 2 that wait at the highest cost of each rule, the gravest rule first
-- rules: breach (a red line touched, not rectified) · urgent (an urgent case past due) · reopened (closed, opened again,
-- still open) · overdue (past due for a day) · returned (sent back twice) · unit (its whole interval on time lies below
-- the target) · suspended (for 30 days); a case comes under its gravest rule; others: how many more the rule has
-- key: matter_id
with standing as (
    from standing_in($area, $simulated, $now)
    select *, $now::timestamptz - interval 1 day as day_ago, $now::timestamptz - interval 30 days as month_ago,
),

hung as (
    select standing.case_id, coalesce(max(happened_at), any_value(standing.changed_at)) as since,
    from standing
    left join log on log.case_id = standing.case_id and log.kind = 'case-suspended'
        -- the log before the first of these cases tells nothing of them
        and log.seq >= (select min(first_seq) from standing where state = 'suspended')
    where state = 'suspended'
    group by standing.case_id
),

pressing as (
    select
        standing.*,
        case
            when urgency = 'overdue' and priority = 'urgent' then 'urgent'
            when reopens > 0 then 'reopened'
            when urgency = 'overdue' and due_at < day_ago then 'overdue'
            when returns >= 2 then 'returned'
            when hung.since < month_ago then 'suspended'
        end as rule,
        case when rule in ('urgent', 'overdue') then due_at when rule = 'suspended' then hung.since else reported_at end
            as since,
    from standing
    left join hung using (case_id)
),

matters as (
    select rule, case_id, area_id, unit_id, title, category, since, returns, urges, reopens, priority,
        null as breach, null as due, null as late, null as value, null as low, null as high,
        -epoch(since) as cost,
    from pressing
    where rule is not null

    union all

    select 'breach', null, area_id, null, null, batch, last_breach_at, null, null, null, null,
        last_breach, breaches - rectified, null, null, null, null,
        -epoch(last_breach_at),
    from safety_creation
    where breaches > rectified and simulated = $simulated and year = year($now::timestamptz)
        and area_id in (from area_within select area_id where ancestor_id = $area)

    union all

    -- the more deadlines missed beyond what the target allows, the dearer
    select 'unit', null, null, id, null, null, null, null, null, null, null,
        null, due, late, value, low, high,
        late - 0.05 * due,
    from on_time_standing($area, $simulated, $now::timestamptz - interval 30 days, $now)
    where kind = 'unit' and due >= 10 and high < 95
),

chosen as (
    select *,
        count(*) over (partition by rule) - 2 as others,
        list_position(['breach', 'urgent', 'reopened', 'overdue', 'returned', 'unit', 'suspended'], rule) as place,
    from matters
    qualify row_number() over (partition by rule order by cost desc, case_id, area_id, unit_id) <= 2
)

select
    concat_ws(':', chosen.rule, coalesce(chosen.case_id, chosen.area_id, chosen.unit_id)) as matter_id,
    (row_number() over (order by place, cost desc, matter_id))::integer as place,
    chosen.rule,
    chosen.case_id,
    chosen.area_id,
    chosen.unit_id,
    chosen.title,
    areas.name_zh as area_zh,
    areas.name_en as area_en,
    units.name_zh as unit_zh,
    units.name_en as unit_en,
    categories.name_zh as category_zh,
    categories.name_en as category_en,
    chosen.since,
    chosen.returns,
    chosen.urges,
    chosen.reopens,
    chosen.priority,
    chosen.breach,
    chosen.due,
    chosen.late,
    round(chosen.value, 1) as value,
    round(chosen.low, 1) as low,
    round(chosen.high, 1) as high,
    greatest(chosen.others, 0) as others,
from chosen
left join areas using (area_id)
left join units using (unit_id)
left join categories using (category)
order by place
