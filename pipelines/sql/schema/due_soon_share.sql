-- which share of its time is left when a case turns amber? the configuration's `sla.due_soon.share` stands in its place
create or replace macro due_soon_share() as 0.25;
