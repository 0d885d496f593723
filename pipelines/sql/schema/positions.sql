-- how far has this node followed? one row a named position (applied: last log position in the marts)
create table if not exists positions (
    name varchar not null,
    position bigint not null
);
