-- did what was ever closed stay fixed? one row a closed case, as in case_facts, with is_repeated and matured_at
create or replace view fixes as
from fixes_between('-infinity', 'infinity');
