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
            "line",
            ("From | From number | Caller number | Caller ID number", "Calling number | Source number | Src", "Caller ID | Caller"),
            "The number that called.",
        ),
        Column(
            "to",
            "line",
            ("To | To number", "Dialed number | Dialled number | Destination number | Called number | Dst", "Destination"),
            "The number that was called.",
        ),
        Column(
            "phone",
            "line",
            ("Phone number + Phone", "Customer phone | Contact phone", "Number"),
            "The other side's number, where the log has one number only.",
        ),
        Column(
            "direction", "status", ("Direction | Call direction", "Type | Call type"), "Inbound or outbound, as the provider writes it."
        ),
        Column(
            "status",
            "status",
            ("Call status", "Status", "Action result | Call result | Result", "Disposition", "Outcome", "Answered", "What happened"),
            "What became of the call; kept as written.",
        ),
        Column(
            "duration",
            "seconds",
            ("Duration | Call duration | Call length | Length | Len | Total duration", "Talk time", "Billsec"),
            "How long it took, in seconds; some systems count the ringing.",
        ),
        Column(
            "customer",
            "name",
            (*(heading for heading in CUSTOMER.headings if heading != "Contact"), "Caller"),
            "The customer's name, where the log has one.",
        ),
        EMAIL,
        Column(
            "title",
            "text",
            ("Title | Subject", "Result description | Description", "Action", "Call reason | Reason", "Lastapp | Last app"),
            "What the call was about.",
        ),
        Column("notes", "text", (*NOTES.headings, "Transcript | Voicemail transcript | Summary"), NOTES.note),
        Column("answered_by", "text", ("Answered by | User | User name | Agent | Extension",), "Who in the office took it."),
        Column("booked", "yes_no", ("Booked | Job booked",), "Whether a job came of it."),
        Column(
            "talk",
            "seconds",
            ("Talk | Talk time | Talk duration | Talking | Talking time | Conversation duration", "Billsec | Billable seconds"),
            "How long somebody talked, in seconds, where the log tells it apart from the ringing.",
        ),
        Column(
            "parent",
            "id",
            (
                "Parent | Parent call SID | Parent SID | Parent call ID | Parent ID | Parent call",
                "Linked ID",
                "Session ID | Call session ID",
            ),
            "The call that this one is a part of: each telephone that rang has a line of its own in some logs.",
        ),
        Column("forwarded_from", "line", ("Forwarded from | Diverted from | Redirected from",), "The line that passed the call on."),
        Column(
            "caller_name",
            "text",
            ("Caller name | Caller ID name | CNAM", "Clid"),
            "What the telephone showed of the caller; networks fill it in, so nobody is greeted by it.",
        ),
        Column(
            "verified",
            "text",
            ("STIR Verstat | Verstat | STIR status | STIR/SHAKEN | Attestation", "Caller verification | Verification status | Verified"),
            "Whether the network vouches for the caller's number (STIR/SHAKEN).",
        ),
    ),
    statuses=STATUS_WORDS["calls"],
    identity=("started_at", "from", "to", "phone"),
    stops=(("status", "duration", "talk"),),
    needs=(("started_at",), ("from", "to", "phone")),
    unique=("number",),
    marks=("started_at", "direction", "duration", "from"),
    rolling=True,
)
