-- what happened behind a position of the log? one row an event, in its order
from log where seq > $after order by seq limit $limit
