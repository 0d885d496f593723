-- which areas lie in which? one row an ancestor and an area in it, itself included
create table if not exists area_within (
    ancestor_id varchar not null,
    area_id varchar not null
);
