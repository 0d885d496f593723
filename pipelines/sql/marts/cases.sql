-- fold a batch of events into cases; reads batch (log rows, seq ascending); one row a case
-- every column is a first, a last, a least, a greatest or a sum over seq, so batches may be cut anywhere
merge into cases using (
    with steps as (
        select
            batch.*,
            lifecycle.state as state,
            lifecycle.is_open as is_open,
        from batch
        left join lifecycle using (kind)
        where batch.case_id is not null
    )
    select
        case_id,
        arg_min(source, seq) as source,
        arg_min(simulated, seq) as simulated,
        bool_or(exercise) as exercise,
        min(seq) as first_seq,
        max(seq) as last_seq,
        max(happened_at) as changed_at,
        arg_max(state, seq) as state,
        arg_max(is_open, seq) as is_open,
        arg_min(area_id, seq) as area_id,
        arg_max(category, seq) as category,
        arg_max(category_group, seq) as category_group,
        arg_max(channel, seq) as channel,
        arg_max(priority, seq) as priority,
        arg_max(title, seq) as title,
        arg_max(address, seq) as address,
        arg_max(lon, seq) as lon,
        arg_max(lat, seq) as lat,
        arg_max(unit_id, seq) as unit_id,
        min(happened_at) filter (kind = 'case-reported') as reported_at,
        min(happened_at) filter (kind = 'case-filed') as filed_at,
        min(happened_at) filter (kind = 'case-dispatched') as dispatched_at,
        arg_max(sign_due_at, seq) as sign_due_at,
        arg_max(happened_at, seq) filter (kind = 'case-signed') as signed_at,
        arg_max(happened_at, seq) filter (kind = 'case-handled') as handled_at,
        arg_max(happened_at, seq) filter (kind in ('check-passed', 'check-failed')) as checked_at,
        -- a source that does not say when it closed gives no close time: no duration may be read from it
        arg_max(happened_at, seq) filter (kind = 'case-closed' and reason is distinct from 'time-unknown') as closed_at,
        coalesce(max(seq) filter (kind = 'case-reopened'), 0) > coalesce(max(seq) filter (kind = 'case-closed'), 0) as reopened_last,
        arg_max(happened_at, seq) filter (kind = 'case-rated') as rated_at,
        arg_max(happened_at, seq) filter (kind = 'case-evaluated') as evaluated_at,
        arg_max(due_at, seq) as due_at,
        arg_min(due_at, seq) as original_due_at,
        arg_max(rating, seq) as rating,
        count(*) filter (kind = 'case-returned')::integer as returns,
        count(*) filter (kind in ('check-passed', 'check-failed'))::integer as checks,
        count(*) filter (kind = 'check-passed')::integer as checks_passed,
        count(*) filter (kind = 'case-reopened')::integer as reopens,
        count(*) filter (kind = 'case-urged')::integer as urges,
        count(*) filter (kind = 'deadline-extended')::integer as extensions,
    from steps
    group by case_id
) as new
on cases.case_id = new.case_id
when matched then update set
    exercise = cases.exercise or new.exercise,
    last_seq = new.last_seq,
    changed_at = greatest(cases.changed_at, new.changed_at),
    state = coalesce(new.state, cases.state),
    is_open = coalesce(new.is_open, cases.is_open),
    category = coalesce(new.category, cases.category),
    category_group = coalesce(new.category_group, cases.category_group),
    channel = coalesce(new.channel, cases.channel),
    priority = coalesce(new.priority, cases.priority),
    title = coalesce(new.title, cases.title),
    address = coalesce(new.address, cases.address),
    lon = coalesce(new.lon, cases.lon),
    lat = coalesce(new.lat, cases.lat),
    unit_id = coalesce(new.unit_id, cases.unit_id),
    reported_at = least(cases.reported_at, new.reported_at),
    filed_at = least(cases.filed_at, new.filed_at),
    dispatched_at = least(cases.dispatched_at, new.dispatched_at),
    sign_due_at = coalesce(new.sign_due_at, cases.sign_due_at),
    signed_at = coalesce(new.signed_at, cases.signed_at),
    handled_at = coalesce(new.handled_at, cases.handled_at),
    checked_at = coalesce(new.checked_at, cases.checked_at),
    closed_at = if(new.reopened_last, null, coalesce(new.closed_at, cases.closed_at)),
    rated_at = coalesce(new.rated_at, cases.rated_at),
    evaluated_at = coalesce(new.evaluated_at, cases.evaluated_at),
    due_at = coalesce(new.due_at, cases.due_at),
    original_due_at = coalesce(cases.original_due_at, new.original_due_at),
    rating = coalesce(new.rating, cases.rating),
    returns = cases.returns + new.returns,
    checks = cases.checks + new.checks,
    checks_passed = cases.checks_passed + new.checks_passed,
    reopens = cases.reopens + new.reopens,
    urges = cases.urges + new.urges,
    extensions = cases.extensions + new.extensions
when not matched then insert (
    case_id, source, simulated, exercise, first_seq, last_seq, changed_at, state, is_open, area_id, category, category_group,
    channel, priority, title, address, lon, lat, unit_id, reported_at, filed_at, dispatched_at, sign_due_at, signed_at,
    handled_at, checked_at, closed_at, rated_at, evaluated_at, due_at, original_due_at, rating, returns, checks,
    checks_passed, reopens, urges, extensions
) values (
    new.case_id, new.source, new.simulated, new.exercise, new.first_seq, new.last_seq, new.changed_at, new.state,
    coalesce(new.is_open, false), new.area_id, new.category, new.category_group,
    new.channel, new.priority, new.title, new.address, new.lon, new.lat, new.unit_id, new.reported_at, new.filed_at,
    new.dispatched_at, new.sign_due_at, new.signed_at, new.handled_at, new.checked_at,
    if(new.reopened_last, null, new.closed_at), new.rated_at, new.evaluated_at, new.due_at, new.original_due_at, new.rating,
    new.returns, new.checks, new.checks_passed, new.reopens, new.urges, new.extensions
)
returning cases.*;
