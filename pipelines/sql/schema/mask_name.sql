-- a person's name without the given name: its first letter, a star for each other
create or replace macro mask_name(name) as if(
    length(name) < 2, repeat('*', length(name)), left(name, 1) || repeat('*', length(name) - 1)
);
