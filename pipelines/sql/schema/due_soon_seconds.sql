-- how many seconds are left when a case turns amber? the configuration's `sla.due_soon.minutes` stands in its place
create or replace macro due_soon_seconds() as 7200;
