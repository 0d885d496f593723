-- how pressing is an open case? overdue, due_soon (the last share of its time or some hours, whichever is shorter) or open
-- a stopped clock is never pressing
create or replace macro case_urgency(state, started_at, due_at, now) as case
    when state in ('suspended', 'waiting_reporter') or due_at is null then 'open'
    when due_at < now then 'overdue'
    when epoch(due_at) - epoch(now) <= least(due_soon_seconds(), due_soon_share() * (epoch(due_at) - epoch(started_at))) then 'due_soon'
    else 'open'
end;
