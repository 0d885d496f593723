-- words without house numbers: of street, building, stairs, flat
create or replace macro mask_house(words) as regexp_replace(
    words,
    '[0-9０-９一二三四五六七八九十百零〇]+[A-Za-z]?([-－之][0-9０-９一二三四五六七八九十]+)* ?(号|號|栋|幢|座|单元|室|户|弄)',
    '**\2',
    'g'
);
