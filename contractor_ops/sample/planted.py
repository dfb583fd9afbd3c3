"""What is planted in the sample office: the open work of the day, routine and not, and the mess that real spreadsheets have.

PLANTED lists it in words. `shows` are texts that stand together in one row of that table's file, so that a person (and a test) can find it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted thing: in which table, what to look for in one row, and what it stands for."""

    table: str
    shows: tuple[str, ...]
    why: str


PLANTED = (
    Planted("customers", ("Walter Szymanski", "No phone, no e-mail"), "a customer with neither phone nor e-mail"),
    Planted("customers", ("Three Wheat Bakery Inc.", "orders@threewheat.example"), "a company that can only be e-mailed"),
    Planted("customers", ("Keisha Boone", "(312) 555-0105 / 773-555-0106"), "two phones in one cell"),
    Planted("customers", ("Prairie Path Montessori", "ext. 12"), "a phone with an extension: no text message can reach it"),
    Planted("customers", ("Lucía Herrera", "Prefiere mensajes en español"), "a note in another language, and letters beyond A to Z"),
    Planted("estimates", ("Li, Ann", "Furnace replacement"), "a name written surname first; sent 2 days ago"),
    Planted("estimates", ("Mr. and Mrs. Evans", "sent "), "a couple without first names; a status in small letters with a space behind it"),
    Planted("estimates", ("Lakeside Dental Group LLC", "Viewed"), "a company; sent 10 days ago"),
    Planted("estimates", ("Omar Haddad", "(213) 555-0108"), "a Los Angeles number: two hours behind the office"),
    Planted("estimates", ("Lucía Herrera", "llamar después de las 5"), "a note in Spanish"),
    Planted("estimates", ("Maple Court Condominiums", "18400"), "an estimate over 15,000: a person's"),
    Planted("estimates", ("Rosa Delgado", "discount"), "a note that asks for a discount: a person's"),
    Planted("estimates", ("Denise Fontaine", "warranty"), "a note that mentions a warranty: a person's"),
    Planted("estimates", ("Walter Szymanski", "Boiler replacement"), "an estimate due for a nudge, with no way to reach the customer"),
    Planted("estimates", ("Hank Reyes", "Thinking it over"), "a status that nobody knows"),
    Planted("estimates", ("Peter Novak", "call me"), "a total in words"),
    Planted("estimates", ("Tom Brandt", "31/31/"), "an impossible date"),
    Planted("estimates", ("Grace Okafor", "#REF!"), "an error cell where the total should be"),
    Planted("estimates", ("Prairie Path Montessori", "Air handler, gym"), "a number used twice (1 of 2)"),
    Planted("estimates", ("Three Wheat Bakery Inc.", "Exhaust and make-up air"), "a number used twice (2 of 2)"),
    Planted("estimates", ("Draft", "not sent yet"), "a draft: never chased"),
    Planted("estimates", ("Estimate #", "Customer", "Emailed"), "the headings again in the middle of the sheet"),
    Planted("estimates", ("TOTAL",), "a total row that is no estimate"),
    Planted("estimates", ("Sent", "went quiet, everybody was busy"), "an old estimate still marked Sent: a call to make, no message"),
    Planted("invoices", ("Peter Novak", "Disputed"), "a disputed invoice: a person's"),
    Planted("invoices", ("Maple Court Condominiums", "Partially paid"), "a part payment: only the rest is owed"),
    Planted("invoices", ("CM-17", "Tom Brandt"), "a credit memo of a customer who also owes"),
    Planted("invoices", ("Grace Okafor", "Past Due"), "one of three overdue invoices of one customer: one message"),
    Planted("invoices", ("Rosa Delgado", "will pay by"), "a promise to pay by a day, in a column of its own: not chased before"),
    Planted("invoices", ("Prairie Path Montessori", "promised to pay soon"), "a promise without a day, in the notes: a person's"),
    Planted("invoices", ("Denise Fontaine", "lawyer"), "a note that mentions a lawyer: a person's"),
    Planted("invoices", ("Walter Szymanski", "Past Due"), "an overdue invoice, with no way to reach the customer"),
    Planted("invoices", ("Awaiting Payment", "$0.00"), "a zero balance whose status nobody changed"),
    Planted("invoices", ("Draft", "-"), "a draft: never chased, its days a dash"),
    Planted("invoices", ("Bad Debt",), "written off"),
    Planted("invoices", ("Total",), "a total row that is no invoice"),
    Planted("jobs", ("Completed", "fixed it"), "a job note that says nothing: no hours, parts, photos or signature"),
    Planted("jobs", ("Completed", "Hours to follow"), "a job note without hours"),
    Planted(
        "jobs",
        ("Completed", "wants a quote for a heat pump"),
        "a sale that stands in a note, and a gate code that no customer should read on an invoice",
    ),
    Planted("jobs", ("Completed", "Smelled gas at the meter"), "a danger that stands in a note"),
    Planted("jobs", ("Completed", "to be billed"), "a job completed a week ago that was never invoiced"),
    Planted("jobs", ("Scheduled", "Who can take this?"), "a job tomorrow that nobody is assigned to"),
    Planted("jobs", ("Scheduled", "Ductless mini-split"), "a job tomorrow that needs a line set, and none is left"),
    Planted("jobs", ("Scheduled", "Luis Ortega", "asked for Luis"), "a job tomorrow for a technician who is off"),
    Planted("jobs", ("No show",), "nobody was at home yesterday"),
    Planted("jobs", ("On hold",), "a job that waits for a part"),
    Planted("jobs", ("Hank Reyes", "third visit"), "the same fault for the third time in two months"),
    Planted("change_orders", ("Approved", "No", "Second zone damper"), "approved and never billed"),
    Planted("change_orders", ("Declined", "Concrete pad"), "declined and not billed, as it should be"),
    Planted("change_orders", ("Pending",), "waiting for the customer's yes"),
    Planted("calls", ("Anonymous", "Missed"), "a missed call with a hidden number"),
    Planted("calls", ("Voicemail", "(312) 555-0102"), "a customer who called after hours"),
    Planted("calls", ("Accepted", "0:00:04"), "a call answered for four seconds: a person's to judge"),
    Planted("leads", ("New", "since this morning, two small kids"), "a new lead that nobody has answered"),
    Planted("inventory", ("Line set 25 ft", "0"), "out of stock"),
    Planted("compliance", ("Mechanical permit", "Open"), "a permit that runs out in a few days"),
    Planted("compliance", ("EPA 608", "Sam Whitaker"), "a certificate that has run out"),
)
