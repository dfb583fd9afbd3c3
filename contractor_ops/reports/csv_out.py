"""Every CSV that leaves the product: the same as in the sheets' own room, where views write theirs."""

from contractor_ops.tables.csv_out import cell, write_csv

__all__ = ["cell", "write_csv"]
