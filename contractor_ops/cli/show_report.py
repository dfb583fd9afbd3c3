"""Showing an exception report: Rich on a terminal, plain text in a pipe."""

import sys
from typing import TYPE_CHECKING

from contractor_ops.cli.output import is_terminal, terminal

if TYPE_CHECKING:
    from contractor_ops.reports.exception_report import ExceptionReport


def show_report(report: "ExceptionReport") -> None:
    """Print it for whoever is there."""
    if is_terminal():
        from contractor_ops.reports.terminal import render_terminal

        render_terminal(report, terminal())
    else:
        from contractor_ops.reports.plain import render_plain

        sys.stdout.write(render_plain(report))
