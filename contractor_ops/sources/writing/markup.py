"""A sheet's XML by position: where its rows and cells stand in the bytes, so that all others can be left as they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pyexpat import ExpatError, ParserCreate
from typing import NoReturn

from contractor_ops.sources.xlsx_parts import column_number

_ATTRIBUTES = rb"""((?:[^>"']++|"[^"]*+"|'[^']*+')*+)"""
_NO_TAG = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_ANY_TAG = re.compile(_NO_TAG + rb"|<(/?)([^\s/>!?]+)" + _ATTRIBUTES + rb">", re.DOTALL)
_ATTRIBUTE = re.compile(rb"""\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ADDRESS = re.compile(rb"([A-Z]{1,3})([1-9]\d*)")


class NotUnderstood(Exception):
    """The XML is not as a sheet's should be."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element in the bytes: from `start` to `end`, its content from `inner` to `close` (the same where it has none)."""

    start: int
    inner: int
    close: int
    end: int
    attributes: dict[bytes, bytes]

    @property
    def empty(self) -> bool:
        """Whether it closes itself."""
        return self.close == self.end


@dataclass(frozen=True)
class SheetMarkup:
    """One worksheet. Raises NotUnderstood where its bytes cannot be relied on."""

    xml: bytes

    def __post_init__(self) -> None:
        well_formed(self.xml)

    @cached_property
    def prefix(self) -> bytes:
        """What stands before the names of its elements: nothing, or something like "x:"."""
        for found in _ANY_TAG.finditer(self.xml):
            if found[2]:
                space, colon, name = found[2].rpartition(b":")
                if name != b"worksheet":
                    raise NotUnderstood
                return bytes(space + colon)
        raise NotUnderstood

    @cached_property
    def data(self) -> Element:
        """The element that holds the rows."""
        found = list(self._elements(b"sheetData", 0, len(self.xml)))
        if len(found) != 1:
            raise NotUnderstood
        return found[0]

    @cached_property
    def frame(self) -> bytes:
        """The sheet without its rows."""
        return self.xml[: self.data.start] + self.xml[self.data.end :]

    @cached_property
    def rows(self) -> dict[int, Element]:
        """Every row by its number, which a row may leave to be counted."""
        rows: dict[int, Element] = {}
        number = 0
        for element in self._elements(b"row", self.data.inner, self.data.close):
            number = int(element.attributes.get(b"r", b"%d" % (number + 1)))
            if number in rows:
                raise NotUnderstood
            rows[number] = element
        return rows

    def cells(self, row: Element, number: int) -> list[tuple[int, Element]]:
        """A row's cells with their columns (counted from 1), in the order in which they stand."""
        cells: list[tuple[int, Element]] = []
        column = 0
        for name, element in children(self.xml, row):
            if name != self.prefix + b"c":
                raise NotUnderstood
            column = self._column(element, number) if b"r" in element.attributes else column + 1
            if cells and column <= cells[-1][0]:
                raise NotUnderstood
            cells.append((column, element))
        return cells

    def _column(self, cell: Element, row: int) -> int:
        address = _ADDRESS.fullmatch(cell.attributes[b"r"])
        if address is None or int(address[2]) != row:
            raise NotUnderstood
        return column_number(address[1])

    def _elements(self, name: bytes, start: int, end: int) -> Iterator[Element]:
        """The elements of that name, which do not stand within each other."""
        between = _NO_TAG + b"|" if self.xml.find(b"<!", start) >= 0 or self.xml.find(b"<?", start) >= 0 else b""
        tag = re.compile(between + b"<(/?)" + re.escape(self.prefix + name) + rb"(?=[\s/>])" + _ATTRIBUTES + b">", re.DOTALL)
        opened: tuple[int, int, dict[bytes, bytes]] | None = None
        for found in tag.finditer(self.xml, start, end):
            if found[2] is None:
                continue
            if found[1]:
                if opened is None:
                    raise NotUnderstood
                yield Element(opened[0], opened[1], found.start(), found.end(), opened[2])
                opened = None
            elif opened is not None:
                raise NotUnderstood
            elif found[2].endswith(b"/"):
                yield Element(found.start(), found.end(), found.end(), found.end(), attributes(found[2]))
            else:
                opened = found.start(), found.end(), attributes(found[2])


def children(xml: bytes, parent: Element) -> Iterator[tuple[bytes, Element]]:
    """The elements right below another one, with their names as written."""
    depth, opened = 0, (0, 0, b"", b"")
    for found in _ANY_TAG.finditer(xml, parent.inner, parent.close):
        if found[2] is None:
            continue
        if found[1]:
            depth -= 1
            if depth == 0:
                yield opened[2], Element(opened[0], opened[1], found.start(), found.end(), attributes(opened[3]))
        elif found[3].endswith(b"/"):
            if depth == 0:
                yield found[2], Element(found.start(), found.end(), found.end(), found.end(), attributes(found[3]))
        else:
            depth += 1
            if depth == 1:
                opened = found.start(), found.end(), found[2], found[3]


def attributes(text: bytes) -> dict[bytes, bytes]:
    """A tag's attributes as written, by name."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(text)}


def well_formed(xml: bytes) -> None:
    """Raise NotUnderstood for XML that is broken, has entities of its own, or is not UTF-8."""

    def refuse(*_: object) -> NoReturn:
        raise NotUnderstood

    def declared(version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8"}:
            raise NotUnderstood

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.XmlDeclHandler = declared
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotUnderstood
    try:
        parser.Parse(xml, True)
    except ExpatError:
        raise NotUnderstood from None
