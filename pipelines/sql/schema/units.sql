-- who handles cases? one row a responsible unit
create table if not exists units (
    unit_id varchar not null,
    name_zh varchar not null,
    name_en varchar not null,
    level varchar,
    area_id varchar
);
