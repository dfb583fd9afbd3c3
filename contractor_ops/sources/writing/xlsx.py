"""Cells of an Excel workbook: only their own XML is exchanged, every other part of the file keeps its bytes."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence
from xml.etree import ElementTree

from contractor_ops.errors import NotWritten
from contractor_ops.ports import Sheet
from contractor_ops.sources.writing.archive import NotCopied, with_parts
from contractor_ops.sources.writing.formulas import Formulas
from contractor_ops.sources.writing.guards import Guards
from contractor_ops.sources.writing.markup import NotUnderstood, SheetMarkup, attributes, well_formed
from contractor_ops.sources.writing.package import Package
from contractor_ops.sources.writing.placing import Target, heading_form
from contractor_ops.sources.writing.sheet_cells import SheetCells
from contractor_ops.tables.heading_words import as_heading

_UNREADABLE = (
    zlib.error,
    zipfile.BadZipFile, zipfile.LargeZipFile, ElementTree.ParseError, NotUnderstood, NotCopied, EOFError, LookupError, ValueError,
    RuntimeError, NotImplementedError,
)  # fmt: skip
_BEFORE_CALCULATION = (b"definedNames", b"externalReferences", b"functionGroups", b"sheets")


def patched_xlsx(data: bytes, sheets: Sequence[Sheet], targets: Sequence[Target], file: str, read: Collection[str] = ()) -> bytes:
    """The workbook with these cells changed; `read` are headings under which no formula may go by them.

    Raises NotWritten where anything about them is not understood.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = Package(archive)
            package.refuse_if_closed(file)
            parts = _changed_sheets(package, {sheet.name: sheet for sheet in sheets}, targets, read)
            if package.has_formulas():
                parts[package.workbook] = calculated_afresh(archive.read(package.workbook))
        return with_parts(data, parts)
    except _UNREADABLE as error:
        raise NotWritten(
            f"{file} is built in a way that we do not understand well enough to write into it, so nothing was written.",
            "Open it in Excel, save it again as .xlsx, or switch write_back off for it.",
        ) from error


def _changed_sheets(
    package: Package, sheets: Mapping[str | None, Sheet], targets: Sequence[Target], read: Collection[str]
) -> dict[str, bytes]:
    parts = {}
    for name in dict.fromkeys(target.sheet for target in targets):
        part = package.sheets[name or ""]
        markup = SheetMarkup(package.archive.read(part))
        cells = SheetCells(markup, Guards(package, part, markup, sheets), package.styles, package.first_day)
        here = [target for target in targets if target.sheet == name]
        _refuse_stale(Formulas(markup, name or ""), sheets[name], here, read)
        parts[part] = cells.changed(here)
    return parts


def _refuse_stale(formulas: Formulas, sheet: Sheet, targets: Sequence[Target], read: Collection[str]) -> None:
    forms = {heading_form(heading) for heading in read}
    headings: dict[int, dict[int, str]] = {}
    for target in targets:
        head = headings.setdefault(target.heading_row, dict(enumerate(map(as_heading, sheet.rows[target.heading_row]))))
        formulas.refuse_stale(target, head, {column for column, heading in head.items() if heading_form(heading) in forms})


def calculated_afresh(xml: bytes) -> bytes:
    """The list of sheets with a mark that asks Excel to calculate when it opens the file: formulas may look at what we wrote."""
    well_formed(xml)
    found = re.search(rb"<(?:[\w.-]+:)?calcPr\b([^>]*?)(/?)>", xml)
    if found is None:
        return _with_calculation(xml)
    if b"fullCalcOnLoad" in attributes(found[1]):
        tag = re.sub(rb"""(\sfullCalcOnLoad\s*=\s*)(?:"[^"]*"|'[^']*')""", rb'\1"1"', found[0])
        return xml[: found.start()] + tag + xml[found.end() :]
    return xml[: found.end(1)] + b' fullCalcOnLoad="1"' + xml[found.end(1) :]


def _with_calculation(xml: bytes) -> bytes:
    for name in _BEFORE_CALCULATION:
        for found in re.finditer(rb"</((?:[\w.-]+:)?)" + name + rb"\s*>", xml):
            return xml[: found.end()] + b"<" + found[1] + b'calcPr fullCalcOnLoad="1"/>' + xml[found.end() :]
    raise NotUnderstood
