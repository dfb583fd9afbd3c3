"""What must be known of an .xlsx before calamine is let near it, and what calamine hides: both are read from the zip's XML.

calamine lays out one block from the first cell to the last: a stray cell in XFD1048576 makes it ask for 512 GB, and the process is
aborted. Error cells and formulas that were never calculated it shows as blanks.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from xml.etree import ElementTree

_ALWAYS_FINE = 5_000_000  # cells: 160 MB in calamine
_SLOTS_PER_CELL = 20
_WINDOW = 1 << 16
_NUMBERED_ROW = re.compile(rb'row [^>]*?\br="(\d+)"')
_REFERENCE = re.compile(rb' r="([A-Z]{1,3})(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?(v|f)\b[^>]*>([^<]*)</")
_ERROR_TYPE = re.compile(rb' t="e"')
_UNCALCULATED = re.compile(rb"(?:</f>|<f [^>]*/>)(?:<v ?/>|<v></v>)?</c>")

Address = tuple[int, int]
"""Row and column, both counted from 0."""


@dataclass(slots=True)
class SheetPart:
    """One sheet's XML, looked over: how far its cells reach (counted from 1), and those that calamine shows as blank.

    Where the sheet is `sparse`, calamine must not lay it out.
    """

    rows: int = 0
    columns: int = 0
    sparse: bool = False
    errors: dict[Address, str] = field(default_factory=dict)
    nameless_errors: bool = False  # some writers leave out a cell's address


def too_sparse(rows: int, columns: int, cells: Callable[[], int]) -> bool:
    """Whether a block is so large and so empty that a few cells must stand far away from the others. Cells are counted if need be."""
    return rows * columns > _ALWAYS_FINE and rows * columns > _SLOTS_PER_CELL * cells()


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Each worksheet's name and the zip part that holds it. Raises LookupError or ParseError where the workbook's own list is broken."""
    spelled = {name.lower().replace("\\", "/"): name for name in archive.namelist()}  # some writers spell a part in two ways

    def parsed(part: str) -> ElementTree.Element:
        return ElementTree.fromstring(archive.read(spelled[part.lower()]))  # noqa: S314 (the parser beneath refuses entity bombs)

    [workbook] = targets(parsed("_rels/.rels"), "", "/officeDocument").values()
    folder, name = posixpath.split(workbook)
    sheets = targets(parsed(f"{folder}/_rels/{name}.rels".lstrip("/")), folder, "/worksheet")  # not its chart sheets
    found = {}
    for element in parsed(workbook).iter():
        if element.tag.endswith("}sheet"):
            relation = next((value for key, value in element.items() if key.endswith("}id")), "")
            if relation in sheets:
                found[element.get("name", "")] = spelled[sheets[relation].lower()]
    return found


def targets(relations: ElementTree.Element, folder: str, kind: str) -> dict[str, str]:
    """The parts that a list of relations names, by the relation's id: those whose kind ends so."""
    return {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        for relation in relations
        if relation.get("Type", "").endswith(kind)
    }


def look_over(xml: bytes) -> SheetPart:
    """Measure one sheet and find what calamine would show as blank. About 0.1 s for 100,000 rows of 15 columns."""
    part = SheetPart(rows=max(map(int, _NUMBERED_ROW.findall(xml)), default=0) or xml.count(b"row>"))
    _measure_columns(xml, part)
    part.sparse = too_sparse(part.rows, part.columns, lambda: xml.count(b"<c ") + xml.count(b":c "))
    for found in _ERROR_TYPE.finditer(xml):
        _note(xml, xml.rfind(b"<", 0, found.start()), b"v", part)
    if b"</f>" in xml:
        for found in _UNCALCULATED.finditer(xml):
            _note(xml, xml.rfind(b"<c ", 0, found.start()), b"f", part)
    return part


def _measure_columns(xml: bytes, part: SheetPart) -> None:
    """The last column, by looking only for cells further right than any seen; such a cell's row counts too."""
    widest, position = b"", 0
    while further := _further_right_than(widest).search(xml, position):
        window = _REFERENCE.findall(xml, further.start(), further.start() + _WINDOW)
        widest = max((letters for letters, _ in window), key=lambda letters: (len(letters), letters))
        part.rows = max(part.rows, int(further[1]))
        position = max(further.end(), further.start() + _WINDOW - 32)
    part.columns = column_number(widest)


def _further_right_than(letters: bytes) -> re.Pattern[bytes]:
    longer = b"[A-Z]{%d,}" % (len(letters) + 1)
    same_length = [
        letters[:at] + b"[%c-Z]" % (letter + 1) + b"[A-Z]{%d}" % (len(letters) - at - 1)
        for at, letter in enumerate(letters)
        if letter < ord("Z")
    ]
    return re.compile(rb' r="(?:' + b"|".join([*same_length, longer]) + rb')(\d+)"')


def column_number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _note(xml: bytes, start: int, wanted: bytes, part: SheetPart) -> None:
    """Put one cell's error or formula among the part's errors. `start` is where the cell's element begins."""
    tag_end = xml.find(b">", start)
    tag = xml[start:tag_end]
    if b"<c " not in tag and b":c " not in tag:
        return  # the words stood in somebody's text
    if wanted == b"f" and b' t="str"' in tag:
        return  # a formula whose answer is an empty text
    address = _REFERENCE.search(tag + b'"')
    if address is None:
        part.nameless_errors = True
        return
    texts = dict(_VALUE.findall(xml, tag_end, xml.find(b"c>", tag_end)))
    text = unescape(texts.get(wanted, b"").decode("utf-8", "replace"))
    part.errors[int(address[2]) - 1, column_number(address[1]) - 1] = f"={text}" if wanted == b"f" else text or "#ERROR"
