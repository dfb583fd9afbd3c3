"""What Google's APIs answer, as values; an answer of another shape means nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from contractor_ops.clients.google_refusals import GoogleTrouble

Answer = TypeVar("Answer")
Grid = list[list[Any]]
"""Rows of cells: str, int, float, bool. Blank cells at the end of a row, and blank rows at the end, are left out."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of a spreadsheet; `grid` is False for a chart that has a sheet to itself."""

    title: str
    hidden: bool
    grid: bool


@dataclass(frozen=True, slots=True)
class About:
    """A spreadsheet's title, its time zone and its sheets, in their order."""

    title: str
    zone: str
    tabs: tuple[Tab, ...]


def sensible(read: Callable[[Any], Answer], told: Any) -> Answer:
    """What is read from an answer. Raises GoogleTrouble where it is of another shape."""
    try:
        return read(told)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise senseless() from error


def senseless() -> GoogleTrouble:
    """That an answer means nothing."""
    return GoogleTrouble("Google gave an answer that means nothing", "Try again; if it stays, see whether google.api_base is right.")


def about_in(told: Any) -> About:
    """A spreadsheet's properties."""
    tabs = [one["properties"] for one in told["sheets"]]
    return About(
        " ".join(str(told["properties"]["title"]).split()) or "Untitled spreadsheet",
        str(told["properties"].get("timeZone") or ""),
        tuple(Tab(str(tab["title"]), bool(tab.get("hidden")), tab.get("sheetType", "GRID") == "GRID") for tab in tabs),
    )


def grids_in(told: Any) -> list[Grid]:
    """The cells of each range that was asked for."""
    grids = [one.get("values") or [] for one in told["valueRanges"]]
    if not all(isinstance(row, list) for grid in grids for row in grid):
        raise ValueError("rows that are no lists")
    return grids


def files_in(told: Any) -> tuple[list[tuple[str, str]], str]:
    """Key and title of some files, and what to ask for the next ones with."""
    return [(str(one["id"]), str(one["name"])) for one in told["files"]], str(told.get("nextPageToken") or "")


def may_change_in(told: Any) -> bool:
    """Whether the account may change a file."""
    return told["capabilities"]["canEdit"] is not False


def changed_in(told: Any) -> datetime:
    """When a file was last changed (aware)."""
    return datetime.fromisoformat(told["modifiedTime"])
