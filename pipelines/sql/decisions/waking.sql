-- which cases' pauses or windows are over? one row a case and command that the clock gives
select case_id, exercise, 'resume' as command, resume_at as since
from open_cases
where state = 'suspended' and resume_at <= $now::timestamptz
    and (not list_contains($feeds, source) or case_id in (select case_id from log where source = 'command'))
union all
select case_id, exercise, 'answer', suspended_at
from open_cases
where state = 'waiting_reporter' and suspended_at + interval 3 day <= $now::timestamptz
    and (not list_contains($feeds, source) or case_id in (select case_id from log where source = 'command'))
union all
select case_id, exercise, 'evaluate', closed_at
from cases
where state = 'closed' and closed_at + interval 7 day <= $now::timestamptz
    and closed_at > $now::timestamptz - interval 60 day
    and (not list_contains($feeds, source) or case_id in (select case_id from log where source = 'command'))
union all
select case_id, exercise, 'archive', evaluated_at
from cases
where state = 'evaluated' and evaluated_at + interval 30 day <= $now::timestamptz
    and evaluated_at > $now::timestamptz - interval 120 day
    and (not list_contains($feeds, source) or case_id in (select case_id from log where source = 'command'))
order by case_id;
