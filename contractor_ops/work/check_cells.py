"""What `check` says of cells that make no sense: each by itself, but odd telephone numbers and addresses in one line."""

from collections.abc import Iterator, Sequence

from contractor_ops.planning.phrases import count
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.table_view import problem_line
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Problem, Table
from contractor_ops.work.check_finding import Finding

_SHOWN, _EXAMPLES = 5, 3
_GATHERED = {"phone": "odd telephone number", "email": "odd e-mail address"}
"""Every sheet has some of these, and a row without a number is told by the recipe that misses it."""


def check_cells(name: str, table: Table) -> Iterator[Finding]:
    """The problems of one table, those that can wait last."""
    about, see = f"table {name}", f"See them with: contractor-ops read {name}"
    kinds = _kinds(table)
    gathered = {kind: [one for one in table.problems if kinds.get(one.column or "") == kind] for kind in _GATHERED}
    single = [one for one in table.problems if kinds.get(one.column or "") not in _GATHERED]
    for problem in (*table.warnings, *table.notes, *single[:_SHOWN]):
        yield Finding("warning", about, problem_line(problem))
    if len(single) > _SHOWN:
        yield Finding("warning", about, f"{len(single) - _SHOWN} more problems", see)
    for kind, some in gathered.items():
        if some:
            yield Finding(
                "warning", about, f"{', '.join(table.files)}: {count(len(some), _GATHERED[kind])}: {_examples(some)}", see, "cosmetic"
            )


def _kinds(table: Table) -> dict[str, str]:
    """What kind of values stands under each of the sheet's headings."""
    matches = [(table.columns.get(column.name), column.kind) for column in TABLES[table.name].columns]
    return {heading: "phone" if kind == "line" else kind for match, kind in matches if match for heading in match.headings}


def _examples(problems: Sequence[Problem]) -> str:
    """ "row 3 "555-01", row 9 "n/a" and 14 more"."""
    told = ", ".join(f'row {one.row} "{one_line(one.value or "")}"' for one in problems[:_EXAMPLES])
    return f"{told} and {len(problems) - _EXAMPLES} more" if len(problems) > _EXAMPLES else told
