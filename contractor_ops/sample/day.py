"""The day the sample office is written for, and what everything that happens around it shares."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from contractor_ops.sample.books import Books, Job, book, complete
from contractor_ops.sample.catalogue import Kind, price
from contractor_ops.sample.people import Customer, Technician


@dataclass(slots=True)
class Day:
    """The books, the dice, who there is, and which day it is. `others` hands out the ordinary customers in turn."""

    today: date
    rng: Random
    cast: dict[str, Customer]
    ordinary: list[Customer]
    crew: list[Technician]
    others: Iterator[Customer]
    books: Books = field(default_factory=Books)

    @property
    def customers(self) -> list[Customer]:
        """Everybody, the cast first."""
        return [*self.cast.values(), *self.ordinary]

    def who(self, key: str) -> Customer:
        """Somebody of the cast, or ("") the next customer of whom there is nothing special to say."""
        return self.cast[key] if key else next(self.others)

    def ago(self, days: int) -> date:
        """The day so many days before today; a negative number is a day to come."""
        return self.today - timedelta(days=days)

    def booked(self, key: str, kind: Kind, day: date, hour: int = 10, technician: int | None = 1, ahead: int = 4) -> Job:
        """A job on the calendar, with one of the crew or nobody."""
        by = None if technician is None else self.crew[technician]
        return book(self.books, self.who(key), kind, Decimal(price(self.rng, kind)), day, hour, by, ahead)

    def finished(self, key: str, kind: Kind, day: date, technician: int = 1) -> Job:
        """A job that was done on that day, as it should be."""
        return complete(self.booked(key, kind, day, technician=technician), kind)


def working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
