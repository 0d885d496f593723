-- which files do facts name? one row a file
select distinct unnest(string_split(attachments, ' ')) as name
from log
where attachments is not null
order by name
