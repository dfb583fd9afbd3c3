"""Customers' equipment, the stock, what each kind of job uses up, and papers with a date on them."""

from dataclasses import dataclass
from datetime import date

from contractor_ops.sample.day import Day
from contractor_ops.sample.people import Customer

MODELS = (
    ("Furnace", "Halvorsen GX-80"), ("Furnace", "Halvorsen GX-96"), ("AC condenser", "Cedarline 14S"), ("Boiler", "Ironbridge B3"),
    ("Heat pump", "Cedarline HP-18"), ("Mini-split", "Tsubame M9"),
)  # fmt: skip
# item, part number, on hand, reorder at, where
STOCK = (
    ("Filter 16x25x1", "F-1625", 34, 12, "Shelf A1"),
    ("Flame sensor", "FS-20", 1, 4, "Shelf A2"),
    ("Run capacitor", "RC-45", 9, 4, "Shelf A3"),
    ("Contactor", "CT-30", 6, 3, "Shelf A3"),
    ("Thermostat", "TS-7", 5, 2, "Shelf B1"),
    ("Blower motor", "BM-50", 2, 2, "Shelf B2"),
    ("Line set 25 ft", "LS-25", 0, 2, "Rack C"),
    ("Flue pipe 3 in", "FP-3", 11, 4, "Rack C"),
    ("Gas connector", "GC-24", 7, 4, "Shelf B3"),
    ("Mounting bracket", "MB-2", 3, 1, "Rack D"),
)
# job type, item, how many one such job uses
MATERIALS = (
    ("Tune-up", "Filter 16x25x1", 1),
    ("Repair", "Run capacitor", 1),
    ("Controls", "Thermostat", 1),
    ("Furnace install", "Flue pipe 3 in", 2),
    ("Furnace install", "Gas connector", 1),
    ("AC install", "Line set 25 ft", 1),
    ("Mini-split install", "Line set 25 ft", 1),
    ("Mini-split install", "Mounting bracket", 2),
)
# what, kind, number, whose, issued so many days ago, runs out in so many days, status, notes
PAPERS = (
    ("City mechanical contractor licence", "Licence", "MC-20418", "Northside Heating & Air", 280, 85, "Active", ""),
    ("General liability insurance", "Insurance", "GL-7781-C", "Northside Heating & Air", 340, 25, "Active", "Agent: Cole Brothers"),
    ("Workers' compensation", "Insurance", "WC-1190", "Northside Heating & Air", 120, 245, "Active", ""),
    ("Commercial auto, 4 vans", "Insurance", "CA-5521", "Northside Heating & Air", 200, 165, "Active", ""),
    ("EPA 608 card", "Certificate", "608-33817", "Luis Ortega", 900, 900, "Active", ""),
    ("EPA 608 card", "Certificate", "608-40962", "Sam Whitaker", 1100, -6, "Active", "Class booked"),
    ("Mechanical permit, Switchyard St", "Permit", "MP-2291", "Northside Heating & Air", 176, 4, "Open", "Final inspection not scheduled"),
    ("Mechanical permit, Quarry Ln", "Permit", "MP-2307", "Northside Heating & Air", 90, 90, "Open", ""),
    ("Van 3 registration", "Registration", "TRK-3", "Northside Heating & Air", 352, 13, "Active", ""),
    ("Boiler room permit, Maple Court", "Permit", "MP-2188", "Northside Heating & Air", 300, -120, "Closed", "Passed"),
)


@dataclass(frozen=True, slots=True)
class Equipment:
    """One machine at a customer's; `next_service_on` is None where there is no agreement."""

    customer: str
    address: str
    kind: str
    model: str
    serial: str
    installed_on: date
    warranty_until: date
    last_service_on: date
    next_service_on: date | None


def equipment(day: Day) -> list[Equipment]:
    """One machine for about forty customers: most are served in the months to come, a few are late."""
    owners = [customer for place, customer in enumerate(day.customers) if place % 3]
    return [_machine(day, owner, place) for place, owner in enumerate(owners)]


def _machine(day: Day, owner: Customer, place: int) -> Equipment:
    rng = day.rng
    kind, model = rng.choice(MODELS)
    installed_on = day.ago(rng.randint(400, 6500))
    served = rng.randint(40, 300)
    late = place in (3, 17, 29)
    next_on = day.ago(rng.randint(10, 45)) if late else day.ago(served - 365) if place % 5 else None
    warranty_until = date(installed_on.year + 10, installed_on.month, min(installed_on.day, 28))
    serial = f"{kind[0]}{rng.randint(100000, 999999)}"
    return Equipment(owner.name, owner.address, kind, model, serial, installed_on, warranty_until, day.ago(served), next_on)
