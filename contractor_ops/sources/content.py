"""What a file really is, told from its first bytes: its name may lie."""

import re
from enum import Enum
from pathlib import PurePath

from contractor_ops.sources import refusals

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08]..[\x00\x02-\x05\x07]", re.DOTALL)  # .xls of Excel 2 to 4, without a container
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE | re.DOTALL)
_HTML_WITHIN = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_WEB_PAGE = "a web page (HTML)"
_JSON = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
_MAIL = re.compile(  # headers only, one of them a header that no report's title lines have
    rb"(?:[A-Z][\w-]+: .*\r?\n(?:[ \t].*\r?\n)*)*(?:Return-Path|Message-ID|MIME-Version|Content-Type|DKIM-Signature): ", re.IGNORECASE
)
_WORKBOOK_NAMES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods"})
_NOT_TABLES = {
    b"%PDF": "a PDF", b"{\\rtf": "a text document (RTF)", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    b"SQLite format 3": "a database", b"Rar!": "a RAR archive", b"7z\xbc\xaf": "a 7-Zip archive", b"\x1f\x8b": "a gzip archive",
    b"BEGIN:VCARD": "an address card (vCard)", b"BEGIN:VCALENDAR": "a calendar",
}  # fmt: skip


class Kind(Enum):
    """The kinds of content that have a reader."""

    ZIP = "zip"  # .xlsx, .xlsm, .xlsb, .ods
    OLE = "ole"  # .xls
    TEXT = "text"  # .csv, .tsv, .txt


def kind_of(data: bytes, file: str) -> Kind:
    """Tell what reads this file. Raises UnusableFile for content that is empty or no table, with the file's name and what to do."""
    head = data[:4096]
    if not head.strip(_BLANK) and not data.strip(_BLANK):
        raise refusals.empty(file)
    if head.startswith(ZIP):
        return Kind.ZIP
    if head.startswith(OLE) or _BARE_BIFF.match(head):
        return Kind.OLE
    text = head.removeprefix(b"\xef\xbb\xbf")
    what = _other_kind(text)
    if what is not None:
        raise refusals.another_kind(file, what)
    return Kind.TEXT


def named_like_a_workbook(file: str) -> bool:
    """Whether the name promises Excel or ODS, so that mere text inside is suspicious."""
    return PurePath(file).suffix.lower() in _WORKBOOK_NAMES


def _other_kind(head: bytes) -> str | None:
    for magic, what in _NOT_TABLES.items():
        if head.startswith(magic):
            return what
    if _HTML.match(head):
        return _WEB_PAGE  # many web tools save an HTML table under the name .xls
    if head.lstrip().startswith(b"<?xml"):
        if _HTML_WITHIN.search(head):
            return _WEB_PAGE
        return "an XML Spreadsheet 2003" if b"office:spreadsheet" in head else "an XML file"
    if _JSON.match(head):
        return "a JSON file"
    if _MAIL.match(head):
        return "an e-mail"
    return None
