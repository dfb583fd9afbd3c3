"""Jobs with all their papers, and beside each what the office must hear about them: the gap and the money at stake.

`tells` was written by hand; a case that tells nothing is a near miss. `may` names what is also true and may be told beside it (an invoice that
holds a change nobody approved also differs from what was agreed). A job is completed eleven days ago and has one invoice of its total
unless it says otherwise. Today is Monday, 23 November 2026; the tolerance is 5 dollars and 1 per cent, both to be exceeded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

NOW = "2026-11-23T10:00"
CONFIG = """
[billing]
tolerance    = { amount = 5, percent = 1 }
estimate_for = ["Remodel"]

[notes]
needs = []

[limits]
per_run = 500
"""
NOT, EARLY, DIFFERS, ORDER, UNAPPROVED = "not invoiced", "invoiced, not completed", "differs", "order not billed", "unapproved order"
NO_ESTIMATE, DEPOSIT, CREDIT, BALANCE, TWICE = (
    "no estimate",
    "deposit not taken",
    "deposit not credited",
    "paid with balance",
    "two invoices",
)
GAPS = (NOT, EARLY, DIFFERS, ORDER, UNAPPROVED, NO_ESTIMATE, DEPOSIT, CREDIT, BALANCE, TWICE)


@dataclass(frozen=True)
class Est:
    """An estimate. `job` "" leaves the job's number out; `number` "" makes one from the job's."""

    total: str
    status: str = "Approved"
    number: str = ""
    job: str | None = None
    subtotal: str = ""
    tax: str = ""
    required: str = ""
    collected: str = ""
    title: str = ""


@dataclass(frozen=True)
class Order:
    """A change order."""

    amount: str
    status: str = "Approved"
    billed: str = "No"
    number: str = "1"
    invoice: str = ""
    what: str = "Extra work"


@dataclass(frozen=True)
class Inv:
    """An invoice. `balance` None: all of it, or nothing where it is paid."""

    total: str
    status: str = "Sent"
    balance: str | None = None
    paid: str = ""
    title: str = ""
    subtotal: str = ""
    tax: str = ""
    number: str = ""
    job: str | None = None


Tells = dict[str, float]


@dataclass(frozen=True)
class Case:
    """One job and its papers. `jobs` are further jobs that share its papers."""

    number: str
    total: str
    estimates: Sequence[Est] = ()
    orders: Sequence[Order] = ()
    invoices: Sequence[Inv] | None = None
    status: str = "Completed"
    done: str = "2026-11-12"
    customer: str = ""
    kind: str = "Repair"
    invoice_cell: str = ""
    estimate_cell: str = ""
    title: str = "Repair"
    tells: Tells = field(default_factory=dict)
    may: Tells = field(default_factory=dict)

    @property
    def who(self) -> str:
        return self.customer or name_of(self.number)

    @property
    def papers(self) -> Sequence[Inv]:
        return (Inv(self.total),) if self.invoices is None else self.invoices


_FIRST = ("Ada", "Ben", "Cora", "Dale", "Edna", "Finn", "Gail", "Hugo", "Iris", "Jack")
_LAST = ("Abbot", "Baker", "Cole", "Drake", "Ellis", "Foley", "Grant", "Hale", "Ingram", "Joyce", "Keene", "Lowry", "Mercer", "Nolan", "Osgood", "Pratt",
         "Quinn", "Rowe", "Stone", "Tate")  # fmt: skip


def name_of(number: str) -> str:
    """A customer of its own for each job: two jobs of one name would be another story."""
    n = int(number)
    return f"{_FIRST[n % 10]} {_LAST[(n // 10) % 20]}"


E2000 = (Est("2000"),)

NOT_INVOICED = (
    Case("101", "480", done="2026-11-20", invoices=(), tells={NOT: 480}),
    Case("102", "2000", E2000, done="2026-11-10", invoices=(), tells={NOT: 2000}),
    Case("103", "700", done="2026-11-05", invoices=(Inv("700", "Void", "0"),), tells={NOT: 700}),
    Case("104", "650", done="2026-11-01", invoices=(Inv("650", "Draft"),), tells={NOT: 650}),
    Case("105", "320", status="Ready to invoice", done="2026-11-16", invoices=(), tells={NOT: 320}),
    Case("106", "410", customer="Ann Li", invoices=(), tells={NOT: 410}),
    Case("107", "415", customer="Ann Li"),
    Case("110", "480", done="2026-11-21", invoices=()),
    Case("111", "480", done="2026-11-22", invoices=()),
    Case("112", "2000", E2000, done="2026-11-23", invoices=()),
    Case("113", "480"),
    Case("114", "300", customer="Bob Ray", invoices=(Inv("500", job="114, 115"),)),
    Case("115", "200", customer="Bob Ray", invoices=()),
    Case("116", "0", title="Warranty callback", invoices=()),
    Case("117", "700", status="Cancelled", done="", invoices=()),
    Case("118", "120", status="No show", done="", invoices=()),
    Case("119", "600", status="In progress", done="", invoices=()),
    Case("120", "530", invoices=(Inv("530", number="80120", job=""),), invoice_cell="80120"),
    Case("121", "900", invoices=(Inv("400", number="80121", job="", title="First half"), Inv("500", number="80122", job="", title="Second half")), invoice_cell="80121, 80122"),
    Case("122", "365", invoices=(Inv("365", job=""),)),
    Case("123", "600", status="Not completed", done="", invoices=()),
)  # fmt: skip

INVOICED_EARLY = (
    Case("131", "800", status="Scheduled", done="", tells={EARLY: 800}),
    Case("132", "1200", (Est("1200"),), status="Booked", done="", tells={EARLY: 1200}),
    Case("133", "610", status="In progress", done="", tells={EARLY: 610}),
    Case("134", "950", status="On hold", done="", tells={EARLY: 950}),
    Case("135", "4000", (Est("4000"),), status="Scheduled", done="", invoices=(Inv("1000", title="Deposit 25%"),)),
    Case("136", "6000", (Est("6000"),), status="In progress", done="", invoices=(Inv("2000", title="Progress billing 1 of 3"),)),
    Case("137", "820", status="Scheduled", done="", invoices=(Inv("820", "Void", "0"),)),
    Case("138", "830", status="Scheduled", done="", invoices=(Inv("830", "Draft"),)),
    Case("139", "840", status="Cancelled", done="", invoices=(Inv("840", "Void", "0"),)),
    Case("140", "3000", (Est("3000"),), status="Booked", done="", invoices=(Inv("900", title="Down payment"),)),
)

DIFFERENT = (
    Case("151", "2300", E2000, tells={DIFFERS: 300}),
    Case("152", "1800", E2000, tells={DIFFERS: 200}),
    Case("153", "3500", (Est("3000"),), (Order("500", billed="Yes"),), invoices=(Inv("3900"),), tells={DIFFERS: 400}),
    Case("154", "900", (Est("900"),), customer="Cy Moss", invoices=(Inv("2310", job="154, 155"),), tells={DIFFERS: 310}),
    Case("155", "1100", (Est("1100"),), customer="Cy Moss", invoices=()),
    Case("156", "300", (Est("300"),), invoices=(Inv("306"),), tells={DIFFERS: 6}),
    Case("157", "4000", (Est("4000"),), invoices=(Inv("1000", "Paid", title="Deposit"), Inv("3320", title="Final")), tells={DIFFERS: 320}),
    Case("158", "1750", E2000, (Order("-250", billed="Yes", what="Smaller unit"),), invoices=(Inv("2000"),), tells={DIFFERS: 250}),
    Case("161", "2000", E2000),
    Case("162", "1000", (Est("1000"),), invoices=(Inv("1082.50", subtotal="1000", tax="82.50"),)),
    Case("163", "1082.50", (Est("1082.50", subtotal="1000", tax="82.50"),), invoices=(Inv("1082.50", subtotal="1000", tax="82.50"),)),
    Case("164", "5000", (Est("5000"),), invoices=(Inv("5004"),)),
    Case("165", "2000", E2000, invoices=(Inv("2010"),)),
    Case("166", "200", (Est("200"),), invoices=(Inv("205"),)),
    Case("167", "2350", E2000, (Order("350", billed="Yes"),), invoices=(Inv("2350"),)),
    Case("168", "2420", E2000, (Order("420", status="Billed", billed=""),), invoices=(Inv("2420"),)),
    Case("169", "2000", E2000, (Order("500", status="Declined", billed=""),)),
    Case("170", "2200", (Est("1700", "Declined", "Q-170-A"), Est("2200", "Approved", "Q-170-B"), Est("3100", "Declined", "Q-170-C"))),
    Case("171", "2600", (Est("2400", "Archived", "Q-171"), Est("2600", "Approved", "Q-171-R1"))),
    Case("172", "4000", (Est("4000"),), invoices=(Inv("1000", "Paid", title="Deposit"), Inv("3000", title="Final"))),
    Case("173", "6000", (Est("6000"),), invoices=tuple(Inv("2000", title=f"Progress billing {n} of 3") for n in (1, 2, 3))),
    Case("174", "2000", E2000, invoices=(Inv("2200", "Sent", "2000"), Inv("-200", "Sent", "0", title="Credit memo"))),
    Case("175", "2000", E2000, invoices=(Inv("2500", "Void", "0"), Inv("2000"))),
    Case("176", "2000", (Est("2000", "Converted"),)),
    Case("177", "1750", E2000, (Order("-250", billed="Yes", what="Smaller unit"),), invoices=(Inv("1750"),)),
    Case("178", "1000", (Est("$1,000.00"),), invoices=(Inv("$1,000.00"),)),
)

ORDERS = (
    Case("181", "2000", E2000, (Order("350"),), tells={ORDER: 350}, may={DIFFERS: 350}),
    Case("182", "2000", E2000, (Order("120"),), tells={ORDER: 120}, may={DIFFERS: 120}),
    Case("183", "2500", E2000, (Order("500", billed="Yes"), Order("275", number="2")), tells={ORDER: 275}, may={DIFFERS: 275}),
    Case("184", "2000", E2000, (Order("600", status="Approved - not billed", billed=""),), tells={ORDER: 600}, may={DIFFERS: 600}),
    Case("185", "2100", E2000, (Order("100", billed="Yes"),)),
    Case("186", "2130", E2000, (Order("130", status="Invoiced", billed=""),)),
    Case("187", "2000", E2000, (Order("140", status="Declined"),)),
    Case("188", "2150", E2000, (Order("150", billed="", invoice="80188"),), invoices=(Inv("2150", number="80188"),)),
    Case(
        "189",
        "2160",
        E2000,
        (Order("160", billed="", invoice="80190"),),
        invoices=(Inv("2000", number="80189"), Inv("160", number="80190", title="Change order 1")),
    ),
    Case(
        "191",
        "2410",
        E2000,
        (Order("410", "Pending", "Yes", invoice="80191"),),
        invoices=(Inv("2410", number="80191"),),
        tells={UNAPPROVED: 410},
        may={DIFFERS: 410},
    ),
    Case(
        "192",
        "2150",
        E2000,
        (Order("150", "Awaiting signature", "Yes", invoice="80192"),),
        invoices=(Inv("2150", number="80192"),),
        tells={UNAPPROVED: 150},
        may={DIFFERS: 150},
    ),
    Case(
        "193",
        "2220",
        E2000,
        (Order("220", "Declined", "Yes", invoice="80193"),),
        invoices=(Inv("2220", number="80193"),),
        tells={UNAPPROVED: 220},
        may={DIFFERS: 220},
    ),
    Case(
        "194",
        "2340",
        E2000,
        (Order("340", "Not approved yet", "Yes", invoice="80194"),),
        invoices=(Inv("2340", number="80194"),),
        tells={UNAPPROVED: 340},
        may={DIFFERS: 340},
    ),
    Case("195", "2000", E2000, (Order("450", "Pending"),), status="In progress", done="", invoices=()),
    Case("196", "2000", E2000, (Order("460", "Declined"),)),
    Case("197", "2000", E2000, (Order("470", "Sent", ""),), status="Scheduled", done="", invoices=()),
    Case("198", "2480", E2000, (Order("480", billed="Yes", invoice="80198"),), invoices=(Inv("2480", number="80198"),)),
    Case("199", "2000", E2000, (Order("490", "Pending"),), status="Cancelled", done="", invoices=()),
)

ESTIMATES = (
    Case("201", "2500", tells={NO_ESTIMATE: 2500}),
    Case("202", "1800", (Est("1800", "Awaiting response"),), tells={NO_ESTIMATE: 1800}),
    Case("203", "1400", (Est("1400", "Declined"),), tells={NO_ESTIMATE: 1400}),
    Case("204", "1000", tells={NO_ESTIMATE: 1000}),
    Case("205", "3200", (Est("3200", "Expired"),), tells={NO_ESTIMATE: 3200}),
    Case("206", "600", kind="Remodel", tells={NO_ESTIMATE: 600}),
    Case("211", "999"),
    Case("212", "250"),
    Case("213", "1500", (Est("1500"),)),
    Case("214", "1500", (Est("1500", "Converted"),)),
    Case("215", "1500", (Est("1500", "Won"),)),
    Case("216", "1500", (Est("1500", number="Q-9216", job=""),), estimate_cell="Q-9216"),
    Case("217", "1500", (Est("1500", job=""),)),
    Case("218", "5000", status="Cancelled", done="", invoices=()),
    Case("219", "600", (Est("600"),), kind="Remodel"),
)

DEPOSITS = (
    Case("221", "4000", (Est("4000", required="1000", collected="0"),), status="In progress", done="", invoices=(), tells={DEPOSIT: 1000}),
    Case("222", "5000", (Est("5000", required="2500", collected="1000"),), status="In progress", done="", invoices=(), tells={DEPOSIT: 1500}),
    Case("223", "3600", (Est("3600", required="800"),), status="In progress", done="", invoices=(), tells={DEPOSIT: 800}),
    Case("224", "2400", (Est("2400", required="600", collected="-"),), status="In progress", done="", invoices=(), tells={DEPOSIT: 600}),
    Case("226", "4000", (Est("4000", required="1000", collected="1000"),), status="In progress", done="", invoices=()),
    Case("227", "4000", (Est("4000"),), status="In progress", done="", invoices=()),
    Case("228", "4000", (Est("4000", required="0", collected="0"),), status="In progress", done="", invoices=()),
    Case("229", "4000", (Est("4000", required="1000"),), status="Cancelled", done="", invoices=()),
    Case("230", "4000", (Est("4000", required="1000"),), status="In progress", done="", invoices=(Inv("1000", "Paid", title="Deposit"),)),
    Case("231", "4000", (Est("4000", required="1000", collected="1200"),), status="In progress", done="", invoices=()),
    Case("241", "3000", (Est("3000", required="1000", collected="1000"),), tells={CREDIT: 1000}),
    Case("242", "2800", (Est("2800", required="700", collected="700"),), tells={CREDIT: 700}),
    Case("243", "9000", (Est("9000", required="4500", collected="4500"),), tells={CREDIT: 4500}),
    Case("244", "1200", (Est("1200", required="250", collected="250"),), tells={CREDIT: 250}),
    Case("246", "3000", (Est("3000", required="1000", collected="1000"),), invoices=(Inv("3000", "Partially paid", "2000", "1000"),)),
    Case("247", "3000", (Est("3000", required="1000", collected="1000"),), invoices=(Inv("3000", "Paid", "0", "3000"),)),
    Case("248", "3000", (Est("3000", required="1000", collected="1000"),), invoices=(Inv("1000", "Paid", "0", "1000", "Deposit"), Inv("2000", title="Final"))),
    Case("249", "3000", (Est("3000", collected="0"),)),
    Case("250", "2900", (Est("2900", required="900", collected="900"),), invoices=(Inv("2900", "Overdue", "2000", "900"),)),
)  # fmt: skip

PAID = (
    Case("251", "620", invoices=(Inv("620", "Paid", "120"),), tells={BALANCE: 120}),
    Case("252", "435.50", invoices=(Inv("435.50", "Paid in full", "35.50"),), tells={BALANCE: 35.5}),
    Case("253", "900", invoices=(Inv("900", "Paid", "900"),), tells={BALANCE: 900}),
    Case("254", "2000", E2000, invoices=(Inv("2000", "Settled", "510", "1490"),), tells={BALANCE: 510}),
    Case("256", "620", invoices=(Inv("620", "Paid", "0"),)),
    Case("257", "620", invoices=(Inv("620", "Paid", "0.01"),)),
    Case("258", "620", invoices=(Inv("620", "Partially paid", "200"),)),
    Case("259", "620", invoices=(Inv("620", "Past due", "620"),)),
    Case("260", "620", invoices=(Inv("620", "Paid", ""),)),
    Case("262", "620", invoices=(Inv("620", "Void", "620"), Inv("620", "Paid", "0"))),
)

TWO = (
    Case("271", "450", invoices=(Inv("450"), Inv("450")), tells={TWICE: 450}),
    Case("272", "2000", E2000, invoices=(Inv("2000"), Inv("2000")), tells={TWICE: 2000}, may={DIFFERS: 2000}),
    Case("273", "880", invoices=(Inv("880", "Paid"), Inv("880", "Sent")), tells={TWICE: 880}),
    Case("274", "1200", (Est("1200"),), invoices=(Inv("1200"), Inv("1200", "Overdue")), tells={TWICE: 1200}, may={DIFFERS: 1200}),
    Case("276", "450", customer="Dot Ames"),
    Case("277", "450", customer="Dot Ames"),
    Case("278", "460", invoices=(Inv("460", number="80278"), Inv("460", number="80278"))),
    Case("279", "470", invoices=(Inv("470", "Void", "0"), Inv("470"))),
    Case("280", "480", invoices=(Inv("240", title="Deposit"), Inv("240", title="Balance"))),
)

CASES = NOT_INVOICED + INVOICED_EARLY + DIFFERENT + ORDERS + ESTIMATES + DEPOSITS + PAID + TWO
