-- words without the numbers that lead to a person: mail, identity card, mobile and fixed telephone, plate
-- of a mobile number its first three digits stay; its last ones could begin another number
create or replace macro mask_numbers(words) as regexp_replace(
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(words, '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+', '***@***', 'g'),
                '[0-9０-９]{6}[ -]?[0-9０-９]{8,9}[ -]?[0-9０-９]{0,3}[0-9０-９Xx]', '******', 'g'
            ),
            '([1１][3-9３-９][0-9０-９])[ -]?[0-9０-９]{4}[ -]?[0-9０-９]{4}', '\1********', 'g'
        ),
        '[0-9０-９]{7,}', '****', 'g'
    ),
    '([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])[A-Z][ ·-]?[A-Z0-9]{5,6}', '\1*****', 'g'
);
