-- how pressing is an open case? overdue, due_soon (last quarter of its time or two hours, whichever is shorter) or open
-- a stopped clock is never pressing
create or replace macro case_urgency(state, started_at, due_at, now) as case
    when state in ('suspended', 'waiting_reporter') or due_at is null then 'open'
    when due_at < now then 'overdue'
    when epoch(due_at) - epoch(now) <= least(7200, 0.25 * (epoch(due_at) - epoch(started_at))) then 'due_soon'
    else 'open'
end;
