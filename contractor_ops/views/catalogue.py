"""Every view, and everything that a recipe may read."""

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.columns import TableSpec
from contractor_ops.views.missed_calls import MISSED_CALLS
from contractor_ops.views.view import View

VIEWS: dict[str, View] = {view.spec.name: view for view in (MISSED_CALLS,)}
READABLE: dict[str, TableSpec] = {**TABLES, **{name: view.spec for name, view in VIEWS.items()}}
"""Tables and views by name: what `reads` in a recipe and `contractor-ops read` take."""
