-- fold a batch of events into safety_creation; reads batch; one row a village, year and kind of data
merge into safety_creation using (
    select
        area_id,
        year,
        simulated,
        arg_max(batch.batch, seq) as batch,
        arg_max(stage, seq) as stage,
        arg_max(happened_at, seq) filter (kind = 'safety-stage-reached') as stage_at,
        count(*) filter (kind = 'safety-breached') as breaches,
        count(*) filter (kind = 'safety-rectified') as rectified,
        arg_max(reason, seq) filter (kind = 'safety-breached') as last_breach,
        arg_max(happened_at, seq) filter (kind = 'safety-breached') as last_breach_at,
    from batch
    where kind in ('safety-stage-reached', 'safety-breached', 'safety-rectified') and not exercise
    group by area_id, year, simulated
) as new
on safety_creation.area_id = new.area_id and safety_creation.year = new.year and safety_creation.simulated = new.simulated
when matched then update set
    batch = coalesce(new.batch, safety_creation.batch),
    stage = coalesce(new.stage, safety_creation.stage),
    stage_at = coalesce(new.stage_at, safety_creation.stage_at),
    breaches = safety_creation.breaches + new.breaches,
    rectified = safety_creation.rectified + new.rectified,
    last_breach = coalesce(new.last_breach, safety_creation.last_breach),
    last_breach_at = coalesce(new.last_breach_at, safety_creation.last_breach_at)
when not matched then insert
    (area_id, year, simulated, batch, stage, stage_at, breaches, rectified, last_breach, last_breach_at)
values (
    new.area_id, new.year, new.simulated, new.batch, new.stage, new.stage_at, new.breaches, new.rectified,
    new.last_breach, new.last_breach_at
);
