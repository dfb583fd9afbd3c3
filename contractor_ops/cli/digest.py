"""`contractor-ops digest`: the owner's summary, on the screen, as a page, or by e-mail."""

from pathlib import Path
from typing import Annotated

import typer

from contractor_ops.cli.options import Format, FormatOption, NowOption, OfficeOption, open_desk
from contractor_ops.errors import TypedWrong

app = typer.Typer()


@app.command()
def digest(
    ctx: typer.Context,
    daily: Annotated[bool, typer.Option("--daily", help="What changed since yesterday; this one when none is named.")] = False,
    weekly: Annotated[bool, typer.Option("--weekly", help="The last seven days, with twelve weeks of figures.")] = False,
    send: Annotated[
        bool, typer.Option("--send", help="E-mail it to the readers that config.toml names under digest, once a day each.")
    ] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page.", show_default=False)] = None,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Tell the owner what needs a decision, what was done, how the office does, what failed, and the week ahead."""
    if daily and weekly:
        raise TypedWrong("--daily and --weekly cannot both be meant.", "Type one of them.")
    if format not in {Format.table, Format.json}:
        raise TypedWrong(f"A digest cannot be printed as {format.value}.", "Take --format table or --format json, or --html FILE.")
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import print_json, say_wrapped, warn, write_page
    from contractor_ops.reports.digest import DigestKind, digest_json
    from contractor_ops.reports.digest_page import page_of
    from contractor_ops.reports.digest_words import digest_lines
    from contractor_ops.work.alive import alive
    from contractor_ops.work.digest import digest_of
    from contractor_ops.work.digest_mail import send_digest

    kind: DigestKind = "weekly" if weekly else "daily"
    with alive(desk.office, "digest", f"--{kind}", "--send", real=send and not desk.pretended) as job:
        found = digest_of(desk.office, kind, desk.now)
        if html is not None:
            write_page(html, page_of(found))
        if format is Format.json:
            print_json(digest_json(found))
        elif html is None and not send:
            for line in digest_lines(found):
                say_wrapped(line)
        if send:
            sent = send_digest(desk.office, found, desk.clock, pretended=desk.pretended)
            for line in sent.lines:
                warn(line) if format is Format.json else say_wrapped(line)
            job.code = sent.exit_code
    raise typer.Exit(job.code)
