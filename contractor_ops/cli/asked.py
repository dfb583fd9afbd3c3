"""Counting what people look up by themselves."""

from contractor_ops.cli.options import Desk


def note_asked(desk: Desk, what: str) -> None:
    """Note that a person asked; cron and pipes are nobody, and a pretended time is no time at which the owner could have been asked."""
    from contractor_ops.cli.output import is_terminal, warn
    from contractor_ops.work.questions import note_question

    if is_terminal() and not desk.pretended and (trouble := note_question(desk.office, what, desk.clock())):
        warn(trouble)
