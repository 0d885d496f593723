"""Everything seen and touched.

`cli` and `commands` are the command line, `app` puts the screens together; `screens` lay out `components` with the
words of `catalogue` and the looks of `theme`; `gateway` is the one door to the node, `stream` carries its changes to
displays, `api` is for programs.
"""
