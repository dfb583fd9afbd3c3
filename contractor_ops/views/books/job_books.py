"""All the papers that belong to one job."""

from dataclasses import dataclass

from contractor_ops.tables.record import Record


@dataclass(frozen=True, slots=True)
class JobBooks:
    """One job's papers; several jobs stand together where one invoice or estimate is for all of them.

    `estimates` holds accepted and other ones, `invoices` void ones and credits too: whoever adds up chooses. `unsure` are sentences
    about papers that may belong to it and could not be settled.
    """

    jobs: tuple[Record, ...]
    estimates: tuple[Record, ...] = ()
    change_orders: tuple[Record, ...] = ()
    invoices: tuple[Record, ...] = ()
    payments: tuple[Record, ...] = ()
    unsure: tuple[str, ...] = ()
