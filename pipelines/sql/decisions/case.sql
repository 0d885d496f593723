-- how does a case stand for a decision? one row, none if nobody heard of it
select
    cases.*,
    (select count(*) from open_cases where parent_id = $case_id and relation in ('escalated', 'sent_down')) as open_children,
    (
        select arg_max(kind, seq) = 'check-passed'
        from log
        where log.case_id = $case_id and seq >= cases.first_seq and seq <= cases.last_seq
            and kind in ('case-handled', 'agreement-performed', 'dispute-guided-out', 'check-passed', 'check-failed')
    ) as is_checked,
from cases
where case_id = $case_id;
