"""Google Voice's Takeout: a folder or a zip of web pages as a sheet of calls."""

import io
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Sheet
from contractor_ops.sources.file import FileSource
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Table

PAGE = """<?xml version="1.0" ?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{what} from</title></head><body><div class="haudio">
<span class="album">Call Log for </span><span class="fn">{what} from </span>
<div class="contributor vcard">{what} from <a class="tel" href="tel:{number}"><span class="fn">{name}</span></a></div>
<abbr class="published" title="2026-11-24T10:00:00.000-06:00">Nov 24, 2026</abbr>
{more}<div class="tags">Labels: <a rel="tag" href="http://www.google.com/voice#{label}">x</a>, <a rel="tag" href="http://www.google.com/voice#inbox">y</a></div>
</div></body></html>"""
TEXT = (
    '<html><body><div class="hChatLog hfeed"><q>hello</q></div><a rel="tag" href="http://www.google.com/voice#sms">Text</a></body></html>'
)
ANN = "+13125550142"


def page(label: str, number: str = ANN, name: str = "", more: str = "") -> str:
    return PAGE.format(what=label.capitalize(), label=label, number=number, name=name, more=more)


def length(text: str) -> str:
    return f'<abbr class="duration" title="{text}">(00:00:27)</abbr>'


def words(text: str) -> str:
    return f'<span class="description"\n><span class="full-text">{text}</span><span class="word high"\n>Hello<span class="start-time">0.0</span></span></span>'


def put(folder: Path, name: str, text: str, sub: str = "Calls") -> None:
    path = folder / "Takeout" / "Voice" / sub / f"{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def sheet(folder: Path, file: str = "Takeout/Voice/Calls") -> Sheet:
    [book] = FileSource(folder, [file]).read()
    [found] = book.sheets
    assert book.file == file
    return found


def rows(folder: Path, file: str = "Takeout/Voice/Calls") -> list[dict[str, object]]:
    headings, *lines = sheet(folder, file).rows
    return [dict(zip(headings, line, strict=True)) for line in lines]


def table(folder: Path, file: str = "Takeout/Voice/Calls") -> Table:
    return build_table(TABLES["calls"], FileSource(folder, [file]).read(), country="US")


def test_a_missed_call(tmp_path: Path) -> None:
    put(tmp_path, f"{ANN} - Missed - 2026-11-24T16_00_00Z", page("missed"))
    assert rows(tmp_path) == [
        {
            "Call ID": f"{ANN} - Missed - 2026-11-24T16_00_00Z", "Start Time": "2026-11-24T16:00:00+00:00", "Direction": "Inbound", "Status": "Missed",
            "Phone Number": ANN, "Name": "", "Duration": "", "Transcript": "",
        }
    ]  # fmt: skip
    [record] = table(tmp_path).records
    assert record["started_at"] == datetime(2026, 11, 24, 16, tzinfo=UTC) and record["phone"] == ANN and record["status"] == "Missed"


def test_a_voicemail_with_its_words_and_a_contacts_name(tmp_path: Path) -> None:
    put(
        tmp_path,
        "Ann Li-Oak - Voicemail - 2026-11-24T16_00_00Z",
        page("voicemail", name="Ann Li-Oak", more=words("It&#39;s  Ann\n&amp; Tom") + length("PT2M23S")),
    )
    [record] = table(tmp_path).records
    assert (record["customer"], record["phone"], record["duration"], record["notes"]) == ("Ann Li-Oak", ANN, 143, "It's Ann & Tom")
    put(tmp_path, "Ann Li-Oak - Voicemail - 2026-11-24T16_00_00Z", page("voicemail", more=words("Unable to transcribe this message.")))
    assert rows(tmp_path)[0]["Transcript"] == ""


@pytest.mark.parametrize(
    ("label", "way"),
    [("missed", "Inbound"), ("received", "Inbound"), ("voicemail", "Inbound"), ("recorded", "Inbound"), ("placed", "Outbound")],
)
def test_which_way_each_kind_went(tmp_path: Path, label: str, way: str) -> None:
    put(tmp_path, f"{ANN} - {label.capitalize()} - 2026-11-24T16_00_00Z", page(label))
    [found] = rows(tmp_path)
    assert (found["Direction"], found["Status"]) == (way, label.capitalize())


def test_a_kind_in_another_language_or_none_is_told_by_the_page(tmp_path: Path) -> None:
    put(tmp_path, f"{ANN} - Manqué - 2026-11-24T16_00_00Z", page("missed"))
    put(tmp_path, f"{ANN} - 2026-11-24T16_00_01Z", page("placed"))
    assert [found["Status"] for found in rows(tmp_path)] == ["Missed", "Placed"]


def test_a_page_without_content_still_has_its_name(tmp_path: Path) -> None:
    put(tmp_path, f"{ANN} - Missed - 2026-11-24T16_00_00Z", "")
    put(tmp_path, "Bob Roe - Received - 2026-11-24T16_00_01Z", "")
    put(tmp_path, "- Missed - 2026-11-24T16_00_02Z", "")
    put(tmp_path, " - Voicemail - 2026-11-24T16_00_03Z", "")
    assert [(found["Phone Number"], found["Name"]) for found in rows(tmp_path)] == [(ANN, ""), ("", "Bob Roe"), ("", ""), ("", "")]


def test_a_caller_without_a_number_and_one_with_a_bare_one(tmp_path: Path) -> None:
    put(tmp_path, "- Missed - 2026-11-24T16_00_00Z", page("missed", number=""))
    put(tmp_path, "174074978 - Missed - 2026-11-24T16_00_01Z", page("missed", number="174074978"))
    read = table(tmp_path)
    assert [record["phone"] for record in read.records] == [None, None] and [problem.value for problem in read.problems] == ["174074978"]
    assert read.records[0]["number"] == "Missed - 2026-11-24T16_00_00Z"


def test_what_is_no_call_is_passed_over_and_counted(tmp_path: Path) -> None:
    put(tmp_path, f"{ANN} - Missed - 2026-11-24T16_00_00Z", page("missed"))
    put(tmp_path, f"{ANN} - Missed - 2026-11-24T16_00_00Z(1)", page("missed"))
    put(tmp_path, f"{ANN} - Missed - 2026-11-24T16_00_00Z (2)", page("missed"))
    put(tmp_path, f"{ANN} - Text - 2026-11-24T16_00_01Z", TEXT)
    put(tmp_path, f"{ANN} - Texte - 2026-11-24T16_00_01Z", TEXT)
    put(tmp_path, "Group Conversation - 2026-11-24T16_00_02Z", TEXT)
    put(tmp_path, "+18005550142 - Missed - 2026-11-24T16_00_03Z", page("missed"), sub="Spam")
    put(tmp_path, "Bills", "<html></html>")
    (tmp_path / "Takeout/Voice/Calls/x.mp3").write_bytes(b"x")
    assert sheet(tmp_path).passed_over == {"text": 2, "group conversation": 1, "copy": 2}
    assert sheet(tmp_path, "Takeout").passed_over == {"text": 2, "group conversation": 1, "copy": 2, "spam": 1}
    read = table(tmp_path)
    assert len(read.records) == 1 and read.passed_over == {"text": 2, "group conversation": 1, "copy": 2, "heading": 1}


def test_a_copy_whose_original_is_gone_is_kept(tmp_path: Path) -> None:
    put(tmp_path, f"{ANN} - Missed - 2026-11-24T16_00_00Z(1)", page("missed"))
    [found] = rows(tmp_path)
    assert found["Call ID"] == f"{ANN} - Missed - 2026-11-24T16_00_00Z"


def test_only_texts_are_a_log_without_calls(tmp_path: Path) -> None:
    put(tmp_path, f"{ANN} - Text - 2026-11-24T16_00_01Z", TEXT)
    assert list(table(tmp_path).records) == []


def zipped(folder: Path, to: Path) -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*.html"), reverse=True):
            archive.write(path, path.relative_to(folder).as_posix())
        archive.writestr("Takeout/archive_browser.html", "<html></html>")
        archive.writestr("Takeout/Voice/Calls/a.mp3", b"x" * 1000)


def test_a_zip_says_what_the_folder_says(tmp_path: Path) -> None:
    for second, label in enumerate(("missed", "placed", "voicemail")):
        put(tmp_path, f"{ANN} - {label.capitalize()} - 2026-11-24T16_00_0{second}Z", page(label))
    zipped(tmp_path, tmp_path / "takeout-20261124.zip")
    assert rows(tmp_path, "takeout-20261124.zip") == rows(tmp_path) and len(rows(tmp_path)) == 3


def test_the_bytes_of_a_folder_change_only_with_its_pages(tmp_path: Path) -> None:
    """So what is remembered of it counts as for any file."""
    put(tmp_path, f"{ANN} - Missed - 2026-11-24T16_00_00Z", page("missed"))
    source = FileSource(tmp_path, ["Takeout/Voice/Calls"])
    [first] = source.contents()
    saved = datetime(2026, 11, 24, 17, tzinfo=UTC)
    for path in (tmp_path / "Takeout").rglob("*.html"):
        os.utime(path, (saved.timestamp(), saved.timestamp()))
    (tmp_path / "Takeout/Voice/Calls/new.mp3").write_bytes(b"x")
    [again] = source.contents()
    assert again.data == first.data and again.saved_at == saved
    put(tmp_path, f"{ANN} - Missed - 2026-11-24T17_00_00Z", page("missed"))
    assert source.contents()[0].data != first.data


def test_a_folder_of_something_else_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "page.html").write_text("<html></html>")
    with pytest.raises(UnusableFile, match="exports is a folder"):
        FileSource(tmp_path, ["exports"]).read()


def test_a_zip_of_something_else_is_refused_as_before(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("page.html", "<html></html>")
    (tmp_path / "pages.zip").write_bytes(out.getvalue())
    with pytest.raises(UnusableFile, match="a zip archive"):
        FileSource(tmp_path, ["pages.zip"]).read()


def test_hostile_words_are_only_words(tmp_path: Path) -> None:
    put(
        tmp_path,
        f"{ANN} - Voicemail - 2026-11-24T16_00_00Z",
        page("voicemail", name="&lt;b&gt;Ann&lt;/b&gt;", more=words("&lt;script&gt;1&lt;/script&gt; \x1b[31m")),
    )
    [record] = table(tmp_path).records
    assert record["notes"] == "<script>1</script> [31m" and record["customer"] == "<b>Ann</b>"
