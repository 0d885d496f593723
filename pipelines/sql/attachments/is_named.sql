-- does any fact name a file? one row where one does
select case_id
from log
where attachments is not null and contains(attachments, $name)
limit 1
