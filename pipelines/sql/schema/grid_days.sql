-- how lively is each area? one row a finest known area, local day and kind of data
create table if not exists grid_days (
    area_id varchar not null,
    day date not null,
    simulated boolean not null,
    reports bigint not null,
    closures bigint not null,
    visits bigint not null,
    last_act_at timestamptz not null
);
