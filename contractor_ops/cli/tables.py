"""`contractor-ops tables`: what the columns are called."""

from typing import Annotated

import typer

from contractor_ops.cli.complete import table_names
from contractor_ops.cli.options import Format, FormatOption

app = typer.Typer()


@app.command()
def tables(
    name: Annotated[str | None, typer.Argument(metavar="[TABLE]", help="Only this table.", autocompletion=table_names)] = None,
    format: FormatOption = Format.table,
) -> None:
    """List every table with its columns, the headings that are recognised, and the words that each status understands."""
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, say
    from contractor_ops.errors import UnknownName
    from contractor_ops.reports.catalogue_view import CATALOGUE_COLUMNS, catalogue_json, catalogue_lines, catalogue_rows
    from contractor_ops.tomlfile import did_you_mean
    from contractor_ops.views.catalogue import READABLE

    if name is not None and name not in READABLE:
        raise UnknownName(f'"{name}" is no table; {did_you_mean(name, READABLE)}')
    chosen = [READABLE[name]] if name else list(READABLE.values())
    if format is Format.json:
        print_json({spec.name: catalogue_json(spec) for spec in chosen})
    elif format is Format.jsonl:
        print_json_lines(catalogue_rows(chosen))
    elif format is Format.csv:
        print_csv(catalogue_rows(chosen), CATALOGUE_COLUMNS)
    else:
        for line in catalogue_lines(chosen):
            say(line)
