"""An office with one technician or two and a booking, and the trail that ships, set to send by itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.offices import CONFIG
from tests.stories.inside import Office

HEADINGS = ("Job #", "Customer", "Phone", "Email", "Address", "Job title", "Job type", "Status", "Technician", "Booked on", "Scheduled start",
            "Scheduled end", "Completed", "Total", "Access notes")  # fmt: skip
TECHNICIANS = ("Technician", "Phone", "Email", "Skills", "Territory", "Days off")
CREW = (
    ("Tom Vale", "312-555-0171", "tom@northside.example", "heating, cooling, hvac", "60618, 60625", "Sat, Sun"),
    ("Bo Lund", "312-555-0172", "", "heating, plumbing", "606xx", "Sat, Sun"),
)
WEBSITE = CONFIG.replace("[people]", 'website = "https://northside.example"\n\n[people]')
SHIPPED = Path(__file__).parents[2] / "recipes" / "booking-trail.toml"
_BOOKED = {
    "Job #": "J-1", "Customer": "Ann Li", "Phone": "312-555-0142", "Email": "ann@customer.example", "Address": "12 Main St, Chicago, IL 60618",
    "Job title": "Furnace tune-up", "Job type": "Tune-up", "Status": "Scheduled", "Technician": "Tom Vale", "Booked on": "11/20/2026",
    "Scheduled start": "12/02/2026 1:00 PM", "Total": "189", "Access notes": "Side door",
}  # fmt: skip


def booking(**cells: str) -> tuple[str, ...]:
    """One row of the jobs sheet; keywords are headings with _ for blanks, `number` is "Job #"."""
    said = {heading.replace("_", " "): cell for heading, cell in cells.items()}
    if "number" in said:
        said["Job #"] = said.pop("number")
    assert said.keys() <= set(HEADINGS), said
    return tuple({**_BOOKED, **said}.get(heading, "") for heading in HEADINGS)


def office_with(
    folder: Path, *rows: Sequence[str], crew: Sequence[Sequence[str]] = CREW, mode: str = "auto", config: str = CONFIG
) -> Office:
    office = Office(folder, config)
    if crew:
        office.sheet("technicians", TECHNICIANS, crew)
    text = SHIPPED.read_text(encoding="utf-8")
    return office.sheet("jobs", HEADINGS, rows).recipe("booking-trail", text.replace('mode   = "approve"', f'mode   = "{mode}"', 1))


def decided(document: Any, record: str = "J-1") -> dict[str, str]:
    """Each step's outcome, or its decision where this run did nothing."""
    return {one["step"]: one["outcome"] or one["decision"] for one in document["decisions"] if one["record"] == record}


def one(document: Any, step: str, record: str = "J-1") -> Any:
    """One step's decision."""
    [found] = [decision for decision in document["decisions"] if (decision["record"], decision["step"]) == (record, step)]
    return found


def done_now(document: Any, record: str = "J-1") -> set[str]:
    """The steps that this run did."""
    return {
        decision["step"] for decision in document["decisions"] if decision["record"] == record and decision["outcome"] in {"sent", "queued"}
    }
