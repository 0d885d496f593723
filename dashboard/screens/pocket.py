"""The pocket: my tasks, one task, a report; held outdoors in one hand."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.context import ScreenContext
from dashboard.components.frame import screen
from dashboard.components.pocket import head, map_page, tabs
from dashboard.components.pocket_me import me_page
from dashboard.components.pocket_report import report
from dashboard.components.pocket_task import one_task
from dashboard.components.pocket_tasks import tasks_page


def layout(context: ScreenContext) -> Component:
    """Lay the phone out: pages under a head, tabs under the thumb, one task or the form on top."""
    pages = html.Div([tasks_page(context), map_page(context), me_page(context)], className="pages")
    return screen(context, "pocket", head(context), pages, tabs(context), one_task(context), report(context))
