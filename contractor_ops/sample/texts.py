"""The two texts in the sample office's folder: its config.toml and a README in plain words."""

from datetime import date

from contractor_ops.sample.planted import PLANTED

OFFICE_NAME = "Northside Heating & Air"
SAMPLE_ZONE = "America/Chicago"


def config(today: date) -> str:
    """config.toml: everything goes to the outbox, so that nothing can leave."""
    return CONFIG.replace("YEAR", str(today.year)).replace("ZONE", SAMPLE_ZONE)


def readme(today: date, an_estimate: str) -> str:
    """README.txt, with the list of what is planted in the spreadsheets."""
    listed = "\n".join(f"  {item.table:<14} {item.why}" for item in PLANTED)
    return README.format(day=today.isoformat(), estimate=an_estimate, listed=listed)


CONFIG = """\
# A sample office. Its people, customers and numbers are invented; its messages go to outbox/ and nowhere else.

[office]
name           = "Northside Heating & Air"
timezone       = "ZONE"
country        = "US"
phone          = "+13125550100"
postal_address = "412 Kedzie Ave, Chicago, IL 60618"
website        = "https://northside.example"
business_hours = { mon-fri = "08:00-17:00", sat = "09:00-12:00" }
holidays       = "US-IL"

[people]
owner  = { name = "Maria Lopez", email = "maria@northside.example", phone = "+13125550101" }
office = { name = "Dana Reed", email = "dana@northside.example", deputy = "owner" }

# "max_age" is how old a file may be before a run refuses to act on it.

[tables.estimates]
file    = "estimates.xlsx"
sheet   = "YEAR"
max_age = "3 days"

[tables.invoices]
file    = "exports/invoices_*.csv"      # the newest one
max_age = "3 days"

[tables.calls]
file    = "exports/calls_*.csv"
max_age = "3 days"

[tables.jobs]
file    = "jobs.xlsx"
max_age = "3 days"

[tables.visits]
file    = "visits.csv"
max_age = "3 days"

[tables.payments]
file    = "payments.csv"
max_age = "3 days"

[tables.leads]
file    = "leads.csv"
max_age = "3 days"

[tables.change_orders]
file = "change_orders.csv"

[tables.customers]
file = "customers.xlsx"

[tables.technicians]
file = "technicians.xlsx"

[tables.equipment]
file = "equipment.xlsx"

[tables.inventory]
file  = "inventory.xlsx"
sheet = "Stock"

[tables.materials]
file  = "inventory.xlsx"
sheet = "Materials"

[tables.compliance]
file = "compliance.xlsx"

# Without a provider, texts and e-mails become files in outbox/ and nothing leaves.

[email]
from     = "Northside Heating & Air <office@northside.example>"

[limits]
per_address_per_day = 1
per_run             = 50
send_between        = "09:00-20:00"
"""

README = """\
A sample office: Northside Heating & Air
========================================

This folder is what a small heating & air company might keep, six months of it, up to {day}. The people, the
telephone numbers (555-01xx) and the e-mail addresses (.example) are invented. Nothing here can reach anybody: messages
become files in outbox/.

Open the spreadsheets and change what you like, then run a command again. Try, in this folder:

  contractor-ops check                          what would stop or spoil a run
  contractor-ops run estimate-follow-up         rehearse: who would be written to, and who a person must look at
  contractor-ops run invoice-reminders          the same for unpaid invoices
  contractor-ops run booking-trail              everything that a booked job starts, from the calendar entry to the thank-you
  contractor-ops why estimates {estimate:<16} everything decided about one estimate, and why
  contractor-ops why estimates "Ann Li"         the same, by the customer's name
  contractor-ops review list                    what waits for a person
  contractor-ops report --call-list             whom to call or text by hand

The files are a few days good: after three days a run says that they are stale, as it would in your office.

What is in here
---------------

  estimates.xlsx        kept by hand: a title above the headings, the headings again half-way, a total at the end
  jobs.xlsx             the job board
  exports/invoices_…    as a field service program exports them
  exports/calls_…       the telephone log of the last 30 days
  payments.csv, change_orders.csv, visits.csv, leads.csv, customers.xlsx, technicians.xlsx, equipment.xlsx,
  inventory.xlsx (stock, and what each kind of job uses up), compliance.xlsx (licences, permits, insurance)

Most of it is in order. These things are not, on purpose, because yours are not either:

{listed}
"""
