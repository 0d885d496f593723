-- what can a case be about? one row a category; a top category has no parent
create table if not exists categories (
    category varchar not null,
    parent varchar,
    name_zh varchar not null,
    name_en varchar not null
);
