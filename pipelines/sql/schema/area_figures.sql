-- what else is known of an area? one row an area that a table tells of; `urban` grids are patrolled every day
create table if not exists area_figures (
    area_id varchar not null,
    households bigint,
    area_km2 double,
    kind varchar
);
