"""People: who asked, who buys, who does the work."""

from contractor_ops.tables.catalogue.shared import CUSTOMER, CUSTOMER_NUMBER, DO_NOT_CONTACT, EMAIL, HOME_ADDRESS, NOTES, PAUSE_UNTIL, PHONE
from contractor_ops.tables.cells.status_words import STATUS_WORDS
from contractor_ops.tables.columns import Column, TableSpec

LEADS = TableSpec(
    "leads",
    "People who asked for something and have no estimate yet.",
    (
        Column(
            "number", "id", ("Lead number | Lead ID", "Lead", "Request number | Request ID", "Number", "ID"), "The lead's number, as text."
        ),
        Column("customer", "name", (*CUSTOMER.headings, "Lead name"), CUSTOMER.note),
        EMAIL,
        PHONE,
        HOME_ADDRESS,
        Column(
            "title",
            "text",
            (
                "Title | Subject | Request title",
                "Request | Service | Service needed | Service requested | Project",
                "Description | Message",
                "Job",
            ),
            "What they asked for.",
        ),
        Column(
            "status",
            "status",
            ("Lead status", "Status | Stage | Status name", "Outcome", "Contacted"),
            "How the office calls its state; kept as written.",
        ),
        Column(
            "source", "text", ("Lead source | Source | Channel", "Referred by | How did you hear about us"), "How they found the office."
        ),
        Column(
            "received_on",
            "day",
            (
                "Received on | Received | Received at | Date received",
                "Requested on | Requested on date | Request date",
                "Created date | Created on | Created at | Created | Date created | Created time",
                "Submitted on | Submitted | Timestamp",
                "Date + Time",
                "Date | Lead date",
            ),
            "When they asked.",
        ),
        Column(
            "contacted_on",
            "day",
            ("Contacted on | First contact | Contacted at | First response | Last contacted | Last contacted date", "Contacted"),
            "When the office first answered.",
        ),
        Column("owner", "name", ("Owner | Lead owner | Assigned to | Salesperson",), "Who in the office looks after it."),
        Column("notes", "text", (*NOTES.headings, "Message | Details | Description"), NOTES.note),
        CUSTOMER_NUMBER,
        DO_NOT_CONTACT,
    ),
    statuses=STATUS_WORDS["leads"],
    identity=("customer", "phone", "email", "received_on"),
    stops=(("status", "contacted_on"),),
    needs=(("customer", "phone", "email"), ("received_on", "status", "source", "number")),
    unique=("number",),
    marks=("received_on", "contacted_on", "source"),
)

CUSTOMERS = TableSpec(
    "customers",
    "Who the customers are and how to reach them.",
    (
        Column("name", "name", CUSTOMER.headings, "The customer's name."),
        PHONE,
        EMAIL,
        NOTES,
        Column("address", "text", HOME_ADDRESS.headings, HOME_ADDRESS.note),
        DO_NOT_CONTACT,
        PAUSE_UNTIL,
        Column(
            "handle_by_hand",
            "yes_no",
            ("Handle by hand | By hand | Manual only | VIP | Handle personally",),
            "Yes: a person writes to this customer, never a recipe.",
        ),
        Column(
            "number",
            "id",
            ("Customer number | Customer ID | Account number | Customer code", "Number", "ID"),
            "The customer's own number, as text.",
        ),
        Column("tags", "text", ("Customer tags | Tags | Tag",), "Labels that the office gives."),
        Column(
            "preferred_technician",
            "text",
            ("Preferred technician | Preferred tech | Usual technician",),
            "Whom this customer would rather have.",
        ),
    ),
    identity=("name", "phone", "email"),
    needs=(("name",), ("phone", "email", "address", "number", "do_not_contact", "pause_until", "handle_by_hand", "notes")),
    marks=("do_not_contact", "pause_until", "handle_by_hand"),
)

TECHNICIANS = TableSpec(
    "technicians",
    "The people who do the work.",
    (
        Column(
            "name",
            "name",
            (
                "Technician | Technician name",
                "Employee | Employee name | Crew | Crew member",
                "Full name",
                "First name + Last name",
                "Name",
            ),
            "The technician's name, as jobs write it.",
        ),
        PHONE,
        EMAIL,
        Column(
            "skills", "text", ("Skills | Skill | Trades | Trade | Certifications | Job types | Licences | Licenses",), "What they can do."
        ),
        Column("territory", "text", ("Territory | Area | Zone | Region | Service area | ZIP",), "Where they work."),
        Column(
            "days_off",
            "text",
            ("Days off | Day off | Off | Time off | Vacation | Not available | Unavailable",),
            "Weekdays or days when they do not work.",
        ),
        Column("active", "yes_no", ("Active | Employed",), "No: they have left."),
        NOTES,
        Column("hours", "text", ("Hours | Working hours | Shift",), "From when until when they work."),
        Column(
            "jobs_a_day",
            "number",
            ("Jobs a day | Max jobs | Daily limit | Capacity",),
            "How many jobs they take on one day; six where it is empty.",
        ),
        Column(
            "preferred_customers",
            "text",
            ("Preferred customers | Regular customers | Preferred by",),
            "Customers who would rather have them.",
        ),
    ),
    identity=("name",),
    needs=(("name",), ("skills", "territory", "days_off", "phone", "email")),
    marks=("skills", "territory", "days_off"),
)
