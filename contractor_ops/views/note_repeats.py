"""Jobs that are the third within 60 days for one fault of one customer, told by the sheet alone. Where it is not certain, nothing is said."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from contractor_ops.notes.flags import flags_in
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Table, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.moments import day_of
from contractor_ops.views.view import Given

WITHIN = timedelta(days=60)
_VISITS = 3
_NTH = {3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}
_FAULT = re.compile(
    r"\b(?:repair\w*|fix\w*|emergency|call ?back|breakdown|broke\w*|leak\w*|drip\w*|no|not|won t|doesn t|isn t|noise|noisy|clog\w*|block\w*"
    r"|back(?:s|ed|ing)? ?up|trip(?:s|ped|ping)?|frozen|freez\w*|ic(?:ed|ing)|overflow\w*|smell\w*|odou?r|fault\w*|error|flicker\w*|stuck|jam\w*"
    r"|fail\w*|burst|dead|short\w*|spark\w*)\b"
)
_PLANNED = re.compile(
    r"\b(?:tune\w*|maint\w*|pm|inspect\w*|annual\w*|year\w*|season\w*|spring|fall|weekly|biweekly|monthly|quarterly|check\w*|clean\w*|filters?"
    r"|open\w*|clos\w*|winter\w*|member\w*|plan|agreement|contract|install\w*|replac\w*|remodel\w*|new|rough|trim|finish\w*|phase|stage|day|part"
    r"|visits?|project|construct\w*|build\w*|estimat\w*|quot\w*|consult\w*|sales?|survey|deliver\w*|pick\w*|treat\w*|spray\w*|chem\w*|test\w*"
    r"|backflow|start ?up|upgrade\w*|repip\w*|rewir\w*|re ?roof\w*|return\w*|follow\w*|permit|punch|multi\w*)\b"
)
"""Work that comes again because it was meant to."""
_SAYS_NOT_WHAT = """
a ac air and appointment at call callback calls callout commercial conditioning cooling customer diagnose diagnosis diagnostic electrical emergency fix
fixes for general heating hourly hvac in issue issues job labor materials misc miscellaneous needed of on or order other out plumbing pool problem
problems repair repairs residential roofing same service services spa system tech tenant the ticket time to troubleshoot troubleshooting unit urgent
with wo work
"""
_ANY_FAULT = frozenset(_SAYS_NOT_WHAT.split())
"""A title of these words alone does not say what is wrong."""
_MANY_HOMES = re.compile(
    r"\b(?:apartments?|apts?|propert(?:y|ies)|management|mgmt|realty|rentals?|hoa|condo\w*|homes|housing|hotel|motel|inn|suites|school\w*|university|college|campus"
    r"|hospital|landlord|association|towers?|plaza|mall|village|estates|builders?|construction|developments?)\b"
)
"""Customers at whose address the same fault may be another apartment's."""
_SEGMENT = re.compile(r"(.*\d{3}.*?)[-./ ](?:\d{1,2}|[a-z])")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Visit:
    day: date
    position: int


def repeated(jobs: Table, given: Given) -> Mapping[int, str]:
    """By position, each job that is the third or a later one for its fault, with the jobs' numbers and days.

    Same customer by number, phone, e-mail, or name and address; same title, kind of job, address and equipment; three days, three numbers, no
    estimate or invoice in common; no work that is planned to come again, and no return that the visit before announced.
    """
    found: dict[int, str] = {}
    for visits in _alike(jobs, given):
        own = list(_own_calls(sorted(visits, key=lambda visit: visit.day), jobs.records))
        for at in range(_VISITS - 1, len(own)):
            near = [visit for visit in own[: at + 1] if own[at].day - visit.day <= WITHIN]
            if len(near) >= _VISITS:
                found[own[at].position] = _said(near, jobs.records)
    return found


def _said(visits: Sequence[_Visit], jobs: Sequence[Record]) -> str:
    last = jobs[visits[-1].position]
    named = ", ".join(f"{_called(jobs[visit.position])} on {visit.day:%b} {visit.day.day}" for visit in visits)
    return f'{_NTH.get(len(visits), f"{len(visits)}th")} visit within {WITHIN.days} days for "{last["title"]}": {named}'


def _called(job: Record) -> str:
    return str(job["number"] or f"the job in row {job.place.row}")


def _alike(jobs: Table, given: Given) -> Iterator[list[_Visit]]:
    """Visits that may be three for one fault."""
    titles, kinds = column_of(jobs.records, "title"), column_of(jobs.records, "job_type")
    groups: dict[str, list[_Visit]] = {}
    for visit in _done(jobs, given):
        if fault := _fault(titles[visit.position], kinds[visit.position]):
            groups.setdefault(fault, []).append(visit)
    for visits in groups.values():
        if len(visits) >= _VISITS:
            yield from _of_one_customer(visits, jobs.records)


def _done(jobs: Table, given: Given) -> Iterator[_Visit]:
    """Completed jobs of the last weeks, with the day."""
    today = given.now.date()
    statuses = column_of(jobs.records, "status")
    meanings = {one: meaning_of(str(one), TABLES["jobs"].statuses) for one in set(statuses) if one is not None}
    columns = zip(statuses, column_of(jobs.records, "completed_on"), column_of(jobs.records, "scheduled_on"), strict=True)
    for position, (status, completed, scheduled) in enumerate(columns):
        cell = completed if completed is not None or status is None else scheduled
        if cell is None or (status is not None and meanings[status] not in {"completed", "invoiced"}):
            continue
        day = day_of(cell, given.now)
        if day is not None and today - 2 * WITHIN <= day <= today:
            yield _Visit(day, position)


@lru_cache(maxsize=16_384)
def _fault(title: Value, kind: Value) -> str:
    """What was wrong, for comparing; "" where it is not plain, or the work may be planned."""
    what, sort = _plain(title), _plain(kind)
    told = f"{what} | {sort}"
    if _ANY_FAULT.issuperset(what.split()) or _PLANNED.search(told) or not _FAULT.search(told):
        return ""
    return told


def _plain(value: Value) -> str:
    return " ".join(re.findall(r"\w+", str(value or "").casefold()))


def _of_one_customer(visits: Sequence[_Visit], jobs: Sequence[Record]) -> Iterator[list[_Visit]]:
    groups: dict[tuple[str, ...], list[_Visit]] = {}
    for visit in visits:
        if who := _who(jobs[visit.position]):
            groups.setdefault(who, []).append(visit)
    yield from (group for group in groups.values() if len(group) >= _VISITS)


def _who(job: Record) -> tuple[str, ...]:
    """Whose and where, for comparing; () where that is not certain."""
    name, address = normal_name(str(job["customer"] or "")), _plain(job["address"])
    machine = tuple(_plain(job[column]) for column in ("equipment", "model", "serial"))
    known = next((str(job[column]) for column in ("customer_number", "phone", "email") if job[column]), "")
    if not (known or (name and address)) or (_MANY_HOMES.search(name) and not any(machine)):
        return ()
    return (known, name, address, *machine)


def _own_calls(visits: Sequence[_Visit], jobs: Sequence[Record]) -> Iterator[_Visit]:
    """The visits that were called for anew: not another day of the same job, nor a return that was announced."""
    seen: set[tuple[str, str]] = set()
    before: Record | None = None
    for visit in visits:
        job = jobs[visit.position]
        marks = set(_marks(job, visit.day))
        if not marks & seen and (before is None or not _announces_return(before)):
            yield visit
        before, seen = job, seen | marks


def _marks(job: Record, day: date) -> Iterator[tuple[str, str]]:
    """What two days of one job have in common."""
    yield "day", day.isoformat()
    number = str(job["number"] or "").casefold()
    segment = _SEGMENT.fullmatch(number)
    if number:
        yield "number", segment[1] if segment and not _YEAR.fullmatch(segment[1]) else number
    yield from ((paper, str(job[paper]).casefold()) for paper in ("estimate", "invoice") if job[paper])


def _announces_return(job: Record) -> bool:
    text = "\n".join(str(job[name]) for name in ("notes", "answers") if job[name])
    return any(flag.name == "return-visit" for flag in flags_in(text))
