-- keep open_cases equal to the open rows of cases; reads changed (the rows of cases a batch touched); one row an open case
delete from open_cases where case_id in (select case_id from changed);

insert into open_cases by name
select changed.*
from changed
where is_open;
