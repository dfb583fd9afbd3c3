"""Work on the calendar: jobs and the visits they consist of."""

from contractor_ops.tables.catalogue.shared import CUSTOMER, CUSTOMER_NUMBER, DO_NOT_CONTACT, EMAIL, NOTES, PHONE, SERVICE_ADDRESS
from contractor_ops.tables.cells.status_words import STATUS_WORDS
from contractor_ops.tables.columns import Column, TableSpec

_TECHNICIAN = Column(
    "technician",
    "text",
    (
        "Lead technician",
        "Technician | Technicians | Assigned technicians | Assigned technician",
        "Technician name | Fitter name | Fitter",
        "Assigned to | Assigned employees | Visits assigned to | Employee | Employees | Crew | Assigned",
        "Performed by | Completed by",
    ),
    "Who does the work; several are kept as written.",
)

JOBS = TableSpec(
    "jobs",
    "Work that was booked: when, where, by whom, and what became of it.",
    (
        Column(
            "number",
            "id",
            (
                "Job number | Work order number | WO number",
                "Job",
                "Work order | WO",
                "Job ID | Work order ID",
                "Permit number | File number | Fileno | Ticket number | Ticket",
                "Invoice number",
                "Number",
                "ID",
            ),
            "The job's number, as text.",
        ),
        CUSTOMER,
        EMAIL,
        PHONE,
        SERVICE_ADDRESS,
        Column(
            "title",
            "text",
            (
                "Title | Job title | Job name | Subject",
                "Job description | Work description | Workdesc",
                "Description | Scope of work | Scope",
                "Summary | Short text | Original short text",
                "Service",
                "Line items",
            ),
            "What is to be done, in a line.",
        ),
        Column(
            "job_type",
            "text",
            ("Job type | Type of work | Type of job | Work type", "Service type | Service | Category | Trade", "Type", "Folder type"),
            "The kind of work, as the office names it.",
        ),
        Column(
            "status",
            "status",
            (
                "Job status | Work order status",
                "Status | Current status | Status name",
                "Visit status",
                "Folderstatusdesc",
                "Stage",
                "Completed",
            ),
            "How the office or its software calls its state; kept as written.",
        ),
        _TECHNICIAN,
        Column(
            "created_on",
            "day",
            (
                "Created date | Created on | Date created | Created at | Created | Created time | Job created date",
                "Entered on | Opened on | Date opened",
                "In date",
                "Request date | Requested on | Req date | Requested on date",
            ),
            "The day it was entered.",
        ),
        Column(
            "scheduled_on",
            "day",
            (
                "Scheduled on | Scheduled date | Scheduled for | Scheduled | Schedule date | Date scheduled",
                "Job date | Service date | Visit date | Appointment date | Work date",
                "Date",
                "Scheduled start date | Job scheduled start date | Start date",
                "Scheduled start | Scheduled start time | Job scheduled start | Event start | Starts at | Appointment | Appointment time",
            ),
            "The day of the work.",
        ),
        Column(
            "starts_at",
            "moment",
            (
                "Scheduled start | Scheduled start time | Starts at | Appointment time | Job scheduled start",
                "Scheduled start date | Job scheduled start date",
                "Start time | Arrival time | Start",
                "Date + Time",
                "Scheduled date + Scheduled time | Scheduled time",
                "Appointment | Event start",
                "Scheduled on | Scheduled date | Scheduled | Scheduled for",
            ),
            "The moment it starts, where the sheet has a time.",
        ),
        Column(
            "completed_on",
            "day",
            (
                "Completed on | Completed date | Completion date | Date completed | Completed at",
                "Finished on | Finished | Finished date | Finished at",
                "Closed date | Closed on | Closed",
                "Done on",
                "Completed",
            ),
            "The day it was finished.",
        ),
        Column(
            "total",
            "money",
            (
                "Job total | Jobs total",
                "Total | Total amount",
                "Total revenue | Revenue",
                "Job amount | Amount",
                "Total fee",
                "Price | Job price | Contract amount | Construct value",
                "Cost",
                "Subtotal",
            ),
            "What the whole job comes to.",
        ),
        Column(
            "balance",
            "money",
            ("Open balance | Balance due | Outstanding balance | Outstanding", "Due amount | Amount due", "Due", "Balance"),
            "What is still owed on it.",
        ),
        Column("invoice", "text", ("Invoice number", "Invoice | Invoice ID"), "The invoice or invoices that bill it."),
        Column("estimate", "text", ("Estimate number", "Estimate | Estimate ID"), "The estimate it came from."),
        Column(
            "notes",
            "text",
            (
                "Job notes + Technician notes + Work notes + Completion notes + Work performed + Notes + Note + Internal notes + Comments + Remarks + Last comment",
                "Memo",
            ),
            "What was written down about the work; kept as written.",
        ),
        Column(
            "source",
            "text",
            ("Lead source | Job source | Source | Referred by | How did you hear about us",),
            "How the customer found the office.",
        ),
        Column(
            "booked_on", "day", ("Booked on | Booked date | Date booked | Booked at | Booking date | Booked",), "The day it was booked."
        ),
        Column(
            "access_notes",
            "text",
            ("Access notes | Access | Access instructions | Gate code | Entry notes | Access info | Lockbox",),
            "How to get in.",
        ),
        Column("parts", "text", ("Parts used | Parts | Materials used | Parts/Materials | Part", "Materials"), 'Parts used, or "none".'),
        Column(
            "hours",
            "number",
            ("Hours | Hours worked | Labor hours | Labour hours | Total hours | Man hours | Lbr hours | Lbr hrs", "On job duration"),
            "Hours worked.",
        ),
        Column(
            "photos",
            "text",
            ("Photos | Photo | Pictures | Photo links | Attachments | Photos taken",),
            "Photos, their number, links or yes.",
        ),
        Column(
            "signature",
            "text",
            ("Signature | Signed | Customer signature | Signed by | Signature captured",),
            "Whether the customer signed.",
        ),
        CUSTOMER_NUMBER,
        Column(
            "ends_at",
            "moment",
            ("Scheduled end | Ends at | End time | Scheduled end time | Scheduled end date | End",),
            "The moment it should end.",
        ),
        Column("confirmed", "yes_no", ("Confirmed | Customer confirmed | Confirmation",), "Whether the customer has confirmed."),
        Column(
            "equipment",
            "text",
            ("Equipment | Equipment name | Unit | Asset", "Model | Model number", "Serial number"),
            "What was worked on.",
        ),
        Column("readings", "text", ("Readings | Measurements | Test results",), "What was measured."),
        Column("payment", "text", ("Payment | Payment collected | Payment method",), "What was taken on site."),
        Column("permit", "text", ("Permit | Permit status",), "Where its permit stands."),
        DO_NOT_CONTACT,
    ),
    statuses=STATUS_WORDS["jobs"],
    identity=("customer", "title", "scheduled_on", "created_on"),
    stops=(("status",),),
    needs=(
        ("number", "customer", "title", "address", "technician", "notes"),
        ("number", "scheduled_on", "starts_at", "completed_on", "booked_on", "status"),
    ),
    unique=("number",),
    marks=("technician", "scheduled_on", "completed_on", "starts_at", "job_type", "hours"),
)

VISITS = TableSpec(
    "visits",
    "Single visits of a job, where the office keeps them one by one.",
    (
        Column(
            "number", "id", ("Visit number | Visit ID", "Appointment number | Appointment ID", "Number"), "The visit's number, as text."
        ),
        Column("job", "text", ("Job number", "Job ID", "Job", "Work order number | Work order | WO"), "The job that it belongs to."),
        CUSTOMER,
        EMAIL,
        PHONE,
        SERVICE_ADDRESS,
        Column("title", "text", ("Visit title | Title | Subject", "Description", "Service"), "What the visit is for."),
        Column("job_type", "text", ("Job type | Visit type | Service type", "Type"), "The kind of work."),
        Column(
            "status",
            "status",
            ("Visit status | Appointment status", "Status", "Visit completed", "Completed"),
            "How the office calls its state; kept as written.",
        ),
        _TECHNICIAN,
        Column(
            "scheduled_on",
            "day",
            (
                "Visit date | Scheduled date | Scheduled on | Scheduled",
                "Date",
                "Appointment date",
                "Scheduled start | Starts at | Appointment",
            ),
            "The day of the visit.",
        ),
        Column(
            "starts_at",
            "moment",
            (
                "Scheduled start | Starts at | Appointment time",
                "Date + Time",
                "Start time",
                "Appointment",
                "Visit date | Scheduled date | Scheduled",
            ),
            "The moment it starts.",
        ),
        Column("ends_at", "moment", ("Scheduled end | Ends at | End time",), "The moment it should end."),
        Column(
            "completed_on", "day", ("Completed on | Completed date | Completed at", "Visit completed", "Completed"), "The day it was done."
        ),
        Column("total", "money", ("Visit total | Total | Visit based | Amount",), "What the visit comes to."),
        NOTES,
        Column("confirmed", "yes_no", ("Confirmed | Customer confirmed",), "Whether the customer has confirmed."),
        CUSTOMER_NUMBER,
    ),
    statuses=STATUS_WORDS["jobs"],
    identity=("job", "scheduled_on", "starts_at", "title"),
    stops=(("status",),),
    needs=(("scheduled_on", "starts_at"), ("job", "customer", "number")),
    unique=("number",),
    marks=("job", "starts_at"),
)
