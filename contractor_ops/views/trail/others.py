"""The other jobs of the same customer: nobody is asked three times in a week how it was, nor for a day that is settled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from contractor_ops.dispatch.visits import Visit
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record

A_WEEK = timedelta(days=7)
MADE_UP_FOR = timedelta(days=45)
"""So soon after a visit that they missed the next one stands for it; next spring's tune-up does not."""
_JUST_PAST = timedelta(days=1)


class Others:
    """Every visit that is to come or done, by whom it is for. `kinds` has the name of each visit's kind of job, where it is known."""

    def __init__(self, visits: Iterable[Visit], kinds: Mapping[Visit, str], today: date) -> None:
        self._kinds, self._today = kinds, today
        self._of: dict[str, list[Visit]] = defaultdict(list)
        for visit in visits:
            if self._counts(visit):
                for key in _keys(visit.record):
                    self._of[key].append(visit)

    def later_job(self, visit: Visit) -> str | None:
        """The last job for the same customer within a week of a job that is done."""
        mine = _when(visit)
        return _last(one for one in self._later(visit) if mine and (day := _when(one)) and day - mine <= A_WEEK)

    def next_visit(self, visit: Visit, within: timedelta | None = None) -> str | None:
        """A later visit of the same kind to the same place, booked or done; `within` so long after it, where a length is given."""
        kind, mine = self._kinds.get(visit), _when(visit)
        alike = (one for one in self._later(visit) if kind and self._kinds.get(one) == kind and _same_place(visit, one))
        return _last(one for one in alike if within is None or (mine and (day := _when(one)) and day - mine <= within))

    def _counts(self, visit: Visit) -> bool:
        """Whether it is done, or will be: what nobody ever closed tells nothing."""
        day = _when(visit)
        return day is not None and (visit.standing == "done" or (visit.standing == "open" and day >= self._today - _JUST_PAST))

    def _later(self, visit: Visit) -> Iterator[Visit]:
        if (mine := _when(visit)) is None:
            return
        order = (mine, visit.order)
        for key in _keys(visit.record):
            yield from (one for one in self._of.get(key, ()) if one is not visit and (_when(one), one.order) > order)


def _when(visit: Visit) -> date | None:
    return visit.done_on if visit.standing == "done" else visit.day


def _keys(job: Record) -> list[str]:
    """What tells whose job it is: the customer's number and each phone and e-mail; a bare name where there is none of these."""
    texts = (str(job["phone"] or ""), str(job["email"] or ""))
    keys = [part.strip().casefold() for text in texts for part in text.split(",") if part.strip()]
    keys += [f"#{job['customer_number']}"] if job["customer_number"] else []
    name = normal_name(str(job["customer"] or ""))
    return keys or ([name] if name else [])


def _same_place(one: Visit, other: Visit) -> bool:
    """Whether nothing speaks against it: a landlord's houses are looked after one by one."""
    mine, its = (" ".join(str(visit.record["address"] or "").casefold().split()) for visit in (one, other))
    return not mine or not its or mine == its


def _last(visits: Iterator[Visit]) -> str | None:
    last = max(visits, key=lambda one: (_when(one), one.order), default=None)
    return str(last) if last else None
