"""Things: equipment on site, parts on the shelf, what a job needs, and papers that expire."""

from contractor_ops.tables.catalogue.shared import CUSTOMER, CUSTOMER_NUMBER, EMAIL, NOTES, PHONE, SERVICE_ADDRESS
from contractor_ops.tables.columns import Column, TableSpec

EQUIPMENT = TableSpec(
    "equipment",
    "Units installed at customers' places, with their warranty and service dates.",
    (
        Column(
            "number",
            "id",
            ("Equipment number | Equipment ID | Asset number | Asset ID | Unit number", "Number", "ID"),
            "The unit's number, as text.",
        ),
        CUSTOMER,
        EMAIL,
        PHONE,
        SERVICE_ADDRESS,
        Column(
            "equipment",
            "text",
            ("Equipment | Equipment name | Equipment type | Unit | Unit type | Asset", "Description", "Type"),
            "What it is.",
        ),
        Column("brand", "text", ("Brand | Make | Manufacturer",), "Who made it."),
        Column("model", "text", ("Model number | Model",), "Its model."),
        Column("serial", "id", ("Serial number | Serial",), "Its serial number, as text."),
        Column(
            "installed_on",
            "day",
            ("Installed on | Install date | Installation date | Date installed | Installed",),
            "The day it was put in.",
        ),
        Column(
            "last_service_on",
            "day",
            ("Last service | Last service date | Last serviced | Last serviced on | Last service on | Last visit",),
            "The day it was last looked after.",
        ),
        Column(
            "next_service_on",
            "day",
            ("Next service | Next service date | Next service due | Service due | Next service on",),
            "The day it should be looked after next.",
        ),
        Column(
            "service_months",
            "number",
            ("Service interval | Service every | Interval months | Service interval months | Service months",),
            "Months between two services.",
        ),
        Column(
            "warranty_until",
            "day",
            ("Warranty until | Warranty expires | Warranty end | Warranty expiry | Warranty expiration | Warranty ends | Warranty",),
            "The day the warranty ends.",
        ),
        Column("status", "text", ("Status | Condition",), "Its state, as written."),
        NOTES,
        CUSTOMER_NUMBER,
    ),
    identity=("customer", "equipment", "model", "serial"),
    needs=(("equipment", "model", "serial"), ("customer", "number", "address", "serial", "installed_on", "warranty_until")),
    unique=("number",),
    marks=("serial", "warranty_until", "installed_on", "model"),
)

INVENTORY = TableSpec(
    "inventory",
    "What is on the shelf and on the trucks.",
    (
        Column(
            "item",
            "text",
            ("Item | Item name | Part | Part name | Material | Product | Product name", "Description", "Name"),
            "What it is called.",
        ),
        Column(
            "on_hand",
            "number",
            ("On hand | Quantity on hand | In stock | Stock | Stock on hand | Available", "Quantity | Count"),
            "How many there are.",
        ),
        Column(
            "reorder_at",
            "number",
            ("Reorder at | Reorder point | Reorder level | Minimum | Min | Min quantity | Minimum stock | Par level | Par",),
            "Order more at this many.",
        ),
        Column("number", "id", ("SKU | Item number | Part number | Item code", "Number"), "Its part number, as text."),
        Column("location", "text", ("Location | Warehouse | Truck | Bin",), "Where it is."),
        Column("supplier", "text", ("Supplier | Vendor",), "Who sells it."),
        Column("unit_cost", "money", ("Unit cost | Cost | Unit price | Price",), "What one costs."),
        NOTES,
    ),
    identity=("item", "number", "location"),
    needs=(("item", "number"), ("on_hand",)),
    marks=("on_hand", "reorder_at"),
)

MATERIALS = TableSpec(
    "materials",
    "What a job, or a kind of job, needs.",
    (
        Column("job", "text", ("Job number", "Job ID", "Job", "Work order number | Work order | WO"), "The job that needs it."),
        Column("job_type", "text", ("Job type | Type of job | Service type", "Service", "Type"), "The kind of job that needs it."),
        Column(
            "item",
            "text",
            ("Item | Item name | Part | Part name | Material | Materials | Product", "Description", "Name"),
            "What is needed.",
        ),
        Column("quantity", "number", ("Quantity | Quantity needed | Needed | Count | Units | Required",), "How many."),
        Column("number", "id", ("SKU | Item number | Part number", "Number"), "Its part number, as text."),
        NOTES,
    ),
    identity=("job", "job_type", "item"),
    needs=(("job", "job_type"), ("item",)),
    marks=("quantity", "item"),
)

COMPLIANCE = TableSpec(
    "compliance",
    "Permits, licences, insurance and inspections: papers that run out.",
    (
        Column(
            "number",
            "id",
            ("Permit number | Licence number | License number | Policy number | Certificate number", "Reference number", "Number", "ID"),
            "The paper's number, as text.",
        ),
        Column(
            "item",
            "text",
            ("Item | Document | Permit | License | Licence | Certificate | Requirement | Name", "Description | Title"),
            "What it is.",
        ),
        Column(
            "kind",
            "text",
            ("Kind | Type | Category | Permit type | Licence type | License type | Document type",),
            "Permit, licence, insurance, inspection, warranty.",
        ),
        Column("job", "text", ("Job number", "Job ID", "Job | Project"), "The job that it is for."),
        CUSTOMER,
        SERVICE_ADDRESS,
        Column("holder", "name", ("Holder | Technician | Employee | Licensee | Belongs to",), "Whose it is."),
        Column("status", "text", ("Status | Permit status | State",), "Its state, as written."),
        Column(
            "applied_on", "day", ("Applied on | Application date | Date applied | Submitted on | Filed on",), "The day it was applied for."
        ),
        Column("issued_on", "day", ("Issued on | Issue date | Issued | Issued date | Date issued",), "The day it was given."),
        Column(
            "expires_on",
            "day",
            (
                "Expires on | Expiry date | Expiration date | Expires | Expiry | Expiration | Valid until | Renewal date | Renew by",
                "Due date | Due | Deadline",
            ),
            "The day it runs out.",
        ),
        Column(
            "inspection_on", "day", ("Inspection date | Inspection on | Inspection | Inspection scheduled",), "The day of the inspection."
        ),
        Column("owner", "name", ("Owner | Responsible | Assigned to",), "Who in the office looks after it."),
        NOTES,
    ),
    identity=("item", "kind", "job", "holder"),
    needs=(("item", "kind", "number"), ("expires_on", "inspection_on")),
    unique=("number",),
    marks=("expires_on", "inspection_on", "kind"),
)
