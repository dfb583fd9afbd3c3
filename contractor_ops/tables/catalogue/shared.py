"""Columns that several tables have: who the customer is, and how to reach them.

Words that mean the same are one word to us, so each heading stands here once: client is customer, quote is estimate, # is number.
"""

from contractor_ops.tables.columns import Column

CUSTOMER = Column(
    "customer",
    "name",
    (
        "Customer full name",
        "Customer name | Customer | Customer display name | Customer customer name",
        "Bill to | Bill to name | Sold to",
        "Homeowner | Homeowner name | Property owner",
        "First name + Last name + Company name + Company",
        "Company name | Company",
        "Full name",
        "Name",
        "Display name",
        "Account name",
        "Contact name",
        "Contact",
        "Last name",
    ),
    "The customer's name as text; never our own people.",
)
CUSTOMER_NUMBER = Column(
    "customer_number",
    "id",
    ("Customer number | Customer ID | Account number | Customer code", "Customer customer code"),
    "The customer's own number, where the office has one: it joins tables surely.",
)
EMAIL = Column(
    "email",
    "email",
    (
        "Email + Email address + Customer email + Customer email address + Contact email + Primary email + Main email + Owner email"
        " + Email 2 + Secondary email + Billing email",
        "Contact",
    ),
    "E-mail address; several are kept, the first is used.",
)
PHONE = Column(
    "phone",
    "phone",
    (
        "Mobile phone + Mobile + Mobile number + Customer mobile + Customer mobile phone + Cell + Cell number + Phone + Phone number"
        " + Customer phone + Customer phone number + Contact phone + Contact number + Primary phone + Phones + Main phone + Home phone"
        " + Work phone + Phone 2 + Other phone",
        "Contact",
    ),
    "Telephone number, a mobile first; several are kept.",
)
SERVICE_ADDRESS = Column(
    "address",
    "text",
    (
        "Service address + Service street + Service street 1 + Service street 2 + Service city + Service state + Service province"
        " + Service state/province + Service ZIP + Service ZIP/postal code",
        "Service location | Job address | Site address | Property address | Job site | Site | Property",
        "Location address | Delivery address | Ship to",
        "Address + Address line 1 + Street + Street address + Street line 1 + Street line 2 + Address line 2 + City + State + State text"
        " + Province/State + State/Province + ZIP",
        "Billing address + Billing street + Billing street 1 + Billing street 2 + Billing city + Billing state + Billing province"
        " + Billing state/province + Billing ZIP + Billing ZIP/postal code",
        "Postal address | Mailing address",
        "Location | Location name",
    ),
    "Where the work is; the billing address stands in where there is no other.",
)
HOME_ADDRESS = Column("address", "text", SERVICE_ADDRESS.headings, "Where the customer lives or is billed.")
NOTES = Column(
    "notes",
    "text",
    ("Notes + Note + Internal notes + Private notes + Office notes + Comments + Comment + Remarks", "Memo | Customer memo"),
    "Whatever the office wrote down; kept as written.",
)
DO_NOT_CONTACT = Column(
    "do_not_contact",
    "yes_no",
    ("Do not contact | Do not call | Do not text | No contact | DNC | Do not chase | No reminders | Notifications off",),
    "Yes: no automated message goes to this customer.",
)
PAUSE_UNTIL = Column(
    "pause_until",
    "day",
    ("Pause until | Paused until | Hold until | On hold until | Snooze until | Resume on",),
    "No automated message before this day.",
)
HOLD_UNTIL = Column("hold_until", "day", PAUSE_UNTIL.headings, "Nothing is sent about this document before this day.")
TITLE = (
    "Title | Subject",
    "Job title | Job name | Project | Project name | Estimate name | Estimate title",
    "Job description",
    "Description | Work description",
    "Service | Service type | Work type",
    "Summary",
    "Line items | Line item",
    "Memo/Description",
    "Reference",
)
"""Headings that say what the work is, in a line."""
TOTAL = (
    "Total",
    "Total amount | Grand total | Total price | Total including tax",
    "Invoice total | Estimate total | Invoice amount | Estimate amount",
    "Net amount",
    "Amount",
    "Our price | Price | Contract amount | Contracted amount | Value",
)
"""Headings that say what a document comes to; the sum before tax only where there is no other."""
SUBTOTAL = Column("subtotal", "money", ("Subtotal | Sub total | Pre-tax total | Total before tax | Net amount",), "The total before tax.")
TAX = Column("tax", "money", ("Tax | Tax amount | Sales tax | Total tax | Tax total | Taxes | VAT | GST",), "The tax in the total.")
