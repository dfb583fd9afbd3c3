"""What was billed and what came in: invoices and payments."""

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

INVOICES = TableSpec(
    "invoices",
    "What was billed, what is still owed, and since when.",
    (
        Column(
            "number",
            "id",
            ("Invoice number", "Invoice", "Invoice ID", "Document number | Doc number", "Number", "Transaction number", "Reference number"),
            "The invoice's number, as text.",
        ),
        CUSTOMER,
        EMAIL,
        PHONE,
        SERVICE_ADDRESS,
        Column("title", "text", TITLE, "What it was for."),
        Column(
            "status",
            "status",
            ("Invoice status | Status", "Payment status", "State of payment", "Transaction type", "Type", "Paid", "Sent"),
            "How the office or its software calls its state; kept as written.",
        ),
        Column("job", "text", ("Job number", "Job ID", "Job", "Work order number | Work order | WO"), "The job or jobs that it bills."),
        Column(
            "issued_on",
            "day",
            (
                "Issued date | Issue date | Issued on | Issued",
                "Invoice date | Invoiced on | Date of invoice | Invoiced | Billed on | Billing date",
                "Date",
                "Transaction date",
                "Created date | Created on | Created at | Created | Date created",
            ),
            "The day on the invoice.",
        ),
        Column(
            "sent_on",
            "day",
            (
                "Sent on | Sent date | Date sent | Sent at",
                "Emailed | Emailed on | Date emailed | Email sent",
                "Invoice sent | Invoice sent on | Invoice sent date",
                "Sent",
            ),
            "The day it was sent; only from a heading that says sent or e-mailed.",
        ),
        Column(
            "due_on",
            "day",
            ("Due date | Due on | Date due | Payment due | Payment due date", "Invoice due date | Invoice due", "Due"),
            "The day it must be paid by.",
        ),
        Column(
            "paid_on",
            "day",
            (
                "Paid on | Paid date | Date paid | Marked paid date | Payment date | Payment received | Payment received date",
                "Settled date | Settled on",
                "Paid",
            ),
            "The day it was paid.",
        ),
        Column("total", "money", (*TOTAL, "Subtotal", "Pre-tax total", "Invoiced", "Invoice"), "What the whole invoice comes to."),
        Column(
            "paid",
            "money",
            ("Paid amount | Amount paid | Paid to date | Payments | Received | Collected", "Paid", "Deposit"),
            "What has been paid of it.",
        ),
        Column(
            "balance",
            "money",
            (
                "Open balance | Remaining balance | Balance due | Outstanding balance | Unpaid balance",
                "Amount due | Due amount | Total due | Outstanding | Outstanding amount | Amount outstanding | Amount owed | Owed"
                " | Open amount | Balance owing",
                "Due",
                "Balance",
            ),
            "What is still owed; a credit is below zero.",
        ),
        NOTES,
        CUSTOMER_NUMBER,
        Column("disputed", "yes_no", ("Disputed | In dispute | Dispute",), "Yes: the customer objects, a person must look."),
        Column(
            "promised_on",
            "day",
            ("Promise to pay | Promised on | Promised date | Promised to pay on | Expected payment date | Expected payment",),
            "The day the customer said that they would pay.",
        ),
        DO_NOT_CONTACT,
        HOLD_UNTIL,
        Column("ageing", "text", ("Ageing | Ageing group | Aging group | Aging bucket",), "How long overdue, as the report groups it."),
    ),
    statuses={**STATUS_WORDS["invoices"], "sent": (*STATUS_WORDS["invoices"]["sent"], "invoice")},  # QuickBooks' transaction type,
    folds=True,
    identity=("customer", "issued_on", "total"),
    stops=(("balance", "status", "paid", "paid_on"),),
    needs=(("number", "customer"), ("number", "balance", "due_on", "issued_on")),
    unique=("number",),
    marks=("due_on", "balance", "issued_on", "paid_on"),
)

PAYMENTS = TableSpec(
    "payments",
    "Money that came in, and for which invoice.",
    (
        Column(
            "number",
            "id",
            ("Payment number | Payment ID", "Transaction number", "Transaction ID", "Confirmation number", "Number", "Receipt number"),
            "The payment's number, as text.",
        ),
        CUSTOMER,
        Column(
            "invoice",
            "text",
            ("Invoice number", "Invoice | Applied to | Applied to invoice", "Invoice ID"),
            "The invoice or invoices that it pays.",
        ),
        Column(
            "amount",
            "money",
            ("Amount | Payment amount | Amount paid | Paid amount | Amount received", "Total", "Paid"),
            "How much came in; below zero where the software writes payments so.",
        ),
        Column(
            "paid_on",
            "day",
            (
                "Paid on | Payment date | Date paid | Payment received date | Received on | Date received",
                "Date",
                "Transaction date",
                "Paid",
            ),
            "The day it came in.",
        ),
        Column("job", "text", ("Job number", "Job ID", "Job"), "The job that it is for."),
        Column("method", "text", ("Method | Payment method | Payment type | Paid with | Tender", "Account name"), "How it was paid."),
        Column("type", "text", ("Transaction type", "Type"), "What the software calls it: payment, deposit, refund."),
        Column("refunded_on", "day", ("Refunded on | Refund date",), "The day it was given back."),
        NOTES,
        CUSTOMER_NUMBER,
    ),
    identity=("customer", "invoice", "amount", "paid_on"),
    needs=(("amount",), ("paid_on", "invoice"), ("customer", "invoice", "number")),
    marks=("method", "paid_on", "amount", "refunded_on"),
)
