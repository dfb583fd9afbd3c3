"""What `check` says of the technicians sheet: days off that nobody can read, so that nobody takes them for days at work."""

from collections.abc import Iterator
from datetime import date

from contractor_ops.dispatch.days_off import read_days_off
from contractor_ops.reports.printable import one_line
from contractor_ops.tables.cleaning import DAY_FIRST_UNLESS
from contractor_ops.tables.record import Table
from contractor_ops.work.check_finding import Finding


def check_crew(table: Table, today: date, country: str) -> Iterator[Finding]:
    """Each cell of days off of which a part cannot be read."""
    day_first, example = country.upper() not in DAY_FIRST_UNLESS, f"{today:%b} {today.day}"
    for record in table.records if table.name == "technicians" else ():
        unclear = read_days_off(str(record["days_off"] or ""), today, day_first=day_first).not_understood
        if unclear:
            said, whose = " and ".join(f'"{one_line(part)}"' for part in unclear), record["name"] or "somebody without a name"
            message = f"{record.place}: the days off {said} of {whose} cannot be read, so nobody knows when they are away"
            yield Finding("warning", f"table {table.name}", message, f"Write a day such as {example}, or weekdays such as Sat, Sun.")
