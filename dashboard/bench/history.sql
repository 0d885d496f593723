-- fill cases, open_cases and log with $cases cases reported one a minute until $now, as if they had been folded
-- a case takes 1 to 70 hours, two in a thousand a month more; every third is rated; the log keeps the reports alone
insert into cases by name
with reported as (
    select
        i,
        $now::timestamptz - to_minutes($cases - i) as reported_at,
        hash(i) % 1000 / 1000.0 as luck,
        hash(7 * i + 1) % 1000 / 1000.0 as chance,
        (hash(3 * i) % len($areas))::bigint + 1 as place,
        (hash(5 * i) % len($categories))::bigint + 1 as matter,
        (hash(11 * i) % len($units))::bigint + 1 as office,
    from range($cases) as numbers(i)
),

done as (
    select
        *,
        reported_at + to_seconds(3600 * (1 + 69 * luck * luck + if(luck > 0.997, 700, 0))) as done_at,
        done_at > $now::timestamptz as is_open,
    from reported
)

select
    'past:' || i as case_id,
    'bench' as source,
    true as simulated,
    false as exercise,
    i + 1 as first_seq,
    i + 1 as last_seq,
    if(is_open, least(reported_at + interval 20 minutes, $now::timestamptz), done_at) as changed_at,
    if(is_open, if(chance < 0.05, 'suspended', 'handling'), 'closed') as state,
    is_open,
    $areas[place] as area_id,
    $categories[matter] as category,
    'grid' as channel,
    '案件 case ' || i as title,
    $lon + (luck - 0.5) / 4 as lon,
    $lat + (chance - 0.5) / 4 as lat,
    $units[office] as unit_id,
    reported_at,
    reported_at + interval 5 minutes as filed_at,
    reported_at + interval 12 minutes as dispatched_at,
    reported_at + interval 20 minutes as signed_at,
    if(is_open, null, done_at - interval 30 minutes) as handled_at,
    if(is_open, null, done_at - interval 5 minutes) as checked_at,
    if(is_open, null, done_at) as closed_at,
    if(chance < 0.3 and done_at < $now::timestamptz - interval 1 hour, done_at + interval 1 hour, null) as rated_at,
    reported_at + interval 48 hours as due_at,
    due_at as original_due_at,
    if(rated_at is null, null, 1 + i % 5)::integer as rating,
    0 as returns,
    if(is_open, 0, 1) as checks,
    if(is_open, 0, 1) as checks_passed,
    0 as reopens,
    0 as urges,
    0 as extensions,
    0 as reworks,
    if(is_open, 0, 1) as dispatches,
    0 as appeals,
    0 as appeals_upheld,
    0 as rechecks,
    0 as rechecks_passed,
    0 as rechecks_failed,
    0 as cards,
    0 as reopen_requests,
    0 as mediation_rounds,
from done
order by i;

insert into open_cases
select * from cases
where is_open;

insert into log by name
select
    first_seq as seq,
    'case-reported' as kind,
    case_id || ':case-reported' as id,
    reported_at as happened_at,
    reported_at as received_at,
    source,
    area_id,
    '' as cause,
    simulated,
    exercise,
    case_id,
    category,
    channel,
    title,
    lon,
    lat,
from cases
order by first_seq;

insert into positions values ('applied', $cases);
