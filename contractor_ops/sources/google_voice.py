"""A Google Voice Takeout: a folder or a zip with one web page for each call, as a sheet with one row for each.

Google Voice has no other export. A page is called "<contact or number> - <kind> - 2020-08-21T18_57_10Z.html", in UTC; the number
is empty where the caller hid it. Texts, group conversations and what Google took for spam are passed over.
"""

import io
import re
import zipfile
from collections.abc import Collection
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

from contractor_ops.ports import Cell, Sheet

HEADINGS = ("Call ID", "Start Time", "Direction", "Status", "Phone Number", "Name", "Duration", "Transcript")
_PAGE = re.compile(
    r"(?P<id>(?:(?P<who>.*?) ?- )?(?:(?P<kind>[^-]*?) - )?(?P<at>\d{4}-\d\d-\d\dT\d\d_\d\d_\d\dZ)(?:-\d+)*)(?P<copy> ?\(\d+\))?\.html",
    re.DOTALL,
)
_LABEL = re.compile(r"voice#(missed|received|placed|voicemail|recorded)\b")
_CALLER = re.compile(r'class="contributor vcard".*?href="tel:([^"]*)"[^>]*>\s*<span class="fn">([^<]*)<', re.DOTALL)
_LENGTH = re.compile(r'class="duration" title="([^"]*)"')
_WORDS = re.compile(r'class="full-text"\s*>([^<]*)<')
_NO_WORDS = "unable to transcribe this message"
_KINDS = frozenset({"missed", "received", "placed", "voicemail", "recorded"})
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can tell
_LONGEST_PAGE = 4_000_000  # bytes


def is_page(name: str) -> bool:
    """Whether a file's name (with or without folders) is that of a page of Google Voice."""
    return _PAGE.fullmatch(name.replace("\\", "/").rpartition("/")[2]) is not None or _is_group(name)


def holds_pages(folder: Path) -> bool:
    """Whether a folder, or one in it, holds pages of Google Voice."""
    return any(is_page(path.name) for path in folder.rglob("*.html"))


def pack(folder: Path) -> tuple[bytes, datetime]:
    """All pages of a folder as a zip, the same bytes for the same pages, and when the newest was saved (aware). Raises OSError."""
    pages = sorted(path for path in folder.rglob("*.html") if is_page(path.name))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in pages:
            data = b"" if _is_text(path.name) else path.read_bytes()
            archive.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix(), _FIRST_DAY), data)
    return out.getvalue(), datetime.fromtimestamp(max(path.stat().st_mtime for path in pages), UTC)


def read_pages(archive: zipfile.ZipFile) -> list[Sheet]:
    """The one sheet of a Takeout: the headings, then a row for each call, the earliest first; what was passed over is counted."""
    pages = {name: info for info in archive.infolist() if is_page(name := info.filename.replace("\\", "/"))}
    passed_over: dict[str, int] = {}
    rows: list[list[Cell]] = []
    for name, info in pages.items():
        kind = _not_a_call(name, pages)
        page = "" if kind or info.file_size > _LONGEST_PAGE else archive.read(info).decode("utf-8", "replace")
        row = None if kind else _row(name, page)
        if row is None:
            kind = kind or "text"
            passed_over[kind] = passed_over.get(kind, 0) + 1
        else:
            rows.append(row)
    rows.sort(key=lambda row: (row[1], row[0]))
    return [Sheet(None, [list(HEADINGS), *rows], passed_over=passed_over)]


def _not_a_call(name: str, pages: Collection[str]) -> str | None:
    """What a page is, going by its name, that is no call: a text, a group conversation, spam, a copy; None for what must be looked at."""
    folder, _, file = name.rpartition("/")
    if _is_group(file):
        return "group conversation"
    if _is_text(file):
        return "text"
    if folder.rpartition("/")[2].lower() == "spam":
        return "spam"
    page = _PAGE.fullmatch(file)
    original = f"{page['id']}.html" if page and page["copy"] else None
    return "copy" if original and (f"{folder}/{original}" if folder else original) in pages else None


def _is_group(name: str) -> bool:
    return re.match(r"(?:.*/)?Group Conversation - .*\.html", name, re.DOTALL) is not None


def _is_text(name: str) -> bool:
    page = _PAGE.fullmatch(name)
    return page is not None and page["kind"] == "Text"


def _row(name: str, page: str) -> list[Cell] | None:
    """One call; None for a page that is none."""
    told = _PAGE.fullmatch(name.rpartition("/")[2])
    label = _kind(told["kind"] or "" if told else "", page)
    if told is None or label is None:
        return None
    caller = _CALLER.search(page)
    who = (told["who"] or "").strip(" -")
    number, contact = (unescape(caller[1]).strip(), unescape(caller[2]).strip()) if caller else ("", "")
    if not caller:  # a page without content still has its name
        number, contact = (who, "") if re.fullmatch(r"\+?[0-9*#]+", who) else ("", who)
    length, words = _LENGTH.search(page), _WORDS.search(page)
    said = " ".join(unescape(words[1]).split()) if words else ""
    return [
        told["id"].strip(" -"), datetime.strptime(told["at"], "%Y-%m-%dT%H_%M_%SZ").replace(tzinfo=UTC).isoformat(),
        "Outbound" if label == "placed" else "Inbound", label.capitalize(), number, contact,
        length[1] if length else "", "" if said.lower().rstrip(".") == _NO_WORDS else said,
    ]  # fmt: skip


def _kind(named: str, page: str) -> str | None:
    """What kind of call it is by the page's labels, which are English in every country; an empty page has only its name."""
    labels = set(_LABEL.findall(page))
    found = next((kind for kind in ("voicemail", "missed", "placed", "received", "recorded") if kind in labels), None)
    return found or (named.lower() if named.lower() in _KINDS else None)
