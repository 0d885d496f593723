-- what happened behind a position of the log? one row an event, in its order; no more than so many
select * from log
where seq > $after
order by seq
limit $most
