-- which sources bring simulated and real cases under one name? one row a source; none when healthy
select source, count(*) filter (simulated) as simulated, count(*) filter (not simulated) as real,
from cases
group by source
having simulated > 0 and real > 0
