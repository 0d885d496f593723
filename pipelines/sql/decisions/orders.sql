-- what was ordered about a case? one row an order, oldest first
select *
from orders
where case_id = $case_id
order by issued_at, order_id;
