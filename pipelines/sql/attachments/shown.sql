-- does a case of these areas name a file? one row where one does
select log.case_id
from log
join cases using (case_id)
where contains(log.attachments, $name)
    and cases.simulated = $simulated and not cases.exercise
    and cases.area_id in (select area_id from area_within where list_contains($areas, ancestor_id))
limit 1
