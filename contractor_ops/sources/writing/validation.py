"""Data validation: whether a cell's own rule lets a value in. Only what Excel itself would refuse is refused."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

from contractor_ops.ports import NewValue, Sheet
from contractor_ops.sources.writing.areas import Area, read_area, read_areas
from contractor_ops.sources.writing.placing import Target, as_text
from contractor_ops.tables.heading_words import as_heading

_ON = frozenset({"1", "true", "on"})
# Rows without $ would move along with the cell.
_RANGE = re.compile(r"(?:(?:'((?:[^']|'')+)'|([^'!\[\]]+))!)?(\$?[A-Z]{1,3}\$\d+(?::\$?[A-Z]{1,3}\$\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3})")
_WRITE_OTHERWISE = "Change the rule (Data, Data Validation) or name another column."
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule and the cells it is for. `first_day` is the one that the workbook counts from."""

    areas: Sequence[Area]
    kind: str
    operator: str
    first: str
    second: str
    names: Mapping[str, str]
    first_day: date

    def refuse(self, target: Target, sheets: Mapping[str | None, Sheet]) -> None:
        """Raise NotWritten where the rule does not let the target's value in, or nobody can tell."""
        if target.value is None or not any(area.holds(target.row, target.column) for area in self.areas):
            return
        if self.kind == "list":
            self._refuse_unlisted(target, sheets)
        elif self.kind != "none" and not self._fits(target.value):
            raise target.refused(f'the cell\'s own rule does not let "{as_text(target.value)}" in, or cannot be told', _WRITE_OTHERWISE)

    def _refuse_unlisted(self, target: Target, sheets: Mapping[str | None, Sheet]) -> None:
        allowed = self._listed(target, sheets)
        if allowed is None:
            raise target.refused("the cell has a drop-down list that cannot be looked up", _WRITE_OTHERWISE)
        text = as_text(target.value)
        # A list that is typed into the rule minds capitals, one that stands in cells does not.
        if text not in allowed and (self.first.startswith('"') or text.casefold() not in {one.casefold() for one in allowed}):
            shown = ", ".join(allowed[:_SHOWN]) + (" …" if len(allowed) > _SHOWN else "")
            raise target.refused(
                f'"{text}" is not in the cell\'s drop-down list ({shown})', f'Add "{text}" to the list, or name another column.'
            )

    def _listed(self, target: Target, sheets: Mapping[str | None, Sheet]) -> list[str] | None:
        """What the list holds; None where it is no plain list or range."""
        formula = self.first.removeprefix("=").strip()
        if formula.startswith('"') and formula.endswith('"'):
            return [one.strip() for one in formula[1:-1].replace('""', '"').split(",")]
        formula = self.names.get(formula.casefold(), formula)
        found = _RANGE.fullmatch(formula)
        sheet = sheets.get((found[1] or "").replace("''", "'") or found[2] or target.sheet) if found else None
        if found is None or sheet is None:
            return None
        area = read_area(found[3])
        return [as_heading(_shown(cell)) for row in sheet.rows[area.top : area.bottom + 1] for cell in row[area.left : area.right + 1]]

    def _fits(self, value: NewValue) -> bool:
        number = Decimal(len(as_text(value))) if self.kind == "textLength" else _number(value, self.first_day)
        bounds = [_literal(self.first), _literal(self.second)]
        if number is None or bounds[0] is None or (self.kind == "whole" and number % 1):
            return False
        first, second = bounds[0], bounds[1]
        match self.operator:
            case "between" | "notBetween":
                return second is not None and (first <= number <= second) == (self.operator == "between")
            case "equal" | "notEqual":
                return (number == first) == (self.operator == "equal")
            case "greaterThan":
                return number > first
            case "greaterThanOrEqual":
                return number >= first
            case "lessThan":
                return number < first
            case "lessThanOrEqual":
                return number <= first
        return False


def read_rules(frame: ElementTree.Element, names: Mapping[str, str], first_day: date) -> list[Rule]:
    """The rules that refuse (not those that only warn), also those that newer versions of Excel keep apart."""
    found = (one for one in frame.iter() if one.tag.endswith("}dataValidation"))
    return [_rule(one, names, first_day) for one in found if one.get("showErrorMessage") in _ON and one.get("errorStyle", "stop") == "stop"]


def _rule(element: ElementTree.Element, names: Mapping[str, str], first_day: date) -> Rule:
    texts = {tag: "".join(one.itertext()).strip() for one in element for tag in [one.tag.rpartition("}")[2]]}
    areas = read_areas(element.get("sqref") or texts.get("sqref", ""))
    return Rule(
        areas,
        element.get("type", "none"),
        element.get("operator", "between"),
        texts.get("formula1", ""),
        texts.get("formula2", ""),
        names,
        first_day,
    )


def _number(value: NewValue, first_day: date) -> Decimal | None:
    match value:
        case datetime():
            start = datetime(first_day.year, first_day.month, first_day.day)  # noqa: DTZ001 (a sheet's days have no zone)
            return Decimal((value - start).total_seconds()) / 86_400
        case date():
            return Decimal((value - first_day).days)
        case Decimal() | int():
            return Decimal(value)
    return None


def _literal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _shown(cell: object) -> object:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
