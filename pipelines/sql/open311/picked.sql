-- which service requests does an outsider's filter let through, the newest report first? one row a case
select case_id
from cases
where simulated = $simulated and not exercise and reported_at <= $now::timestamptz
    and area_id in (select area_id from area_within where list_contains($areas::varchar[], ancestor_id))
    and not coalesce(list_contains($withheld::varchar[], category), false)
    and not coalesce(list_contains($withheld::varchar[], category_group), false)
    -- where some are withheld, what is on no list could be one of them
    and (len($withheld::varchar[]) = 0 or category in (select category from categories))
    and ($ids::varchar[] is null or list_contains($ids::varchar[], case_id))
    and ($services::varchar[] is null or list_contains($services::varchar[], category))
    and ($is_open::boolean is null or is_open = $is_open::boolean)
    and ($since::timestamptz is null or reported_at >= $since::timestamptz)
    and ($until::timestamptz is null or reported_at <= $until::timestamptz)
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
