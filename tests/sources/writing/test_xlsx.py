"""Cells of a workbook: the named ones change, and nothing else does."""

import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.ports import NewValue
from tests.sources.writing.making import (
    HEADINGS,
    SHEET,
    by_openpyxl,
    cells,
    change,
    changed,
    everything,
    in_sheet,
    other_parts_differ,
    parts,
    prefixed,
    with_part,
    xlsx,
)

BOOK = "xl/workbook.xml"
NEW = "Ask again on Nov 30 — <by phone> & “mail”"


@pytest.mark.parametrize("vba", [False, True])
def test_a_workbook_with_everything_in_it_keeps_everything(vba: bool) -> None:
    before = xlsx(everything, vba)
    name = "estimates.xlsm" if vba else "estimates.xlsx"
    after = changed(before, change(2, {"Next step": NEW}), change(3, {"Last contact": date(2026, 11, 20), "Status": "Lost"}), name=name)
    assert other_parts_differ(before, after) == {SHEET}
    meant = {("Estimates", 1, 6): NEW, ("Estimates", 2, 5): date(2026, 11, 20), ("Estimates", 2, 2): "Lost"}
    assert cells(after) == cells(before) | meant
    assert by_openpyxl(after) == by_openpyxl(before) | {
        ("Estimates", "G2"): (NEW, "General"),
        ("Estimates", "F3"): (datetime(2026, 11, 20), "mm/dd/yyyy"),
        ("Estimates", "C3"): ("Lost", "General"),
    }


@pytest.mark.parametrize(
    ("mark", "marked"),
    [
        (b'<calcPr calcId="191029"/>', b'<calcPr calcId="191029" fullCalcOnLoad="1"/>'),
        (b'<calcPr fullCalcOnLoad="0" calcMode="manual"/>', b'<calcPr fullCalcOnLoad="1" calcMode="manual"/>'),
        (b"", b'</definedNames><calcPr fullCalcOnLoad="1"/></workbook>'),
    ],
)
def test_where_there_are_formulas_excel_is_asked_to_calculate(mark: bytes, marked: bytes) -> None:
    before = with_part(xlsx(everything), BOOK, lambda xml: re.sub(rb"<calcPr[^>]*>", mark, xml))
    after = changed(before, change(2, {"Next step": NEW}))
    assert other_parts_differ(before, after) == {SHEET, BOOK}
    assert parts(after)[BOOK].replace(marked, b"") == parts(before)[BOOK].replace(mark or b"</definedNames></workbook>", b"")


def test_without_formulas_the_sheet_alone_is_touched() -> None:
    before = with_part(xlsx(), BOOK, lambda xml: re.sub(rb"<calcPr[^>]*>", b"", xml))
    assert other_parts_differ(before, changed(before, change(2, {"Next step": NEW}))) == {SHEET}


def test_the_bytes_around_the_cells_stay() -> None:
    before = parts(xlsx())[SHEET]
    after = parts(changed(xlsx(), change(2, {"Next step": "x"})))[SHEET]
    old = re.search(rb'<c r="G2"[^>]*>.*?</c>', before)
    assert old
    new = b'<c r="G2" t="inlineStr"><is><t xml:space="preserve">x</t></is></c>'
    assert after == before.replace(old[0], new)


def test_cells_that_were_not_there_are_put_in_the_order_of_the_columns() -> None:
    before = xlsx(lambda book, sheet: sheet.write("J3", "far right"))
    after = changed(before, change(3, {"Due": "d", "Next step": "n", "Last contact": "c"}))
    row = re.search(rb'<row r="3".*?</row>', parts(after)[SHEET])
    assert row
    assert re.findall(rb'<c r="([A-Z]+)3"', row[0]) == [b"A", b"B", b"C", b"D", b"E", b"F", b"G", b"H", b"J"]
    assert b'spans="1:10"' in row[0]


def test_notes_of_what_the_sheet_and_the_row_reach_over_are_widened() -> None:
    before = in_sheet(in_sheet(xlsx(), "A1:H4", "A1:C2"), '<row r="4" spans="1:8"', '<row r="4" spans="1:7"')
    xml = parts(changed(before, change(4, {"Due": "soon"})))[SHEET]
    assert b'<dimension ref="A1:H4"/>' in xml
    assert b'<row r="4" spans="1:8"' in xml


def test_an_emptied_cell_keeps_its_style() -> None:
    after = changed(xlsx(), change(2, {"Last contact": None, "Next step": None}))
    assert ("Estimates", 1, 5) not in cells(after)
    assert ("Estimates", 1, 6) not in cells(after)
    assert re.search(rb'<c r="F2" s="\d+"/>', parts(after)[SHEET])


class TestDays:
    def test_a_day_takes_the_style_of_the_days_above_it(self) -> None:
        after = changed(xlsx(), change(4, {"Last contact": date(2026, 11, 20)}))
        assert by_openpyxl(after)["Estimates", "F4"] == (datetime(2026, 11, 20), "mm/dd/yyyy")

    def test_or_of_those_below_it(self) -> None:
        before = in_sheet(xlsx(), '<c r="D2"', '<c r="D2" s="0" t="str"><v>soon</v></c><!--')
        before = in_sheet(before, '<c r="E2"', '--><c r="E2"')
        after = changed(before, change(2, {"Sent": date(2026, 11, 20)}))
        assert by_openpyxl(after)["Estimates", "D2"] == (datetime(2026, 11, 20), "mm/dd/yyyy")

    def test_where_nothing_shows_days_it_is_written_in_letters(self) -> None:
        after = changed(xlsx(), change(2, {"Due": date(2026, 11, 20)}), change(3, {"Next step": datetime(2026, 11, 20, 9, 5)}))
        assert cells(after)["Estimates", 1, 7] == "2026-11-20"
        assert cells(after)["Estimates", 2, 6] == "2026-11-20 09:05"

    def test_a_cell_that_is_formatted_as_text_stays_text(self) -> None:
        before = xlsx(lambda book, sheet: sheet.write("F3", "none", book.add_format({"num_format": "@"})))
        assert cells(changed(before, change(3, {"Last contact": date(2026, 11, 20)})))["Estimates", 2, 5] == "2026-11-20"

    def test_a_moment_keeps_its_minutes(self) -> None:
        before = xlsx(lambda book, sheet: sheet.write_datetime("F3", datetime(2026, 1, 1), book.add_format({"num_format": "d mmm h:mm"})))
        after = changed(before, change(3, {"Last contact": datetime(2026, 11, 20, 14, 35)}))
        assert by_openpyxl(after)["Estimates", "F3"] == (datetime(2026, 11, 20, 14, 35), "d mmm h:mm")

    def test_days_that_are_counted_from_1904(self) -> None:
        before = xlsx(options={"date_1904": True})
        after = changed(before, change(3, {"Last contact": date(2026, 11, 20)}))
        assert by_openpyxl(after)["Estimates", "F3"][0] == datetime(2026, 11, 20)

    def test_a_column_that_shows_days_lends_its_style_where_nobody_has_touched_the_cell(self) -> None:
        before = xlsx(lambda book, sheet: sheet.set_column("H:H", 12, book.add_format({"num_format": "yyyy-mm-dd"})))
        assert by_openpyxl(changed(before, change(3, {"Due": date(2026, 11, 20)})))["Estimates", "H3"] == (
            datetime(2026, 11, 20),
            "yyyy-mm-dd",
        )


@pytest.mark.parametrize("value", [7, Decimal("12.50"), Decimal("-0.001"), 0])
def test_numbers(value: NewValue) -> None:
    assert float(cells(changed(xlsx(), change(2, {"Total": value})))["Estimates", 1, 4]) == float(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["=1+1", " spaces ", "two\nlines", "_x0041_", "a\x00b\x1b", "<&>\"']]>", "日本 😀", "x" * 32_767])
def test_texts_are_read_back_as_they_were_meant(text: str) -> None:
    after = changed(xlsx(), change(2, {"Next step": text}))
    meant = text.replace("\x00", "").replace("\x1b", "").strip()
    assert cells(after)["Estimates", 1, 6] == meant
    assert by_openpyxl(after)["Estimates", "G2"][0] in {meant, "_x005F_x0041_"}  # openpyxl does not know that way of writing


class TestOtherWaysOfWritingASheet:
    def test_every_element_with_a_prefix(self) -> None:
        before = with_part(xlsx(everything), SHEET, prefixed)
        before = with_part(before, BOOK, prefixed)
        after = changed(before, change(2, {"Next step": NEW}), change(3, {"Last contact": date(2026, 11, 20)}))
        assert cells(after) == cells(before) | {("Estimates", 1, 6): NEW, ("Estimates", 2, 5): date(2026, 11, 20)}
        assert b"<x:is><x:t" in parts(after)[SHEET]
        assert other_parts_differ(before, after) == {SHEET}

    def test_rows_and_cells_without_addresses(self) -> None:
        before = with_part(xlsx(), SHEET, lambda xml: re.sub(rb' r="[A-Z]*\d+"', b"", re.sub(rb' spans="[^"]*"', b"", xml)))
        after = changed(before, change(2, {"Next step": NEW}), change(2, {"Due": "soon"}))
        assert cells(after) == cells(before) | {("Estimates", 1, 6): NEW, ("Estimates", 1, 7): "soon"}

    def test_comments_and_cdata_that_look_like_rows(self) -> None:
        before = in_sheet(xlsx(), '<row r="3"', '<!-- <row r="3"><c r="G3"/></row> --><row r="3"')
        before = in_sheet(
            before, "</sheetData>", '<row r="9"><c r="A9" t="str"><v><![CDATA[<row r="2"><c r="G2">]]></v></c></row></sheetData>'
        )
        after = changed(before, change(3, {"Next step": NEW}), change(2, {"Next step": "b"}))
        assert cells(after) == cells(before) | {("Estimates", 2, 6): NEW, ("Estimates", 1, 6): "b"}

    def test_signs_in_attributes_that_look_like_ends_of_tags(self) -> None:
        before = in_sheet(xlsx(), "<worksheet ", '<worksheet xmlns:o="urn:o" o:note="a > b" ')
        before = in_sheet(before, '<row r="3"', "<row o:note='/> <' r=\"3\"".replace("<'", "'"))
        assert cells(changed(before, change(3, {"Next step": NEW})))["Estimates", 2, 6] == NEW

    def test_single_quotes(self) -> None:
        before = with_part(xlsx(), SHEET, lambda xml: re.sub(rb' (r|s|t|spans)="([^"]*)"', rb" \1='\2'", xml))
        after = changed(before, change(3, {"Last contact": date(2026, 11, 20)}))
        assert by_openpyxl(after)["Estimates", "F3"] == (datetime(2026, 11, 20), "mm/dd/yyyy")


values = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**6), 10**6, places=2),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(2, 4), st.sampled_from(HEADINGS[5:])), values, max_size=6))
def test_whatever_is_written_everything_else_stays(new: dict[tuple[int, str], NewValue]) -> None:
    before = xlsx(everything)
    changes = [
        change(row, {heading: value})
        for (row, heading), value in new.items()
        if not (heading == "Last contact" and isinstance(value, int | Decimal))
    ]
    after = changed(before, *changes)
    assert other_parts_differ(before, after) <= {SHEET}
    touched = {("Estimates", one.row - 1, HEADINGS.index(heading)) for one in changes for heading in one.values}
    assert {at: cell for at, cell in cells(after).items() if at not in touched} == {
        at: cell for at, cell in cells(before).items() if at not in touched
    }
    places = {("Estimates", f"{'ABCDEFGH'[column]}{row + 1}") for _, row, column in touched}
    assert {at: cell for at, cell in by_openpyxl(after).items() if at not in places} == {
        at: cell for at, cell in by_openpyxl(before).items() if at not in places
    }
    assert changed(after, *changes) == after
