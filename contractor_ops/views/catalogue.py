"""Every view, and everything that a recipe may read. A view is imported when it is asked for: a command pays only for what it reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.columns import TableSpec

if TYPE_CHECKING:
    from contractor_ops.views.view import View

NAMES = (
    "billing_gaps", "bookings", "dispatch", "missed_calls", "note_flags", "note_gaps", "ready_to_bill",
)  # fmt: skip
"""The view `name` lives in views/name.py as `NAME`."""

Thing = TypeVar("Thing")


class _WhenAsked(Mapping[str, Thing]):
    """Things by name, each made when it is asked for; to ask whether there is one makes none."""

    def __init__(self, names: Sequence[str], make: Callable[[str], Thing]) -> None:
        self._names, self._make = names, make

    def __getitem__(self, name: str) -> Thing:
        if name not in self._names:
            raise KeyError(name)
        return self._make(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _view(name: str) -> "View":
    view: View = getattr(import_module(f"contractor_ops.views.{name}"), name.upper())
    return view


def _spec(name: str) -> TableSpec:
    return TABLES[name] if name in TABLES else VIEWS[name].spec


VIEWS: "Mapping[str, View]" = _WhenAsked(NAMES, _view)
READABLE: Mapping[str, TableSpec] = _WhenAsked((*TABLES, *NAMES), _spec)
"""Tables and views by name: what `reads` in a recipe and `contractor-ops read` take."""
