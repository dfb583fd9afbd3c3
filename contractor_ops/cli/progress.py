"""A progress bar for long work, on a terminal only; what is over within a second shows none."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

Tell = Callable[[str, int, int | None], None]
"""What is being done, how much of it is done, and how much there is (None when nobody knows)."""
PATIENCE = 1.0


@contextmanager
def progress() -> Iterator[Tell]:
    """Show how far the work is. In a pipe nothing is shown."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    task = bar.add_task("reading", total=None)
    timer = Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
