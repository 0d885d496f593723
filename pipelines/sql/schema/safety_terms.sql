-- in which order do the batches, stages and red lines of safety creation stand? one row a term
create table if not exists safety_terms (
    kind varchar not null,
    term varchar not null,
    position integer not null
);
