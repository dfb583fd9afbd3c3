"""The names that a message's words may use."""

from contractor_ops.tables.columns import TableSpec

CUSTOMER = ("name", "first_name", "phone", "email")
TECHNICIAN = ("name", "first_name", "phone")
OFFICE = ("name", "phone", "postal_address", "website", "opens")


def known_names(spec: TableSpec) -> set[str]:
    """Every name that a template over this table may use."""
    named = (("customer", CUSTOMER), ("office", OFFICE), ("technician", TECHNICIAN), ("before", spec.column_names))
    return {
        *(name for name in spec.column_names if name not in {"customer", "technician"}),
        *(f"{thing}.{name}" for thing, names in named for name in names),
        *("count", "credit", "customer_wrote", "messages_sent", "today"),
    }
