"""The names that a message's words may use."""

from contractor_ops.tables.columns import TableSpec

CUSTOMER = ("name", "first_name", "phone", "email")
OFFICE = ("name", "phone", "postal_address", "website", "opens")


def known_names(spec: TableSpec) -> set[str]:
    """Every name that a template over this table may use."""
    return {
        *(name for name in spec.column_names if name not in {"customer", "technician"}),
        *(f"customer.{name}" for name in CUSTOMER), *(f"office.{name}" for name in OFFICE), "technician.name", "count", "credit", "messages_sent", "today",
    }  # fmt: skip
