-- whoever acted: that somebody did
create or replace macro mask_actor(actor) as if(actor is null, null, '***');
