-- free words without what leads to a person
create or replace macro mask_text(words) as mask_people(mask_house(mask_numbers(words)));
