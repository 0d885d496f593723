-- how much does a part of the effect weigh? the configuration's `effect` stands in its place
create or replace macro effect_weight(part) as case part
    when 'fixed' then 0.35
    when 'rechecked' then 0.25
    when 'satisfied' then 0.2
    when 'kept' then 0.1
    else 0.1
end;
