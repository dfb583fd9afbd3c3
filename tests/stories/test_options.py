"""Options under one estimate number: the draft invoice and the billing check know the accepted one only."""

from pathlib import Path

import pytest

from tests.offices import of
from tests.stories.inside import Office
from tests.stories.test_budget import NOW, RECIPE, keep
from tests.views.sheets import AGREED, DONE, but

TAKEN, TURNED_DOWN = but(AGREED, Total="7000"), but(AGREED, Status="Declined", Total="5000")


@pytest.mark.parametrize("lines", [(TAKEN, TURNED_DOWN), (TURNED_DOWN, TAKEN)], ids=["accepted first", "declined first"])
def test_the_accepted_option_alone_is_billed(tmp_path: Path, lines: tuple[dict[str, str], ...]) -> None:
    office = Office(tmp_path / "office")
    keep(office, "jobs", but(DONE, Total=""))
    keep(office, "estimates", *lines)
    office.recipe("draft-invoices", RECIPE)
    one = of(office.run("draft-invoices", NOW), "J-1")
    assert one["reason"].startswith("signed off with nothing missing: draft invoice for $7,000.00")
    gaps = office.do("read", "billing_gaps", "--format", "json", now=NOW).json["records"]
    assert [gap["number"] for gap in gaps if "estimate" in gap["number"]] == []
