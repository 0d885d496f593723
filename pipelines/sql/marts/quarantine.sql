-- keep what came in wrong, once; reads issues with received_at and source; one row a repair or rejection of a row
insert into quarantine by name
select
    received_at,
    source,
    "row",
    outcome,
    reason,
    field,
    value,
    raw
from issues
anti join quarantine
    on quarantine.source = issues.source
    and quarantine."row" = issues."row"
    and quarantine.outcome = issues.outcome
    and quarantine.reason = issues.reason
    and quarantine.field is not distinct from issues.field;
