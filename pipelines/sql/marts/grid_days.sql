-- count a batch of events into grid_days; reads batch; one row an area, local day and kind of data
merge into grid_days using (
    select
        area_id,
        happened_at::date as day,
        simulated,
        count(*) filter (kind = 'case-reported') as reports,
        count(*) filter (kind = 'case-closed') as closures,
        count(*) filter (kind = 'grid-visited') as visits,
        max(happened_at) as last_act_at,
    from batch
    where kind in ('case-reported', 'case-closed', 'grid-visited') and not exercise
    group by all
) as new
on grid_days.area_id = new.area_id and grid_days.day = new.day and grid_days.simulated = new.simulated
when matched then update set
    reports = grid_days.reports + new.reports,
    closures = grid_days.closures + new.closures,
    visits = grid_days.visits + new.visits,
    last_act_at = greatest(grid_days.last_act_at, new.last_act_at)
when not matched then insert (area_id, day, simulated, reports, closures, visits, last_act_at)
values (new.area_id, new.day, new.simulated, new.reports, new.closures, new.visits, new.last_act_at);
