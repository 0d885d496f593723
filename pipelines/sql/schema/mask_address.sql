-- an address without its house number, however it is written
create or replace macro mask_address(address) as regexp_replace(
    regexp_replace(mask_text(address), '(^|[ ,，#])[0-9０-９]+[A-Za-z]?(?:[-/][0-9]+)?([ ,，]|$)', '\1**\2', 'g'),
    '[0-9０-９]+([-/][0-9０-９]+)*$', '**', 'g'
);
