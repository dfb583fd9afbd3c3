"""A large estimates workbook and an office around it: 15 columns, so many rows due for an e-mail, the rest as in a real sheet.

`python -m benchmarks.workbook FILE ROWS DUE` writes the sheet alone.
"""

import csv
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

TODAY = date(2026, 11, 23)
HEADINGS = (
    "Estimate #", "Customer", "Email", "Mobile", "Address", "Job title", "Status", "Created", "Emailed", "Expires",
    "Total", "Notes", "Salesperson", "Source", "Region",
)  # fmt: skip


def rows(count: int, due: int) -> list[list[object]]:
    """`due` rows were sent three days ago; of the others most are over and some were sent yesterday."""
    rng = Random(1)
    made: list[list[object]] = []
    for number in range(count):
        is_due = number * due // count != (number + 1) * due // count
        status = "Sent" if is_due else rng.choice(("Accepted", "Declined", "Expired", "Converted", "Accepted", "Sent"))
        sent = TODAY - timedelta(days=3 if is_due else 1 if status == "Sent" else rng.randrange(10, 900))
        made.append([
            f"E-{number:06}", f"{rng.choice(FIRST)} {rng.choice(LAST)}", f"person{number}@mail{number % 50}.example",
            f"(312) {200 + number // 10000}-{number % 10000:04}", f"{number % 9000} Prairie Ave, Chicago, IL 606{number % 50:02}",
            rng.choice(WORK), status, sent - timedelta(days=1), sent, sent + timedelta(days=30),
            round(rng.uniform(150, 9000), 2), rng.choice(NOTES), rng.choice(LAST), rng.choice(("Web", "Phone", "Referral")), rng.choice("NSEW"),
        ])  # fmt: skip
    return made


def write_workbook(path: Path, made: list[list[object]]) -> None:
    """Write the rows as .xlsx."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "m/d/yyyy"})
    sheet = book.add_worksheet("2026")
    sheet.write_row(0, 0, HEADINGS)
    for position, row in enumerate(made, 1):
        sheet.write_row(position, 0, row)
    book.close()


def write_csv(path: Path, made: list[list[object]]) -> None:
    """Write the rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([HEADINGS, *made])


def write_office(folder: Path, file: str, smtp_port: int) -> None:
    """An office whose e-mails go to a server on this machine."""
    (folder / "recipes").mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(CONFIG.format(file=file, port=smtp_port), encoding="utf-8")
    (folder / "recipes" / "bench.toml").write_text(RECIPE, encoding="utf-8")


FIRST = ("Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hana", "Ines", "Jon", "Kim", "Lou")
LAST = ("Li", "Park", "Fox", "Rey", "Orr", "Diaz", "Novak", "Boone", "Reyes", "Tran", "Underhill", "Fontaine")
WORK = ("New furnace", "Tune-up", "Heat pump", "Boiler repair", "Ducts", "Thermostat")
NOTES = ("", "", "", "call first", "dog in the yard", "prefers mornings")
CONFIG = """
[office]
name = "Bench Heating"
timezone = "America/Chicago"
postal_address = "412 Kedzie Ave, Chicago, IL 60618"

[people]
office = {{ name = "Dana Reed" }}

[digest]
to = ["office"]

[tables.estimates]
file = "{file}"

[email]
provider = "smtp"
from = "Bench <office@bench.example>"
host = "127.0.0.1"
port = {port}
security = "none"

[limits]
per_run = 100000
"""
RECIPE = """
title = "Bench"
reads = "estimates"
mode = "auto"
owner = "office"

[why]
trigger = "a"
outcome = "b"
review = "c"
signal = "d"

[when]
status = ["sent", "viewed"]
anchor = "sent_on"

[ends]
status = ["accepted", "declined", "expired", "converted"]

[[steps]]
name = "nudge"
after = "2 days"
do = "message"
by = ["email"]
text = "Hi {{ customer.first_name }}, any questions about the estimate for {{ title }} ({{ total|money }})?"
"""

if __name__ == "__main__":
    path, made = Path(sys.argv[1]), rows(int(sys.argv[2]), int(sys.argv[3]))
    write_csv(path, made) if path.suffix == ".csv" else write_workbook(path, made)
