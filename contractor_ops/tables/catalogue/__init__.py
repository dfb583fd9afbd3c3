"""Every table that an office keeps, with its columns: what they are called, what they hold, and which headings feed them."""

from contractor_ops.tables.catalogue.billing import INVOICES, PAYMENTS
from contractor_ops.tables.catalogue.calls import CALLS
from contractor_ops.tables.catalogue.handed_in import MESSAGES, RATINGS, REPLIES, REVIEWS
from contractor_ops.tables.catalogue.offers import CHANGE_ORDERS, ESTIMATES
from contractor_ops.tables.catalogue.people import CUSTOMERS, LEADS, TECHNICIANS
from contractor_ops.tables.catalogue.things import COMPLIANCE, EQUIPMENT, INVENTORY, MATERIALS
from contractor_ops.tables.catalogue.work import JOBS, VISITS
from contractor_ops.tables.columns import TableSpec

TABLES: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        CALLS,
        LEADS,
        ESTIMATES,
        JOBS,
        VISITS,
        INVOICES,
        PAYMENTS,
        CHANGE_ORDERS,
        CUSTOMERS,
        TECHNICIANS,
        EQUIPMENT,
        INVENTORY,
        MATERIALS,
        COMPLIANCE,
        MESSAGES,
        REPLIES,
        REVIEWS,
        RATINGS,
    )
}
"""Our tables by name."""

HANDED_IN = frozenset(spec.name for spec in (MESSAGES, REPLIES, REVIEWS, RATINGS))
"""Those that the ledger hands in; no spreadsheet holds them."""
