"""The telephone: one row a call, from whichever provider logs them."""

from contractor_ops.tables.catalogue.shared import CUSTOMER, EMAIL, NOTES
from contractor_ops.tables.cells.status_words import STATUS_WORDS
from contractor_ops.tables.columns import Column, TableSpec

CALLS = TableSpec(
    "calls",
    "Telephone calls in and out: who, when, and whether anybody answered.",
    (
        Column("number", "id", ("Call SID | SID", "Call ID | Call number", "Unique ID", "ID", "Number"), "The call's own number, as text."),
        Column(
            "started_at",
            "moment",
            (
                "Start time | Started at | Call start | Call start time | Start",
                "Date/Time Start",
                "Date and time | Date/Time | Call time | Call date/time",
                "Date + Time",
                "Call date | Calldate",
                "Timestamp",
                "Created at | Date created",
                "Date",
            ),
            "The moment the call came in.",
        ),
        Column(
            "from",
            "phone",
            ("From | From number | Caller number | Caller ID number", "Calling number | Source number | Src", "Caller ID | Caller"),
            "The number that called.",
        ),
        Column(
            "to",
            "phone",
            ("To | To number", "Dialed number | Dialled number | Destination number | Called number | Dst", "Destination"),
            "The number that was called.",
        ),
        Column(
            "phone",
            "phone",
            ("Phone number + Phone", "Customer phone | Contact phone", "Number"),
            "The other side's number, where the log has one number only.",
        ),
        Column(
            "direction", "status", ("Direction | Call direction", "Type | Call type"), "Inbound or outbound, as the provider writes it."
        ),
        Column(
            "status",
            "status",
            ("Call status", "Status", "Action result | Call result | Result", "Disposition", "Outcome", "Answered"),
            "What became of the call; kept as written.",
        ),
        Column(
            "duration",
            "seconds",
            ("Duration | Call duration | Call length | Length", "Talk time", "Billsec"),
            "How long it took, in seconds.",
        ),
        Column(
            "customer",
            "name",
            tuple(heading for heading in CUSTOMER.headings if heading != "Contact"),
            "The customer's name, where the log has one.",
        ),
        EMAIL,
        Column(
            "title",
            "text",
            ("Title | Subject", "Result description | Description", "Action", "Call reason | Reason"),
            "What the call was about.",
        ),
        Column("notes", "text", (*NOTES.headings, "Transcript | Voicemail transcript | Summary"), NOTES.note),
        Column("answered_by", "text", ("Answered by | User | User name | Agent | Extension",), "Who in the office took it."),
        Column("booked", "yes_no", ("Booked | Job booked",), "Whether a job came of it."),
    ),
    statuses=STATUS_WORDS["calls"],
    identity=("started_at", "from", "to", "phone"),
    stops=(("status", "duration"),),
    needs=(("started_at",), ("from", "to", "phone")),
    unique=("number",),
    marks=("started_at", "direction", "duration", "from"),
)
