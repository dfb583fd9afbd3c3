"""Text from cells and customers made safe for a terminal or a pipe: the same as in the sheets' own room, for whoever prints."""

from contractor_ops.tables.printable import one_line, printable

__all__ = ["one_line", "printable"]
