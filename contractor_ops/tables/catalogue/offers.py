"""What was offered and agreed: estimates and change orders."""

from contractor_ops.tables.catalogue.shared import (
    CUSTOMER,
    CUSTOMER_NUMBER,
    DO_NOT_CONTACT,
    EMAIL,
    HOLD_UNTIL,
    NOTES,
    PHONE,
    SERVICE_ADDRESS,
    TITLE,
    TOTAL,
)
from contractor_ops.tables.cells.status_words import STATUS_WORDS
from contractor_ops.tables.columns import Column, TableSpec

ESTIMATES = TableSpec(
    "estimates",
    "Work that was priced and offered, and what the customer said.",
    (
        Column(
            "number",
            "id",
            ("Estimate number", "Estimate", "Estimate ID", "Number", "Document number", "Transaction number", "HCP ID", "ID"),
            "The estimate's number, as text; a revision has its own.",
        ),
        CUSTOMER,
        EMAIL,
        PHONE,
        SERVICE_ADDRESS,
        Column("title", "text", (*TITLE, "Potential name | Deal name | Opportunity | Opportunity name", "Job"), "What it is for."),
        Column(
            "status",
            "status",
            ("Outcome", "Estimate status", "Status", "Job status", "Stage", "Decision", "Accepted", "Approved"),
            "How the office or its software calls its state; a decision beats the state of a visit.",
        ),
        Column("job", "text", ("Job number", "Job ID"), "The job that it became."),
        Column(
            "created_on",
            "day",
            (
                "Created date | Created on | Date created | Created at | Created | Created time",
                "Drafted date",
                "Estimate date | Estimated on",
                "Date",
                "Issued date | Issue date | Issued on",
                "Transaction date",
                "Entered on",
            ),
            "The estimate's own date.",
        ),
        Column(
            "sent_on",
            "day",
            (
                "Sent on | Sent date | Date sent | Sent at",
                "Emailed | Emailed on | Date emailed | Email sent",
                "Estimate sent | Estimate sent on | Estimate sent date",
                "Sent",
            ),
            "The day it was sent; only from a heading that says sent or e-mailed.",
        ),
        Column(
            "expires_on",
            "day",
            ("Expires on | Expiry date | Expiration date | Expires | Expiry | Expiration", "Valid until | Valid to | Good until"),
            "The day after which the price no longer holds.",
        ),
        Column(
            "total", "money", (*TOTAL, "Open value + Won value + Lost value", "Subtotal", "Pre-tax total"), "What the customer would pay."
        ),
        NOTES,
        CUSTOMER_NUMBER,
        Column(
            "approved_on",
            "day",
            ("Approved date | Approved on | Accepted on | Accepted date | Date accepted", "Sold on | Sold date", "Approved", "Accepted"),
            "The day the customer said yes.",
        ),
        Column(
            "salesperson",
            "name",
            ("Salesperson | Sales rep | Estimator | Sold by", "Employees | Employee | Assigned to | Assigned employees", "Potential owner"),
            "Who in the office made it.",
        ),
        Column("source", "text", ("Lead source | Estimate lead source | Source",), "How the customer found the office."),
        DO_NOT_CONTACT,
        HOLD_UNTIL,
    ),
    statuses=STATUS_WORDS["estimates"],
    folds=True,
    identity=("customer", "title", "created_on", "total"),
    stops=(("status",),),
    needs=(("number", "customer", "title"), ("number", "total", "status", "sent_on", "created_on")),
    unique=("number",),
    marks=("expires_on", "sent_on", "approved_on"),
)

CHANGE_ORDERS = TableSpec(
    "change_orders",
    "Extra work agreed after the estimate, and whether it has been billed.",
    (
        Column(
            "number",
            "id",
            ("Change order number | CO number", "Change order | CO | Change order ID", "Number"),
            "The change order's number, as text; often counted afresh for each job.",
        ),
        Column(
            "job",
            "text",
            ("Job number", "Job ID", "Job | Project | Job name | Project name", "Work order number | Work order"),
            "The job that it changes.",
        ),
        Column(
            "description",
            "text",
            ("Description | Change | Work description | Description of change | Scope | Title", "Reason"),
            "What changed.",
        ),
        Column(
            "amount",
            "money",
            ("Amount | Change order amount | CO amount | Change amount", "Total | Price | Value | Cost"),
            "What it adds to the contract; below zero takes away.",
        ),
        Column(
            "status",
            "status",
            ("Status | Change order status | CO status", "Approval", "State", "Approved"),
            "How the office calls its state; kept as written.",
        ),
        Column(
            "approved_on",
            "day",
            ("Approved on | Approved date | Date approved | Approval date", "Signed on | Date signed", "Approved"),
            "The day the customer agreed.",
        ),
        Column("billed", "yes_no", ("Billed | Invoiced | Billed yet",), "Whether it stands on an invoice."),
        Column("invoice", "text", ("Invoice number", "Invoice | Billed on invoice | Invoice ID"), "The invoice that bills it."),
        CUSTOMER,
        Column("billed_amount", "money", ("Billed amount | Amount billed | Billed CO amount", "Billed"), "How much of it has been billed."),
        Column("requested_on", "day", ("Requested on | Date requested | Created on | Created date | Date",), "The day it was asked for."),
        NOTES,
    ),
    statuses=STATUS_WORDS["change_orders"],
    identity=("job", "description", "amount"),
    needs=(("job", "number"), ("amount", "status", "description")),
    unique=("job", "number"),
    marks=("approved_on", "billed", "description"),
)
