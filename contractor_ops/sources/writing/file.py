"""The office's own files as something to write into: .xlsx, .xlsm and CSV. All of a writing is done, or nothing."""

import hashlib
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from contractor_ops.errors import NotWritten, NotWrittenYet, UnusableFile
from contractor_ops.ports import RowChange, Sheet, Written
from contractor_ops.sources.content import Kind, kind_of
from contractor_ops.sources.file import read_sheets
from contractor_ops.sources.writing.comparing import difference
from contractor_ops.sources.writing.csv_cells import in_ascii, patched_csv
from contractor_ops.sources.writing.keeping import (
    BACKUPS,
    ChangedMeanwhile,
    drop_old_copies,
    keep_copy,
    refuse_if_open,
    replace_content,
    stamp,
)
from contractor_ops.sources.writing.placing import Target, place_changes

_KINDS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")


def fingerprint(data: bytes) -> str:
    """What a file held, to tell later whether it still does."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class FileWriter:
    """One file of the office, which people call `file`. `as_read` is the fingerprint of what was read from it; `now` names the copy."""

    path: Path
    file: str
    office: Path
    as_read: str
    now: datetime

    def rehearse(self, changes: Sequence[RowChange]) -> Written:
        """How many cells `write` would change. Raises NotWritten where it would."""
        try:
            old = self.path.read_bytes()
        except OSError as error:
            raise self._refusal(f"it cannot be read ({error.strerror})", "") from None
        cells = self.changed(old, changes)[1]
        if cells:
            refuse_if_open(self.path, self.file)
        return Written(cells)

    def write(self, changes: Sequence[RowChange]) -> Written:
        """Change these cells and nothing else; what was there before is kept in backups/. Raises NotWritten."""
        path, office = self.path.resolve(), self.office.resolve()  # behind a link stands the file itself
        try:
            seen = path.stat()
            old = path.read_bytes()
            new, cells = self.changed(old, changes)
            if not cells:
                return Written(0)
            refuse_if_open(self.path, self.file)
            copy = keep_copy(path, old, office, self.now)
            self._look_again(path, old, new, replace_content(path, new, seen))
            drop_old_copies(path, office, copy)
        except ChangedMeanwhile:
            raise self._not_yet("somebody saved it at the same moment") from None
        except FileNotFoundError:
            raise self._refusal("it is not there any more", "") from None
        except OSError as error:
            reason = (error.strerror or "no access").lower()
            raise self._refusal(
                f"it or the folder {BACKUPS}/ cannot be written ({reason})", "Close it in Excel; see that you may."
            ) from None
        return Written(cells, f"{BACKUPS}/{copy.name}")

    def _look_again(self, path: Path, old: bytes, new: bytes, ours: os.stat_result) -> None:
        """See that what was written stands there. What somebody has saved since stays; only what is still ours is taken back."""
        found = path.read_bytes()
        if found == new:
            return
        if stamp(path.stat()) != stamp(ours):
            raise ChangedMeanwhile
        keep_copy(path, found, self.office.resolve(), self.now)
        replace_content(path, old, ours)
        raise self._refusal("what stood in it after writing was not what was written; the copy was put back", "")

    def changed(self, old: bytes, changes: Sequence[RowChange]) -> tuple[bytes, int]:
        """The file's bytes with these changes, tried out, and how many cells differ. Raises NotWritten."""
        if fingerprint(old) != self.as_read:
            raise self._not_yet("somebody has saved it since it was read")
        try:
            kind = self._kind(old)
            if kind is Kind.TEXT and old.isascii():
                changes = [replace(one, values={heading: in_ascii(value) for heading, value in one.values.items()}) for one in changes]
            sheets = read_sheets(old, self.file)
            targets = place_changes(sheets, changes, self.file)
            if not targets:
                return old, 0
            new = self._patched(kind, old, sheets, targets, {heading for change in changes for heading in change.reads})
            wrong = difference(sheets, read_sheets(new, self.file), targets, self.file)
        except UnusableFile as error:
            raise NotWritten(f"{error.message} Nothing was written.", error.remedy) from error
        if wrong is not None:
            raise NotWritten(
                f"{wrong}: after writing other cells would read differently, so nothing was written.", "Switch write_back off for it."
            )
        return new, len(targets)

    def _patched(self, kind: Kind, old: bytes, sheets: Sequence[Sheet], targets: Sequence[Target], read: Collection[str]) -> bytes:
        if kind is Kind.TEXT:
            return patched_csv(old, targets, self.file)
        from contractor_ops.sources.writing.xlsx import patched_xlsx

        return patched_xlsx(old, sheets, targets, self.file, read)

    def _kind(self, data: bytes) -> Kind:
        kind, suffix = kind_of(data, self.file), self.path.suffix.lower()
        if kind is Kind.OLE and suffix in {".xlsx", ".xlsm"}:
            raise self._refusal("it is locked with a password", "Take the password off (File, Info, Protect Workbook).")
        if kind is Kind.OLE or suffix not in _KINDS:
            raise self._refusal(
                f"we can write into .xlsx, .xlsm and CSV files, not into {suffix or 'this kind'}",
                "Save it as an Excel workbook (.xlsx) and name that in config.toml, or switch write_back off.",
            )
        return kind

    def _not_yet(self, reason: str) -> NotWrittenYet:
        return NotWrittenYet(f"{self.file}: {reason}, so nothing was written.", "The next run reads it again and writes then.")

    def _refusal(self, reason: str, remedy: str) -> NotWritten:
        return NotWritten(f"{self.file}: {reason}, so nothing was written.", remedy)
