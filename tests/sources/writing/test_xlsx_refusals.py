"""What a workbook forbids, and what is not understood: nothing is written, and the sentence says why."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from contractor_ops.errors import NotWritten
from contractor_ops.ports import NewValue
from tests.sources.writing.making import SHEET, cells, change, changed, everything, in_sheet, parts, with_part, xlsx

NEXT = {"Next step": "Call on Monday"}


def refusal(data: bytes, values: dict[str, Any] = NEXT, name: str = "estimates.xlsx") -> str:
    with pytest.raises(NotWritten) as refused:
        changed(data, change(2, values), name=name)
    assert refused.value.message.startswith(name)
    assert "othing was written" in refused.value.message
    return refused.value.message


def test_a_formula() -> None:
    said = refusal(xlsx(lambda book, sheet: sheet.write_formula("G2", '=IF(E2>0,"Call","")', None, "Call")))
    assert said == 'estimates.xlsx, sheet Estimates, row 2, "Next step": the cell holds a formula, so nothing was written.'


def test_one_refusal_keeps_all_from_being_written() -> None:
    data = xlsx(lambda book, sheet: sheet.write_formula("G3", "=1", None, 1))
    with pytest.raises(NotWritten):
        changed(data, change(2, NEXT), change(3, NEXT))
    assert cells(changed(data, change(2, NEXT)))["Estimates", 1, 6] == "Call on Monday"


def test_a_formula_that_is_shared_with_the_cell_above() -> None:
    data = with_part(xlsx(), SHEET, lambda xml: re.sub(rb'<c r="G2".*?</c>', b'<c r="G2"><f t="shared" si="0"/><v>1</v></c>', xml))
    assert "holds a formula" in refusal(data)


def test_the_answer_of_an_array_formula() -> None:
    data = in_sheet(xlsx(), '<c r="G1" s="1" t="s">', '<c r="G1" s="1" t="str"><f t="array" ref="G1:G3">A1:A3</f>')
    data = with_part(data, SHEET, lambda xml: re.sub(rb"(</f>)<v>\d+</v>", rb"\1<v>Next step</v>", xml))
    assert "a formula of another cell fills it" in refusal(data)


def test_a_number_where_days_are_shown() -> None:
    assert "the cell shows days" in refusal(xlsx(), {"Last contact": 7})


def test_merged_cells() -> None:
    assert "the cell is merged with others" in refusal(xlsx(lambda book, sheet: sheet.merge_range("G2:G3", "Call")))


class TestProtection:
    def test_a_protected_sheet(self) -> None:
        assert "the sheet is protected" in refusal(xlsx(lambda book, sheet: sheet.protect("secret")))

    def test_a_cell_that_its_protection_leaves_open(self) -> None:
        def open_column(book: Any, sheet: Any) -> None:
            sheet.write("G2", "Call", book.add_format({"locked": False}))
            sheet.protect()

        assert cells(changed(xlsx(open_column), change(2, NEXT)))["Estimates", 1, 6] == "Call on Monday"
        with pytest.raises(NotWritten, match="protected"):
            changed(xlsx(open_column), change(2, {"Status": "Won"}))


class TestValidation:
    @pytest.mark.parametrize(
        ("rule", "value", "fits"),
        [
            ({"validate": "list", "source": ["Call", "Wait"]}, "Wait", True),
            ({"validate": "list", "source": ["Call", "Wait"]}, "wait", False),
            ({"validate": "list", "source": ["Call", "Wait"]}, None, True),
            ({"validate": "list", "source": ["Call", "Wait"], "error_type": "warning"}, "Other", True),
            ({"validate": "list", "source": ["Call", "Wait"], "show_error": False}, "Other", True),
            ({"validate": "list", "source": "=$C$2:$C$3"}, "won", True),
            ({"validate": "list", "source": "=$C$2:$C$3"}, "Lost", False),
            ({"validate": "list", "source": "=Lists!$A$1:$A$2"}, "Later", True),
            ({"validate": "list", "source": "=Lists!$A$1:$A$2"}, "Never", False),
            ({"validate": "list", "source": "=Choices"}, "Later", True),
            ({"validate": "list", "source": "=Choices"}, "Never", False),
            ({"validate": "list", "source": '=INDIRECT("Lists!A1:A2")'}, "Later", False),
            ({"validate": "length", "criteria": "<=", "value": 5}, "short", True),
            ({"validate": "length", "criteria": "<=", "value": 5}, "longer", False),
            ({"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 9}, 9, True),
            ({"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 9}, 10, False),
            ({"validate": "integer", "criteria": "not between", "minimum": 1, "maximum": 9}, 10, True),
            ({"validate": "integer", "criteria": ">", "value": 1}, Decimal("1.5"), False),
            ({"validate": "decimal", "criteria": ">", "value": 1}, Decimal("1.5"), True),
            ({"validate": "decimal", "criteria": "=", "value": 1}, "words", False),
            ({"validate": "custom", "value": "=LEN(G2)<9"}, "x", False),
            ({"validate": "any", "input_title": "Hint"}, "x", True),
        ],
    )
    def test_the_cells_own_rule(self, rule: dict[str, Any], value: NewValue, fits: bool) -> None:
        def more(book: Any, sheet: Any) -> None:
            sheet.data_validation("G2:G9", rule)
            book.add_worksheet("Lists").write_column("A1", ["Soon", "Later"])
            book.define_name("Choices", "=Lists!$A$1:$A$2")

        if fits:
            there = cells(changed(xlsx(more), change(2, {"Next step": value}))).get(("Estimates", 1, 6))
            assert there == (float(value) if isinstance(value, Decimal | int) else value)
        else:
            assert "Next step" in refusal(xlsx(more), {"Next step": value})

    def test_the_sentence_names_what_the_list_holds(self) -> None:
        said = refusal(
            xlsx(lambda book, sheet: sheet.data_validation("C2:C9", {"validate": "list", "source": ["Sent", "Won"]})), {"Status": "Lost"}
        )
        assert (
            said
            == 'estimates.xlsx, sheet Estimates, row 2, "Status": "Lost" is not in the cell\'s drop-down list (Sent, Won), so nothing was written.'
        )

    def test_days_within_bounds_only_where_they_are_days(self) -> None:
        rule = {"validate": "date", "criteria": ">=", "value": date(2026, 1, 1)}
        data = xlsx(lambda book, sheet: sheet.data_validation("F2:H9", rule))
        assert changed(data, change(2, {"Last contact": date(2026, 1, 1)}))
        assert "2025-12-31" in refusal(data, {"Last contact": date(2025, 12, 31)})
        assert "Due" in refusal(data, {"Due": datetime(2026, 5, 1)})  # no style of that column shows days, letters are not let in

    def test_a_rule_that_newer_excel_keeps_apart(self) -> None:
        rule = (
            '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
            '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" '
            'showErrorMessage="1"><x14:formula1><xm:f>Lists!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>G2:G9</xm:sqref></x14:dataValidation>'
            "</x14:dataValidations></ext></extLst></worksheet>"
        )
        data = in_sheet(xlsx(lambda book, sheet: book.add_worksheet("Lists").write_column("A1", ["Soon", "Later"])), "</worksheet>", rule)
        assert "drop-down list (Soon, Later)" in refusal(data)
        assert cells(changed(data, change(2, {"Next step": "Soon"})))["Estimates", 1, 6] == "Soon"


def test_the_total_row_of_a_table() -> None:
    def total(book: Any, sheet: Any) -> None:
        sheet.add_table(
            "A1:H4",
            {
                "total_row": True,
                "columns": [
                    {"header": name} for name in ("Number", "Customer", "Status", "Sent", "Total", "Last contact", "Next step", "Due")
                ],
            },
        )
        sheet.write("A4", "EST-3")

    with pytest.raises(NotWritten, match="heading or the total of a table"):
        changed(xlsx(total), change(4, NEXT))


@pytest.mark.parametrize(
    ("part", "content", "reason"),
    [
        ("_xmlsignatures/sig1.xml", b"<Signature/>", "is signed"),
        ("xl/revisions/revisionHeaders.xml", b"<headers/>", "shared workbook of the old kind"),
        ("docProps/custom.xml", b'<p name="_MarkAsFinal"><vt:bool>true</vt:bool></p>', "marked as final"),
    ],
)
def test_workbooks_that_are_closed_to_changes(part: str, content: bytes, reason: str) -> None:
    assert reason in refusal(with_part(xlsx(), part, lambda _: content))


def test_a_workbook_that_is_meant_for_reading_only() -> None:
    assert "for reading only" in refusal(xlsx(lambda book, sheet: book.read_only_recommended()))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda xml: xml.replace(b"<sheetData>", b"<sheetData><!-- -->").replace(b'<row r="3"', b'<row r="2"'),
        lambda xml: xml.replace(b'<c r="G2"', b'<c r="G3"'),
        lambda xml: xml.replace(b'<c r="G2"', b'<c r="B2"'),
        lambda xml: xml.replace(b'<c r="G2"', b'<c r="G2" vm="1"'),
        lambda xml: xml.replace(b"?>", b"?><!DOCTYPE x [<!ENTITY e 'e'>]>", 1),
    ],
    ids=["rows twice", "another row's cell", "cells out of order", "a picture in the cell", "entities"],
)
def test_xml_that_is_not_understood(spoil: Callable[[bytes], bytes]) -> None:
    data = with_part(xlsx(), SHEET, spoil)
    assert parts(data)[SHEET] != parts(xlsx())[SHEET]
    refusal(data)


def test_another_encoding() -> None:
    def utf_16(xml: bytes) -> bytes:
        return xml.replace(b'encoding="UTF-8"', b'encoding="UTF-16"').decode().encode("utf-16")

    refusal(with_part(xlsx(), SHEET, utf_16))


class TestArchives:
    def test_a_part_twice(self) -> None:
        out = io.BytesIO(xlsx())
        with pytest.warns(UserWarning), zipfile.ZipFile(out, "a") as archive:
            archive.writestr(SHEET, parts(xlsx())[SHEET])
        assert "do not understand" in refusal(out.getvalue())

    def test_the_archives_own_comment_stays(self) -> None:
        out = io.BytesIO(xlsx())
        with zipfile.ZipFile(out, "a") as archive:
            archive.comment = b"kept as it is"
        after = changed(out.getvalue(), change(2, NEXT))
        assert zipfile.ZipFile(io.BytesIO(after)).comment == b"kept as it is"
        assert after.endswith(b"kept as it is")

    def test_parts_that_are_not_packed(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, content in parts(xlsx(everything)).items():
                archive.writestr(name, content)
        assert cells(changed(out.getvalue(), change(2, NEXT)))["Estimates", 1, 6] == "Call on Monday"

    def test_parts_whose_sizes_follow_them(self) -> None:
        class Pipe(io.BytesIO):
            def seekable(self) -> bool:
                return False

        out = Pipe()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts(xlsx(everything)).items():
                archive.writestr(name, content)
        assert cells(changed(out.getvalue(), change(2, NEXT)))["Estimates", 1, 6] == "Call on Monday"


class TestOtherKinds:
    @pytest.mark.parametrize("name", ["estimates.xlsb", "estimates.ods", "estimates.xls"])
    def test_kinds_that_only_can_be_read(self, name: str) -> None:
        assert "we can write into .xlsx, .xlsm and CSV files" in refusal(xlsx(), name=name)

    def test_a_workbook_with_a_password(self) -> None:
        assert "locked with a password" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


class TestRowsThatAreNotAsTheyWere:
    def test_another_number_in_the_row(self) -> None:
        with pytest.raises(NotWritten) as refused:
            changed(xlsx(), change(2, NEXT, key="EST-9"))
        assert (
            refused.value.message
            == 'estimates.xlsx, sheet Estimates, row 2: "Number" is "EST-1" where "EST-9" stood, so nothing was written.'
        )

    @pytest.mark.parametrize("row", [0, 1, 5, 99])
    def test_rows_that_do_not_exist(self, row: int) -> None:
        with pytest.raises(NotWritten, match="no such row"):
            changed(xlsx(), change(row, NEXT))

    def test_a_heading_that_does_not_exist(self) -> None:
        with pytest.raises(NotWritten) as refused:
            changed(xlsx(), change(2, {"Next steps": "x"}))
        assert refused.value.message == 'estimates.xlsx, sheet Estimates: no column is called "Next steps", so nothing was written.'
        assert (
            refused.value.remedy
            == 'Add a column with that heading or, if "Next step" is meant, write that under write_back in config.toml.'
        )

    def test_a_heading_that_two_columns_have(self) -> None:
        with pytest.raises(NotWritten, match='two columns are called "Next step"'):
            changed(xlsx(lambda book, sheet: sheet.write("J1", "next  STEP")), change(2, NEXT))

    def test_a_sheet_that_does_not_exist(self) -> None:
        with pytest.raises(NotWritten, match='no sheet "Jobs"'):
            changed(xlsx(), change(2, NEXT, sheet="Jobs"))

    def test_two_values_for_one_cell(self) -> None:
        with pytest.raises(NotWritten, match="two different values"):
            changed(xlsx(), change(2, NEXT), change(2, {"next step": "Wait"}))

    def test_numbers_are_the_same_however_they_are_written(self) -> None:
        book = openpyxl.Workbook()
        book.active.append(["Number", "Next step"])
        book.active.append([5001, None])
        out = io.BytesIO()
        book.save(out)
        assert cells(changed(out.getvalue(), change(2, NEXT, sheet="Sheet", key="5001")))["Sheet", 1, 1] == "Call on Monday"


class TestFormulasThatGoByIt:
    """The next run would read what they said before, as nothing calculates them until somebody saves the file."""

    READ = frozenset({"Number", "Status", "Due"})

    def refuse(self, formulas: dict[str, str], heading: str = "Next step") -> str:
        def more(book: Any, sheet: Any) -> None:
            for at, formula in formulas.items():
                sheet.write_formula(at, formula, None, "open")

        with pytest.raises(NotWritten) as refused:
            changed(xlsx(more), replace(change(2, {heading: "Wait"}), reads=self.READ))
        return refused.value.message

    @pytest.mark.parametrize(
        "formula",
        [
            '=IF(G2="Call","open","closed")',
            "=LOWER($G$2)",
            "=COUNTIF(G:G,F2)",
            "=COUNTA(E2:G2)",
            "=Estimates!G2",
            "='Estimates'!$G2",
            "=COUNTA(2:2)",
        ],
    )
    def test_in_a_column_that_is_read(self, formula: str) -> None:
        assert 'the formula in H2 ("Due") goes by it' in self.refuse({"H2": formula})

    def test_by_way_of_another_formula(self) -> None:
        assert 'the formula in H2 ("Due") goes by it' in self.refuse({"J2": "=LEN(G2)", "H2": "=J2*2"})

    def test_by_the_heading_of_a_table(self) -> None:
        assert "goes by it" in self.refuse({"H2": "=LEN(Table1[[#This Row],[Next step]])"})

    def test_one_that_is_shared_with_the_cell_above(self) -> None:
        data = xlsx(lambda book, sheet: sheet.write_column("H2", ["a", "b"]))
        first = re.compile(rb'<c r="H2"[^>]*>.*?</c>'), b'<c r="H2" t="str"><f t="shared" ref="H2:H3" si="0">LEN(G2)</f><v>4</v></c>'
        other = re.compile(rb'<c r="H3"[^>]*>.*?</c>'), b'<c r="H3" t="str"><f t="shared" si="0"/><v>0</v></c>'
        data = with_part(data, SHEET, lambda xml: other[0].sub(other[1], first[0].sub(first[1], xml)))
        with pytest.raises(NotWritten, match=r"row 3.*the formula in H3"):
            changed(data, replace(change(3, NEXT), reads=self.READ))

    @pytest.mark.parametrize(
        ("at", "formula"),
        [
            ("J2", "=LEN(G2)"),
            ("H2", "=LEN(G3)"),
            ("H2", "=LEN(Other!G2)"),
            ("H2", '="G2"'),
            ("H2", "=LEN(AG2)+LOG10(2)"),
            ("H9", "=COUNTIF(G:G,1)"),
        ],
        ids=["in a column that is not read", "another row", "another sheet", "words", "another column", "below the rows"],
    )
    def test_others_are_no_trouble(self, at: str, formula: str) -> None:
        def more(book: Any, sheet: Any) -> None:
            book.add_worksheet("Other")
            sheet.write_formula(at, formula, None, "open")

        data = changed(xlsx(more), replace(change(2, NEXT), reads=self.READ))
        assert cells(data)["Estimates", 1, 6] == "Call on Monday"


class TestRowsThatAreBrought:
    """What a query or a formula fills moves by itself; what we wrote beside it would stay where it is."""

    def test_by_a_query(self) -> None:
        data = xlsx(
            lambda book, sheet: sheet.add_table(
                0, 0, 3, 4, {"columns": [{"header": one} for one in ("Number", "Customer", "Status", "Sent", "Total")]}
            )
        )
        queried = with_part(data, "xl/tables/table1.xml", lambda xml: xml.replace(b"<table ", b'<table tableType="queryTable" ', 1))
        assert cells(changed(data, change(2, NEXT)))["Estimates", 1, 6] == "Call on Monday"
        assert "a query or a formula brings the rows" in refusal(queried)

    def test_by_a_formula(self) -> None:
        data = xlsx(lambda book, sheet: sheet.write_dynamic_array_formula("A2:A4", '=_xlfn._xlws.FILTER(Z2:Z4,Z2:Z4<>"")', None, "EST-1"))
        assert "a query or a formula brings the rows" in refusal(data)


def test_a_rule_for_days_in_a_workbook_that_counts_from_1904() -> None:
    def data(first: date, last: date) -> bytes:
        rule = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        return xlsx(lambda book, sheet: sheet.data_validation("F2:F4", rule), options={"date_1904": True})

    contact = change(2, {"Last contact": date(2026, 11, 23)})
    assert cells(changed(data(date(2026, 1, 1), date(2026, 12, 31)), contact))["Estimates", 1, 5] == date(2026, 11, 23)
    assert "own rule" in refusal(data(date(2027, 1, 1), date(2027, 12, 31)), {"Last contact": date(2026, 11, 23)})
