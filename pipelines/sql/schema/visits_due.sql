-- which visits after a kept agreement are due, each from a day before its time until it is made? one row a case, the first that is
create or replace macro visits_due(moment) as table
with kept as (
    select
        case_id,
        max(happened_at) as kept_at,
        max(seq) as kept_seq,
    from log
    where kind = 'agreement-performed'
    group by case_id
)

select
    case_id,
    min(days) as visit_days,
    min(kept_at + to_days(days)) as visit_at,
from kept, (select unnest([7, 30, 90]) as days)
where kept_at + to_days(days - 1) <= moment::timestamptz
    and not exists (
        select true from log as made
        where made.case_id = kept.case_id and made.kind = 'follow-up-made' and made.seq > kept_seq
            and made.stage = days::varchar
    )
group by case_id;
