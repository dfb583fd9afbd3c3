"""The sentences that refuse a file, each with its remedy."""

from contractor_ops.errors import UnusableFile

_EXPORT_AGAIN = "Export or save it again; if it lives in a synced folder, let the sync finish first."


def damaged(file: str) -> UnusableFile:
    """The container or what is in it cannot be read by anything."""
    return UnusableFile(f"{file} is damaged and cannot be opened.", f"Open it in Excel or LibreOffice to repair it. {_EXPORT_AGAIN}")


def empty(file: str) -> UnusableFile:
    """Nothing is in it."""
    return UnusableFile(f"{file} is empty.", _EXPORT_AGAIN)


def locked(file: str) -> UnusableFile:
    """It asks for a password before it opens."""
    return UnusableFile(
        f"{file} is locked with a password.", "Open it, take the password off (in Excel: File, Info, Protect Workbook), and save it."
    )


def another_kind(file: str, what: str) -> UnusableFile:
    """`what` is the kind of document with its article: "a PDF"."""
    return UnusableFile(
        f"{file} is {what}, not a spreadsheet or CSV file.",
        "Open it in the program it came from and save the table as an Excel workbook (.xlsx) or as CSV.",
    )


def no_sheets(file: str) -> UnusableFile:
    """A workbook of charts and macros only."""
    return UnusableFile(f"{file} has no sheets with cells.", "Save the table in a sheet of the workbook.")


def scattered(file: str, sheet: str | None) -> UnusableFile:
    """A few cells stand so far from the others that the sheet would not fit into memory."""
    where = f"{file}, sheet {sheet}" if sheet else f"{file}, one of its sheets"
    return UnusableFile(
        f"{where}: a cell far away from the table makes the sheet too large to read.",
        "Press Ctrl+End to go to it, delete the rows below and the columns to the right of the table, and save.",
    )
