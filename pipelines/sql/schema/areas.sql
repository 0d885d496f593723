-- which areas has the city? one row an area
create table if not exists areas (
    area_id varchar not null,
    level varchar not null,
    name_zh varchar not null,
    name_en varchar not null,
    parent_id varchar,
    lon double,
    lat double,
    population bigint
);
