-- which cases are there more than once? one row a case id; none when healthy
select case_id, count(*) as times,
from cases
group by case_id
having times > 1
