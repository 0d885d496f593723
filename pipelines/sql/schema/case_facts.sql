-- what do metrics count? one row a case, with the columns that formulas need beside those of cases
create or replace view case_facts as
select
    case_id,
    simulated,
    exercise,
    area_id,
    category,
    category_group,
    unit_id,
    channel,
    priority,
    title,
    lon,
    lat,
    state,
    is_open,
    changed_at,
    reported_at,
    filed_at,
    dispatched_at,
    sign_due_at,
    signed_at,
    handled_at,
    checked_at,
    closed_at,
    rated_at,
    evaluated_at,
    due_at,
    -- a suspension moves the deadline with the clock; an extension or a reopening does not: so never after due_at
    if(extensions = 0 and reopens = 0, due_at, least(due_at, original_due_at)) as deadline_at,
    rating,
    returns,
    checks,
    checks_passed,
    reopens,
    urges,
    extensions,
    dispatches,
    -- how often it went from hand to hand beyond the first
    returns + greatest(dispatches - 1, 0) as hops,
    cards,
    appeals,
    appeals_upheld,
    rechecks,
    rechecks_passed,
    rechecks_failed,
    parent_id,
    relation,
    reported_by,
    handled_by,
    dispute_stage,
    state in ('rejected', 'merged', 'void') as is_dropped,
    state in ('suspended', 'waiting_reporter') as is_stopped,
    state in ('closed', 'evaluated', 'archived', 'reopen_requested') as is_closed,
    -- closed, but its source does not say when: neither on time nor late
    if(closed_at is null, is_closed, false) as is_untimed,
    -- the furthest stage of the loop: 1 reported, 2 filed, 3 dispatched, 4 handled, 5 closed, 6 evaluated
    case
        when coalesce(evaluated_at, rated_at) is not null then 6
        when is_closed then 5
        when handled_at is not null then 4
        when coalesce(dispatched_at, signed_at) is not null then 3
        when filed_at is not null then 2
        else 1
    end as progress,
    -- handled and not sent back: waiting for its check, or closed
    if(state = 'handled' or is_closed, coalesce(handled_at, closed_at), null) as done_at,
    checks > checks_passed or reopens > 0 as is_reworked,
    -- a rejected, merged or void case has no closing time: it ended with its last event
    if(is_open, null, coalesce(closed_at, changed_at)) as ended_at,
    epoch_us(closed_at) - epoch_us(reported_at) as took_us,
from cases;
