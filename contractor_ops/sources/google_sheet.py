"""Google Sheets as a source: each spreadsheet is asked for once in an office's run, whatever tables stand in it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from contractor_ops.clients.google_answers import About, Tab
from contractor_ops.clients.google_refusals import GoogleTrouble
from contractor_ops.clients.google_sheets import GoogleSheets
from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Sheet, Workbook
from contractor_ops.sources.choose import choose_sheets
from contractor_ops.sources.google_address import Address
from contractor_ops.sources.google_cells import differences, sheet_of

Wanted = Sequence[str] | None
"""Sheets by name, or None for all that are not hidden."""
_READINGS = 4
"""How often a sheet is read that somebody changes meanwhile."""


@dataclass
class Book:
    """One spreadsheet, as far as it has been read."""

    client: GoogleSheets
    key: str
    _sheets: dict[str, Sheet] = field(default_factory=dict)

    @cached_property
    def about(self) -> About:
        """Its title, time zone and sheets. Raises GoogleTrouble."""
        return self.client.about(self.key)

    @cached_property
    def changed_at(self) -> datetime:
        """When anybody last changed it. Raises GoogleTrouble."""
        return self.client.changed_at(self.key)

    def sheets(self, wanted: Wanted, others: Sequence[Wanted] = ()) -> list[Sheet]:
        """The wanted sheets; hidden ones without their cells unless they are named. What `others` will want comes along.

        Raises GoogleTrouble, or UnusableFile where no sheet has a wanted name.
        """
        chosen = self._chosen(wanted)
        along = [tab for other in others for tab in self._chosen(other, strict=False)]
        self._read([tab for tab in dict.fromkeys([*chosen, *along]) if tab.title not in self._sheets])
        hidden = [Sheet(tab.title, [], hidden=True) for tab in self.about.tabs if tab.hidden] if not wanted else []
        return [*(self._sheets[tab.title] for tab in chosen), *hidden]

    def _chosen(self, wanted: Wanted, *, strict: bool = True) -> list[Tab]:
        there = {tab.title: tab for tab in self.about.tabs if tab.grid}
        try:
            names = choose_sheets(list(there), wanted, self.about.title)
        except UnusableFile:
            if strict:
                raise
            return []
        return [there[name] for name in names if wanted or not there[name].hidden]

    def _read(self, tabs: Sequence[Tab]) -> None:
        """Two readings tell days from numbers; where somebody changed the sheet between them, both are taken again.

        What differs in the same cells each time is a formula that is never the same twice, and the readings fit all the same.
        """
        titles = [tab.title for tab in tabs]
        if not titles:
            return
        found: set[tuple[frozenset[tuple[int, int]], ...]] = set()
        for _ in range(_READINGS):
            numbers = self.client.values(self.key, titles, "SERIAL_NUMBER")
            texts = self.client.values(self.key, titles, "FORMATTED_STRING")
            found.add(differ := tuple(map(differences, numbers, texts)))
            if not any(differ):
                break
        else:
            if len(found) > 1:
                raise GoogleTrouble("somebody is changing it just now", "Try again.")
        for tab, one, other in zip(tabs, numbers, texts, strict=True):
            self._sheets[tab.title] = sheet_of(tab.title, one, other, hidden=tab.hidden)


class Books:
    """The spreadsheets of one office, each read once. What failed once is not tried again."""

    def __init__(self, client: GoogleSheets) -> None:
        self._client = client
        self._books: dict[str, Book] = {}
        self._troubles: dict[tuple[Address, bool], GoogleTrouble] = {}

    def book(self, address: Address, changed: bool = False) -> Book:
        """The spreadsheet of an address; `changed` is whether it will be asked when it was last changed. Raises GoogleTrouble."""
        if trouble := self._troubles.get((address, changed)):
            raise trouble
        key = address.key or self._key_of(address.title)
        return self._books.setdefault(key, Book(self._client, key))

    def failed(self, address: Address, changed: bool, trouble: GoogleTrouble) -> None:
        """Remember that it cannot be read."""
        self._troubles[address, changed] = trouble

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()

    def _key_of(self, title: str) -> str:
        there = self._shared
        found = [key for key, name in there if name.strip() == title] or [
            key for key, name in there if name.strip().casefold() == title.casefold()
        ]
        if len(found) == 1:
            return found[0]
        email = self._client.account.email
        if found:
            raise GoogleTrouble(
                f'{len(found)} spreadsheets that are shared with {email} are called "{title}"',
                "Write the address of the one that is meant: open it in a browser and copy the address from the top.",
            )
        names = ", ".join(f'"{name}"' for _, name in there[:8])
        raise GoogleTrouble(
            f'no spreadsheet called "{title}" is shared with {email}',
            f"Shared are: {names}."
            if names
            else f"None is shared with it yet. In Google Sheets click Share and add {email} (Viewer is enough).",
        )

    @cached_property
    def _shared(self) -> list[tuple[str, str]]:
        return self._client.shared()


@dataclass(frozen=True, slots=True)
class GoogleSheet:
    """One table's spreadsheet; `others` are what other tables want of the same one. `changed` asks when it was last changed, else it is as of now."""

    table: str
    books: Books
    address: Address
    clock: Callable[[], datetime]
    zone: ZoneInfo
    sheets: Wanted = None
    others: Sequence[Wanted] = ()
    changed: bool = False

    def read(self) -> list[Workbook]:
        """The spreadsheet as one workbook. Raises UnusableFile."""
        try:
            book = self.books.book(self.address, self.changed)
            sheets = book.sheets(self.sheets, self.others)
            doubts = list(_doubts(book.about, sheets, self.zone, self.clock()))
            return [Workbook(book.about.title, sheets, book.changed_at if self.changed else self.clock(), doubts)]
        except GoogleTrouble as trouble:
            self.books.failed(self.address, self.changed, trouble)
            raise UnusableFile(f"The Google Sheet of {self.table} cannot be read: {trouble.reason}.", trouble.remedy) from trouble


def _doubts(about: About, sheets: Sequence[Sheet], office: ZoneInfo, now: datetime) -> Iterator[str]:
    """That the spreadsheet's clock is not the office's, where it holds times: what is typed is the office's time, what a formula stamps is not."""
    if any(isinstance(cell, datetime) for sheet in sheets for row in sheet.rows for cell in row) and _another_clock(
        about.zone, office, now
    ):
        yield (
            f"The spreadsheet's time zone is {about.zone}, the office's {office.key}; times are taken as they stand. "
            "Set it right in Google Sheets: File, Settings, Time zone."
        )


def _another_clock(name: str, office: ZoneInfo, now: datetime) -> bool:
    """Whether two zones tell different times, now or in half a year."""
    try:
        zone = ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return any(now.astimezone(zone).utcoffset() != now.astimezone(office).utcoffset() for now in (now, now + timedelta(days=182)))
