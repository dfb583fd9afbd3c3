"""`contractor-ops why`: everything decided about one record."""

from typing import Annotated

import typer

from contractor_ops.cli.complete import table_names
from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, TableOption, open_desk

app = typer.Typer()


@app.command()
def why(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="TABLE", help="A table, like invoices.", autocompletion=table_names)],
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record's number, or the customer's name.")],
    table: TableOption = None,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Tell one record's whole story: what its row says, what each recipe decides now, and what has happened."""
    desk = open_desk(ctx, office, now, table)
    from contractor_ops.cli.asked import note_asked
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, say_wrapped
    from contractor_ops.reports.story import story_json, story_lines
    from contractor_ops.work.why import why as tell

    story = tell(desk.office, name, record, desk.now)
    note_asked(desk, "why")
    if format is Format.json:
        print_json(story_json(story))
    elif format is Format.jsonl:
        print_json_lines(story_json(story)["decisions"])
    elif format is Format.csv:
        print_csv(story.history, ("time", "recipe", "step", "state", "channel", "address", "detail"))
    else:
        for line in story_lines(story):
            say_wrapped(line)
