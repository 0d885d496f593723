-- which cases that live by hands have reached a step of the ladder nobody noted yet? one row a case and step
-- feeds move their own cases: those are left alone unless a hand took them over
with mine as (
    select
        open_cases.*,
        coalesce(filed_at, reported_at) as started_at,
    from open_cases
    where (not list_contains($feeds, source) or case_id in (select case_id from log where source = 'command'))
        and due_at is not null and state not in ('suspended', 'waiting_reporter')
),

steps as (
    select case_id, due_at, exercise, 'due_soon' as stage, null::varchar as card
    from mine
    where case_urgency(state, started_at, due_at, $now::timestamptz) = 'due_soon'
    union all
    select case_id, due_at, exercise, 'overdue', null
    from mine
    where due_at < $now::timestamptz
    union all
    select case_id, due_at, exercise, 'overdue_half', 'plain'
    from mine
    where $now::timestamptz > due_at + (due_at - started_at) / 2
    union all
    select case_id, due_at, exercise, 'overdue_x3', 'yellow'
    from mine
    where $now::timestamptz > started_at + (due_at - started_at) * 3
    union all
    select case_id, due_at, exercise, 'ping_pong', null
    from mine
    where reworks >= 3 or dispatches >= 3 and unit_id is not null and state = 'filed'
    union all
    select mine.case_id, mine.due_at, mine.exercise, 'unanswered', 'yellow'
    from mine
    join orders using (case_id)
    where orders.kind = 'urged' and orders.due_at < $now::timestamptz and orders.replied_at is null
    group by mine.case_id, mine.due_at, mine.exercise
    having count(*) >= 2
)

select steps.*
from steps
where not exists (
    select 1
    from log
    where log.case_id = steps.case_id and log.kind = 'clock-lapsed' and log.stage = steps.stage
        and log.note = strftime(steps.due_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')
)
order by case_id, stage;
