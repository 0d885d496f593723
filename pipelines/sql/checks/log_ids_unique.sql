-- which of the newest 100 000 events are in the log more than once? one row an event id; none when healthy
-- older ones were the newest once: to look at all of them each time would cost minutes
select id, count(*) as times,
from log
where id in (select id from log where seq > (select max(seq) from log) - 100000)
group by id
having times > 1
