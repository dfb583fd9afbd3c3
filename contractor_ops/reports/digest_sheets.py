"""How old the sheets are, told in as few lines as there are ages."""

from collections.abc import Sequence
from dataclasses import dataclass

from contractor_ops.reports.digest import SourceAge
from contractor_ops.reports.format import age, listed
from contractor_ops.reports.printable import one_line


@dataclass(frozen=True, slots=True)
class SheetsOfAnAge:
    """Sheets that are equally old, their tables in a row; or one with its file that cannot be read, which is `bad`."""

    names: str
    said: str
    bad: bool


def sheets_by_age(sources: Sequence[SourceAge]) -> list[SheetsOfAnAge]:
    """What cannot be read first, then what nobody knows the age of, then the oldest."""
    told = [SheetsOfAnAge(f"{one.table} ({one_line(one.file)})", one_line(one.trouble), True) for one in sources if one.trouble]
    ages: dict[int | None, list[str]] = {}
    for one in sources:
        if not one.trouble:
            ages.setdefault(one.days, []).append(one.table)
    oldest_first = sorted(ages, key=lambda days: (days is not None, -(days or 0)))
    return told + [SheetsOfAnAge(_all_of(ages[days], len(sources)), age(days) or "not known", False) for days in oldest_first]


def _all_of(names: Sequence[str], of: int) -> str:
    return f"all {of} sheets" if len(names) == of > 1 else listed(names)
