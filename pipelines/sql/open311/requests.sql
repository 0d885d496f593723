-- which service requests does an outsider's filter let through, the newest report first? one row a case
with picked as (
    select case_id
    from cases
    where simulated = $simulated and not exercise and reported_at <= $now::timestamptz
        and area_id in (select area_id from area_within where list_contains($areas::varchar[], ancestor_id))
        and not coalesce(list_contains($withheld::varchar[], category), false)
        and not coalesce(list_contains($withheld::varchar[], category_group), false)
        and ($ids::varchar[] is null or list_contains($ids::varchar[], case_id))
        and ($services::varchar[] is null or list_contains($services::varchar[], category))
        and ($is_open::boolean is null or is_open = $is_open::boolean)
        and ($start::timestamptz is null or reported_at >= $start::timestamptz)
        and ($end::timestamptz is null or reported_at <= $end::timestamptz)
        and ($updated_after::timestamptz is null or changed_at >= $updated_after::timestamptz)
        and ($updated_before::timestamptz is null or changed_at <= $updated_before::timestamptz)
        and ($as_of::bigint is null or first_seq <= $as_of::bigint)
        -- distances are measured from the point that is told: a search must not find out more than an answer says
        and (
            $metres::double is null
            or 111_320 * sqrt(
                ((round(lon, $precision::integer) - $lon::double) * cos(radians($lat::double))) ** 2
                + (round(lat, $precision::integer) - $lat::double) ** 2
            ) <= $metres::double
        )
    order by reported_at desc, case_id desc
    limit $count offset $skip
)

select
    cases.case_id,
    cases.state,
    cases.is_open,
    cases.category,
    coalesce(categories.name_zh, cases.category) as category_zh,
    coalesce(categories.name_en, cases.category) as category_en,
    cases.title,
    coalesce(units.name_zh, cases.unit_id) as unit_zh,
    coalesce(units.name_en, cases.unit_id) as unit_en,
    cases.reported_at,
    cases.changed_at,
    cases.due_at,
    cases.original_due_at,
    cases.closed_at,
    cases.address,
    round(cases.lat, $precision::integer) as lat,
    round(cases.lon, $precision::integer) as lon,
    cases.area_id,
    coalesce(areas.name_zh, cases.area_id) as area_zh,
    coalesce(areas.name_en, cases.area_id) as area_en,
    cases.priority,
    cases.channel,
from cases
inner join picked using (case_id)
left join categories using (category)
left join areas using (area_id)
left join units using (unit_id)
order by cases.reported_at desc, cases.case_id desc
