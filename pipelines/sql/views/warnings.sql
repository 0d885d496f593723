-- which warnings are in force, or announced, in this area, in what lies in it or around it? one row a warning
-- areas: how many of its areas lie here; is_whole: it covers all of this area
-- key: warning_id
with here as (
    select area_id, false as is_whole from area_within where ancestor_id = $area and area_id != $area
    union all
    select ancestor_id, true from area_within where area_id = $area
),

told as (
    select seq, kind, area_id, warning_id, severity, urgency, certainty, onset_at, expires_at, headline_zh, headline_en,
    from log
    -- only these events have it: most of the log is passed over unread
    where warning_id is not null and simulated = $simulated and not exercise and happened_at <= $now::timestamptz
)

select
    told.warning_id,
    any_value(severity) as severity,
    any_value(urgency) as urgency,
    any_value(certainty) as certainty,
    any_value(onset_at) as onset_at,
    any_value(expires_at) as expires_at,
    coalesce(any_value(headline_zh), any_value(headline_en)) as headline_zh,
    coalesce(any_value(headline_en), any_value(headline_zh)) as headline_en,
    count(*) as areas,
    min(told.area_id) as area_id,
    bool_or(here.is_whole) as is_whole,
    list_position(['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'], any_value(severity)) as position,
from told
inner join here on here.area_id = told.area_id
where told.kind = 'warning-issued' and told.expires_at > $now::timestamptz
    and split_part(told.warning_id, ' ', 1) not in (select warning_id from told where kind = 'warning-cancelled')
group by told.warning_id
order by position, any_value(expires_at), told.warning_id
