"""`contractor-ops optout`: addresses that want no messages."""

from typing import Annotated

import typer

from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, open_desk
from contractor_ops.errors import TypedWrong

app = typer.Typer()


@app.command()
def optout(
    ctx: typer.Context,
    address: Annotated[str | None, typer.Argument(metavar="ADDRESS", help="A phone number or an e-mail address.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="The person wants messages again, and said so.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="Show the addresses that want no messages.")] = False,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Stop every automated message to an address, at once and for good."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, say
    from contractor_ops.work.people import opt_out, opted_out

    if list_ or address is None:
        if not list_:
            raise TypedWrong("Name an address, or ask for the list with --list.")
        rows = opted_out(desk.office)
        if format is Format.json:
            print_json(rows)
        elif format is Format.jsonl:
            print_json_lines(rows)
        elif format is Format.csv:
            print_csv(rows, ("address", "since", "source", "name"))
        else:
            for row in rows:
                who = f"  {row['name']}" if row["name"] else ""
                say(f"{row['address']}{who}  since {row['since']}  ({row['source']})")
            if not rows:
                say("Nobody has opted out.")
        return
    known = opt_out(desk.office, address, desk.clock(), remove=remove)
    say(f"{known} gets messages again." if remove else f"{known} gets no more automated messages.")
