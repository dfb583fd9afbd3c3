"""How well a technician fits a visit, in points that are stated here and nowhere else. Whoever may not go has no points at all."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from contractor_ops.dispatch.places import Nearness, Spot
from contractor_ops.dispatch.technicians import Technician
from contractor_ops.dispatch.visits import Visit
from contractor_ops.dispatch.wording import count, said_month

TERRITORY: dict[Nearness, int] = {"zip": 40, "area": 30, "town": 20, "anywhere": 10, "outside": 0}
"""Where they work: the very ZIP code, its beginning or a range, the town, anywhere, or elsewhere."""
PREFERRED = 50
"""The customer would rather have them: this row's customer says so, or the technician's does."""
BEEN_THERE = 20
"""They have done a job for this customer."""
A_JOB = -8
"""Each job that they have that day already."""
SAME_ZIP, NEARBY = 10, 4
"""The visit before or after this one is in the same ZIP code, or in one that begins with the same three characters; each of both counts."""

Wish = Literal["customer", "technician", ""]


class Fit(NamedTuple):
    """What speaks for a technician at a visit. `wish`: whose row names the other; `last`: when they were with this customer; `way`: points for the way."""

    visit: Visit
    technician: Technician
    skill: str
    territory: Nearness
    wish: Wish
    last: date | None
    jobs: int
    way: int

    @property
    def points(self) -> int:
        """The score; more is better."""
        known = (PREFERRED if self.wish else 0) + (BEEN_THERE if self.last else 0)
        return TERRITORY[self.territory] + known + self.jobs * A_JOB + self.way

    def reasons(self, today: date) -> str:
        """Why, in one line: "does boilers, works 60618, was there in March, 2 jobs that day"."""
        spot = self.visit.spot
        reasons = (
            f"does {self.skill}" if self.skill else "",
            self._place(spot),
            {"customer": "the customer prefers them", "technician": "this customer is a regular of theirs", "": ""}[self.wish],
            f"was there {said_month(self.last, today)}" if self.last else "",
            self._way(spot),
            f"{count(self.jobs, 'job')} that day" if self.jobs else "no other job that day",
        )
        return ", ".join(filter(None, reasons))

    def _way(self, spot: Spot) -> str:
        one = {0: "", NEARBY: "another visit nearby", SAME_ZIP: f"another visit in {spot.zip_code}"}
        return one.get(self.way, "two visits nearby")

    def _place(self, spot: Spot) -> str:
        if not spot.zip_code and not spot.towns:
            return "the address has no ZIP code or town"
        towns = sorted(self.technician.territory.towns & spot.towns)
        return {
            "zip": f"works {spot.zip_code}",
            "area": f"works around {spot.zip_code}",
            "town": f"works in {towns[0].title() if towns else ''}",
            "anywhere": "works anywhere",
            "outside": "outside their territory",
        }[self.territory]


def way(visit: Visit, others: Sequence[Visit]) -> int:
    """Points for the visits just before and just after; where a time is not known, for the nearest two of that day."""
    if not others or not visit.spot.zip_code:
        return 0
    starts = visit.starts
    if starts is None or any(other.starts is None for other in others):
        return sum(sorted((_near(visit, other) for other in others), reverse=True)[:2])
    before = [(other.starts, _near(visit, other)) for other in others if other.starts and other.starts <= starts]
    after = [(other.starts - starts, -_near(visit, other)) for other in others if other.starts and other.starts > starts]
    return (max(before)[1] if before else 0) - (min(after)[1] if after else 0)


def _near(visit: Visit, other: Visit) -> int:
    if visit.spot.zip_code == other.spot.zip_code:
        return SAME_ZIP
    return NEARBY if visit.spot.area == other.spot.area else 0
