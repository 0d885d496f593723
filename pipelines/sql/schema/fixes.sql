-- did what was closed stay fixed? one row a closed case, as in case_facts, with is_repeated: the same kind within 50 m and 30 days
-- a cell of the hash is 55 m of latitude and 111 m of longitude at most, so that a repeat lies in its cell or one beside
create or replace view fixes as
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
        floor(lat * 2000)::integer as line,
        floor(lon * 1000)::integer as lane,
    from case_facts
    where lon is not null and lat is not null and category is not null
),

around as (
    select
        located.* exclude (line, lane),
        line + up as line,
        lane + along as lane,
    from located
    cross join (select unnest([-1, 0, 1]) as up)
    cross join (select unnest([-1, 0, 1]) as along)
    where not is_dropped
),

repeated as (
    select distinct located.case_id
    from located
    join around using (category, simulated, exercise, line, lane)
    where around.case_id <> located.case_id
        and coalesce(around.parent_id, '') <> located.case_id
        and around.reported_at > located.closed_at
        and around.reported_at <= located.closed_at + interval 30 day
        and 111_320 * sqrt(((around.lon - located.lon) * cos(radians(located.lat))) ** 2 + (around.lat - located.lat) ** 2) <= 50
)

select
    case_facts.*,
    repeated.case_id is not null as is_repeated,
    -- from when on it can be told
    closed_at + interval 30 day as matured_at,
from case_facts
left join repeated using (case_id)
where is_closed;
