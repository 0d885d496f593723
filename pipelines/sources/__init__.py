"""Ways in: files and services become case records, with every oddity kept beside them.

`tabular` and `open311` are the two sources; they share the steps in between. `archive` opens what is packed, `decode`
finds the encoding, `delimited` `workbook` `documents` `columnar` read rows as text (`raw`), `headers` finds the mapped
columns, `projection` turns them into fields, `dates` and `crs` into moments and points in WGS84, `identity` gives each
case its id, `checks` looks for oddities, `issues` keeps them, `work` holds a block meanwhile, `refine` leads them all.
"""
