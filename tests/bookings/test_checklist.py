"""The technician's checklist, as it is read on a telephone."""

import unicodedata
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.bookings.checklist import checklist
from contractor_ops.bookings.kind import Kind
from contractor_ops.bookings.materials import Materials
from contractor_ops.tables.record import Place, Record

KIND = Kind("Furnace installation", checklist=("Cover the floors.", "Measure carbon monoxide."))
MATERIALS = Materials(
    ("1 × Gas connector (Shelf B3)",), ("Order 1 × Flue pipe: it needs 2, 1 left for it.",), ('"Elbow" is not in the inventory.',)
)


def job(**cells: Any) -> Record:
    return Record("jobs", cells, Place("jobs.csv", None, 2))


def test_everything_stands_there_in_the_order_of_the_day() -> None:
    told = job(
        number="2041",
        customer="Ann Li",
        job_type="Furnace install",
        title="Furnace, 80k BTU",
        address="412 Kedzie Ave, Chicago",
        access_notes="Gate code 4411,\n dog in the yard",
    )
    assert checklist(told, KIND, MATERIALS) == (
        "Job 2041 for Ann Li\n"
        "Scope: Furnace install: Furnace, 80k BTU\n"
        "\n"
        "Address: 412 Kedzie Ave, Chicago\n"
        "Access: Gate code 4411, dog in the yard\n"
        "\n"
        "Bring:\n"
        "- 1 × Gas connector (Shelf B3)\n"
        "Not there yet:\n"
        "- Order 1 × Flue pipe: it needs 2, 1 left for it.\n"
        "Ask the office:\n"
        '- "Elbow" is not in the inventory.\n'
        "\n"
        "Steps:\n"
        "- Cover the floors.\n"
        "- Measure carbon monoxide."
    )


def test_what_is_not_known_is_said() -> None:
    assert checklist(job(), None, None) == (
        "Job without a number\n"
        "Scope: not written down. Ask the office.\n"
        "\n"
        "Address: not known. Ask the office.\n"
        "Access: nothing written down.\n"
        "\n"
        "Steps: this kind of job is not known. Ask the office what to see to."
    )


def test_without_words_about_access_the_notes_stand_there_as_a_gates_code_often_does() -> None:
    told = checklist(job(notes="Gate code 4411,\n dog in the yard"), KIND, None)
    assert "Access: nothing of its own. The notes say: Gate code 4411, dog in the yard\n" in told
    assert "\nAccess: Side door\n" in checklist(job(notes="Gate code 4411", access_notes="Side door"), KIND, None)
    assert "…" in checklist(job(notes="word " * 100), KIND, None)


def test_the_scope_is_said_once() -> None:
    assert "Scope: Tune-up\n" in checklist(job(job_type="Tune-up", title="Tune-up"), None, None)
    assert "Scope: Furnace installation\n" in checklist(job(), KIND, None)


def test_a_kind_without_steps_has_none() -> None:
    assert "Steps" not in checklist(job(), Kind("Crane day"), None)


@given(st.text(), st.text())
def test_no_cell_makes_a_line_of_its_own(title: str, address: str) -> None:
    made = checklist(job(number="1", title=title, address=address), KIND, MATERIALS)
    assert len(made.splitlines()) == len(checklist(job(), KIND, MATERIALS).splitlines())
    assert not [one for one in made if unicodedata.category(one) in {"Cc", "Cs"} and one != "\n"]
