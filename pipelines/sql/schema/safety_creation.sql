-- how far is each village in this year's safety creation? one row a village, year and kind of data
create table if not exists safety_creation (
    area_id varchar not null,
    year integer not null,
    simulated boolean not null,
    batch varchar,
    stage varchar,
    stage_at timestamptz,
    breaches bigint not null,
    rectified bigint not null,
    last_breach varchar,
    last_breach_at timestamptz
);
