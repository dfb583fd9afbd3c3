"""A workbook's parts: which holds what, and what forbids to write into it at all."""

import posixpath
import re
import zipfile
from datetime import date
from functools import cached_property
from xml.etree import ElementTree

from contractor_ops.errors import NotWritten
from contractor_ops.sources import xlsx_parts
from contractor_ops.sources.writing.styles import CellStyle, read_styles

_TRUE = frozenset({"1", "true", "on"})
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_FINAL = re.compile(rb'name="_MarkAsFinal".*?<(?:\w+:)?bool>(?:true|1)<', re.DOTALL)


class Package:
    """An .xlsx or .xlsm that is open for looking into."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.spelled = {name.lower().replace("\\", "/"): name for name in archive.namelist()}
        self.sheets = xlsx_parts.sheet_parts(archive)

    def read(self, part: str) -> bytes | None:
        """A part's bytes, or None where there is no such part."""
        name = self.spelled.get(part.lower())
        return self.archive.read(name) if name else None

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that a part names in its list of relations."""
        folder, name = posixpath.split(part)
        relations = self.read(posixpath.join(folder, "_rels", f"{name}.rels"))
        return list(xlsx_parts.targets(_parsed(relations), folder, kind).values()) if relations else []

    @cached_property
    def workbook(self) -> str:
        """The part that lists the sheets, as the archive spells it."""
        return self.spelled[self.related("", "/officeDocument")[0].lower()]

    @cached_property
    def book(self) -> ElementTree.Element:
        """That part, parsed."""
        return _parsed(self.archive.read(self.workbook))

    @cached_property
    def styles(self) -> list[CellStyle]:
        """The cell styles, in their order."""
        part = next(iter(self.related(self.workbook, "/styles")), None)
        return read_styles(self.read(part) if part else None)

    @cached_property
    def first_day(self) -> date:
        """The day that all are counted from: the first of 1904 in old workbooks from a Mac."""
        about = self.book.find("{*}workbookPr")
        return date(1904, 1, 1) if about is not None and about.get("date1904") in _TRUE else date(1899, 12, 30)

    def parsed(self, part: str) -> ElementTree.Element | None:
        """A part as XML, or None."""
        content = self.read(part)
        return _parsed(content) if content is not None else None

    def has_formulas(self) -> bool:
        """Whether any sheet calculates anything."""
        return "xl/calcchain.xml" in self.spelled or any(_FORMULA.search(self.archive.read(part)) for part in self.sheets.values())

    def refuse_if_closed(self, file: str) -> None:
        """Raise NotWritten for a workbook that is signed, shared in the old way, final, or meant for reading only."""
        sharing = self.book.find("{*}fileSharing")
        custom = self.read("docProps/custom.xml") or b""
        if any(name.startswith("_xmlsignatures/") for name in self.spelled):
            raise _closed(file, "is signed, and a change would break the signature", "Take the signature off (File, Info).")
        if any(name.startswith("xl/revisions/") for name in self.spelled):
            raise _closed(file, "is a shared workbook of the old kind, which keeps a record of every change", "Stop sharing it (Review).")
        if sharing is not None and (sharing.get("readOnlyRecommended") in _TRUE or len(sharing.attrib) > 1):
            raise _closed(file, "is saved to be opened for reading only", "Save it without that (Save As, Tools, General Options).")
        if _FINAL.search(custom):
            raise _closed(file, "is marked as final", "Take the mark off (File, Info, Protect Workbook).")


def _closed(file: str, reason: str, remedy: str) -> NotWritten:
    return NotWritten(f"{file} {reason}, so nothing was written.", f"{remedy} Or switch write_back off for it.")


def _parsed(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 (the parser beneath refuses entity bombs)
