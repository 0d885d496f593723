-- which state does an event lead to? one row a kind of event that changes the state
create table if not exists lifecycle (
    kind varchar not null,
    state varchar not null,
    is_open boolean not null
);
