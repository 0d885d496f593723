-- did somebody add a file to a case themselves? one row where they did
select case_id
from log
where contains(attachments, $name) and case_id = $case_id and actor = $actor
limit 1
