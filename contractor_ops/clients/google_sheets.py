"""Google Sheets through gspread, its official client for Python: what may be asked twice is, what must not be is not."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from contractor_ops.clients.google_account import Account, WrongKey
from contractor_ops.clients.google_answers import (
    About,
    Answer,
    Grid,
    about_in,
    changed_in,
    files_in,
    grids_in,
    may_change_in,
    senseless,
    sensible,
)
from contractor_ops.clients.google_grid import SheetCells, cells_in
from contractor_ops.clients.google_http import READ, WRITE, NotReached, connected
from contractor_ops.clients.google_patience import Patience
from contractor_ops.clients.google_refusals import GoogleTrouble, Refusal, meaning_of
from contractor_ops.clients.kept_open import stays_here

if TYPE_CHECKING:
    import gspread

Dates = Literal["SERIAL_NUMBER", "FORMATTED_STRING"]
_ABOUT = "properties(title,timeZone),sheets.properties(sheetId,title,hidden,sheetType)"
_CELLS = "sheets(properties(title),merges,data(startRow,startColumn,rowData(values(userEnteredValue,effectiveValue))))"
_DRIVE = "https://www.googleapis.com/drive/v3/files"
_LIST = {"q": "mimeType = 'application/vnd.google-apps.spreadsheet' and trashed = false", "fields": "nextPageToken,files(id,name)",
         "pageSize": "1000", "supportsAllDrives": "true", "includeItemsFromAllDrives": "true"}  # fmt: skip
_MOST_PAGES = 10
_LONGEST_QUERY = 6000


class GoogleSheets:
    """One service account's view of Google Sheets. `timeout` is in seconds and holds for every wait; `wait` sleeps.

    Every method raises GoogleTrouble. `api_base` is "" for Google itself.
    """

    def __init__(
        self,
        account: Account,
        api_base: str = "",
        timeout: float = 30.0,
        *,
        writes: bool = False,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self.account = account
        self.patience = Patience(account.email, wait)
        self._api_base, self._timeout, self._scopes = api_base.rstrip("/"), timeout, WRITE if writes else READ

    def about(self, key: str) -> About:
        """A spreadsheet without its cells, by its key."""
        told = self._read(lambda http: http.fetch_sheet_metadata(key, {"fields": _ABOUT, "prettyPrint": "false"}))
        return sensible(about_in, told)

    def values(self, key: str, tabs: Sequence[str], dates: Dates) -> list[Grid]:
        """The cells of whole sheets, unformatted; only dates and times become numbers or texts, as asked."""
        return self._grids(key, [quoted(tab) for tab in tabs], dates)

    def cells(self, key: str, tabs: Sequence[str]) -> dict[str, SheetCells]:
        """The cells of whole sheets with what was entered into each and what it shows, and what is merged; by the sheets' titles."""
        found = [one for portion in _in_portions([quoted(tab) for tab in tabs]) for one in self._cells(key, portion)]
        if {one.title for one in found} != set(tabs):
            raise senseless()
        return {one.title: one for one in found}

    def changed_at(self, key: str) -> datetime:
        """When anybody last changed the spreadsheet (aware); Google Drive knows."""
        asked = {"fields": "modifiedTime", "supportsAllDrives": "true"}
        return sensible(changed_in, self._json(f"{_DRIVE}/{key}", asked))

    def may_change(self, key: str) -> bool:
        """Whether the account may write into the spreadsheet; Google Drive knows, and nothing is written to find out."""
        asked = {"fields": "capabilities/canEdit", "supportsAllDrives": "true"}
        return sensible(may_change_in, self._json(f"{_DRIVE}/{key}", asked))

    def shared(self) -> list[tuple[str, str]]:
        """Key and title of every spreadsheet that is shared with the account; Google Drive knows."""
        found: list[tuple[str, str]] = []
        asked = _LIST
        for _ in range(_MOST_PAGES):
            files, page = sensible(files_in, self._json(_DRIVE, asked))
            found += files
            if not page:
                break
            asked = {**_LIST, "pageToken": page}
        return found

    def write(self, key: str, cells: Mapping[str, str | float]) -> None:
        """Put values into single cells, all or none, exactly as they are. Asked once: where `taken` is set, it may have been done."""
        data = [{"range": place, "values": [[value]]} for place, value in cells.items()]
        try:
            self._http.values_batch_update(key, {"valueInputOption": "RAW", "data": data})
        except NotReached as nothing:
            raise GoogleTrouble(f"Google {nothing.reason}", taken=nothing.sent) from nothing
        except Refusal as refusal:
            raise meaning_of(refusal, self.account.email, writing=True) from refusal
        except ValueError as error:
            raise GoogleTrouble("Google gave an answer that means nothing", taken=True) from error

    def close(self) -> None:
        """Let go of connections."""
        if "_http" in self.__dict__:
            self._http.close()

    @cached_property
    def _http(self) -> "gspread.HTTPClient":
        if self._api_base and not (stays_here(self._api_base) or self._api_base.startswith("https:")):
            raise GoogleTrouble(
                "Google would get the log-in unencrypted, which is done on this machine only", "Begin google.api_base with https://."
            )
        try:
            return connected(self.account, self._scopes, self._api_base, self._timeout)
        except WrongKey as wrong:
            raise GoogleTrouble(f"the key of {self.account.email} {wrong.reason}", wrong.remedy) from None

    def _cells(self, key: str, places: list[str]) -> list[SheetCells]:
        asked = {"ranges": places, "fields": _CELLS, "prettyPrint": "false"}
        return sensible(cells_in, self._read(lambda http: http.fetch_sheet_metadata(key, asked)))

    def _grids(self, key: str, places: Sequence[str], dates: Dates) -> list[Grid]:
        grids = [grid for portion in _in_portions(places) for grid in self._portion(key, portion, dates)]
        if len(grids) != len(places):
            raise senseless()
        return grids

    def _portion(self, key: str, places: list[str], dates: Dates) -> list[Grid]:
        asked = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": dates, "prettyPrint": "false"}
        return sensible(grids_in, self._read(lambda http: http.values_batch_get(key, places, dict(asked))))

    def _json(self, address: str, asked: Mapping[str, str]) -> Any:
        return self._read(lambda http: http.request("get", address, params=asked).json())

    def _read(self, ask: Callable[[Any], Answer]) -> Answer:
        return self.patience.ask(lambda: ask(self._http))


def quoted(tab: str, cell: str = "") -> str:
    """A whole sheet, or a cell of it, in A1 notation. In quotes a title is never taken for a named range or a cell."""
    inner = tab.replace("'", "''")
    return f"'{inner}'!{cell}" if cell else f"'{inner}'"


def _in_portions(ranges: Sequence[str]) -> Iterator[list[str]]:
    """As many ranges at once as an address can hold."""
    portion: list[str] = []
    for one in ranges:
        if portion and sum(len(known.encode()) * 3 + 8 for known in (*portion, one)) > _LONGEST_QUERY:
            yield portion
            portion = []
        portion.append(one)
    if portion:
        yield portion
