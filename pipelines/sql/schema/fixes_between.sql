-- did what was closed from one moment on and before another stay fixed? one row a case, as in case_facts, with is_repeated: the same kind
-- within 50 m and 30 days; matured_at: from when on it can be told
-- a cell of the hash is some 440 m high and wide at most: what is within 50 m of a case lies in its own cell, or near its edge in up to three beside
create or replace macro fixes_between(since, upto) as table
with located as (
    select
        case_id,
        category,
        simulated,
        exercise,
        reported_at,
        closed_at,
        parent_id,
        lon,
        lat,
        is_dropped,
    from case_facts
    where lon is not null and lat is not null and category is not null
),

fixed as (
    select
        *,
        floor(lat * 250)::integer as line,
        floor(lon * 250)::integer as lane,
    from located
    where closed_at >= since::timestamptz and closed_at < upto::timestamptz
),

reaching as (
    select
        * exclude (is_dropped),
        floor((lat - 0.00046) * 250)::integer as line,
        floor((lat + 0.00046) * 250)::integer as next_line,
        floor((lon - 0.00046 / cos(radians(lat))) * 250)::integer as lane,
        floor((lon + 0.00046 / cos(radians(lat))) * 250)::integer as next_lane,
    from located
    where not is_dropped and reported_at > since::timestamptz and reported_at < upto::timestamptz + interval 30 days
),

-- every case in each cell that a circle of 50 m around it touches
around as (
    select * from reaching
    union all
    select * replace (next_line as line) from reaching where next_line > line
    union all
    select * replace (next_lane as lane) from reaching where next_lane > lane
    union all
    select * replace (next_line as line, next_lane as lane) from reaching where next_line > line and next_lane > lane
),

repeated as (
    select distinct fixed.case_id
    from fixed
    join around using (category, simulated, exercise, line, lane)
    where around.case_id <> fixed.case_id
        and coalesce(around.parent_id, '') <> fixed.case_id
        and around.reported_at > fixed.closed_at
        and around.reported_at <= fixed.closed_at + interval 30 day
        and 111_320 * sqrt(((around.lon - fixed.lon) * cos(radians(fixed.lat))) ** 2 + (around.lat - fixed.lat) ** 2) <= 50
)

select
    case_facts.*,
    repeated.case_id is not null as is_repeated,
    closed_at + interval 30 day as matured_at,
from case_facts
left join repeated using (case_id)
where is_closed and closed_at >= since::timestamptz and closed_at < upto::timestamptz;
