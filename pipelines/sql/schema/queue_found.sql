-- which open cases of an area does a filter let through? as in queue_of; null and false let everything through
create or replace macro queue_found(area, of_simulation, moment, wanted, states, urged, words) as table
select listed.*
from queue_of(area, of_simulation, moment) as listed
where (wanted is null or urgency = wanted)
    and (states is null or list_contains(string_split(states, ','), state))
    and (not urged or urges > 0)
    and (
        words is null or contains(
            lower(concat_ws(
                ' ', case_id, title, address, category_zh, category_en, area_zh, area_en, unit_zh, unit_en
            )),
            words
        )
    );
