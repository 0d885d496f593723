-- what came in wrong? one row a repair or rejection of a source's row, kept with its reason
create table if not exists quarantine (
    received_at timestamptz not null,
    source varchar not null,
    "row" varchar not null,
    outcome varchar not null,
    reason varchar not null,
    field varchar,
    value varchar,
    raw varchar
);
