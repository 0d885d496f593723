-- what did a command lead to before? one row an event
select
    kind,
    case_id,
from log
where cause = $command and source = $source
order by seq;
