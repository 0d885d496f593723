-- who works in which area? one row a person and area
create table if not exists staff (
    staff_id varchar not null,
    area_id varchar not null,
    role varchar not null,
    name_zh varchar not null,
    full_time boolean not null
);
