"""The order of day, month and year in a column of figures: the orders that fit every value of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from contractor_ops.tables.cells.column import Trouble
from contractor_ops.tables.cells.day_text import FIRST_YEAR, LAST_YEAR, NO_SUCH_DAY, WEEKDAY_DISAGREES, Figures, full_year

ORDERS = {"month/day/year": (2, 0, 1), "day/month/year": (2, 1, 0), "year/month/day": (0, 1, 2)}
"""Where year, month and day stand among three figures."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a column writes its dates: `name` is None when both orders occur; `doubt` is the sentence for when it was not provable."""

    name: str | None
    doubt: str | None = None

    def read(self, figures: Figures) -> date:
        """The day that figures mean in this column. Raises Trouble when there is none, or more than one."""
        days = fitting_days(figures)
        if not days:
            raise Trouble(WEEKDAY_DISAGREES if fitting_days(figures._replace(weekday=None)) else NO_SUCH_DAY)
        if len(set(days.values())) == 1:
            return next(iter(days.values()))
        if self.name is None or self.name not in days:
            first, second = list(dict.fromkeys(days.values()))[:2]
            raise Trouble(f"This could be {first} or {second}, and the column writes dates both ways; write it like {first}.")
        return days[self.name]


def fitting_days(figures: Figures) -> dict[str, date]:
    """The day that each order makes of the figures, for the orders that make one."""
    days = {}
    for name, (year, month, day) in ORDERS.items():
        if figures.third > 99 and year == 0:
            continue
        try:
            found = date(full_year(figures[year] or 0), figures[month] or 0, figures[day] or 0)
        except ValueError:
            continue
        if FIRST_YEAR <= found.year <= LAST_YEAR and figures.weekday in {None, found.weekday()}:
            days[name] = found
    return days


def settle_order(column: Iterable[Figures], *, day_first_country: bool) -> Order:
    """The order of a column. Where several fit all of it the office's country decides; where none is its own, the year changes least."""
    fits = {figures: days for figures in column if (days := fitting_days(figures))}
    names = [name for name in ORDERS if all(name in days for days in fits.values())]
    if len(names) < 2 or all(len(set(days.values())) == 1 for days in fits.values()):
        return Order(names[0] if names else None)
    preferred = "day/month/year" if day_first_country else "month/day/year"
    if preferred in names:
        chosen, why = preferred, "the office's country writes dates that way"
    elif "year/month/day" in names and _changes_less_in_front(fits):
        chosen, why = "year/month/day", "the first figure changes least"
    else:
        chosen, why = names[0], "it is the commoner order"
    return Order(chosen, f"Every date fits {' and '.join(names)}; they are read as {chosen} because {why}.")


def _changes_less_in_front(fits: Mapping[Figures, object]) -> bool:
    return len({figures.first for figures in fits}) < len({figures.third for figures in fits})
