-- what is not shown at all, such as which pictures were taken
create or replace macro mask_hidden(words) as nullif(words, words);
