"""`contractor-ops schema run`: the JSON Schema of a run."""

import typer

app = typer.Typer(help="The JSON Schema of what other programs read.", no_args_is_help=True)


@app.callback()
def schema() -> None:
    """The JSON Schema of what other programs read."""


@app.command()
def run() -> None:
    """Print the JSON Schema of a run document (`run RECIPE --format json`)."""
    from contractor_ops.cli.output import print_json
    from contractor_ops.reports.run_schema import RUN_SCHEMA

    print_json(RUN_SCHEMA)
