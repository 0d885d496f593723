-- in which order do the batches, stages and red lines of safety creation stand? one row a term
-- known_since: before it nothing was recorded
-- key: term_id
select
    concat(kind, ':', term) as term_id,
    kind,
    term,
    position,
    (select min(happened_at) from log where not exercise) as known_since,
from safety_terms
-- they are the same for every area, moment and kind of data
where coalesce($area, $now::varchar, $simulated::varchar) is not null
order by kind, position
