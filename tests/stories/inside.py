"""An office whose commands run inside this process: the same main(), files and ledger as `tests.offices.Office`, without half a second for a start."""

import contextlib
import io
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO
from unittest.mock import patch

from contractor_ops.cli.main import main
from tests import offices
from tests.offices import Ran


class Office(offices.Office):
    """For stories that take many commands; what concerns processes, pipes and signals starts real ones."""

    def do(self, *words: str, now: str | None = None, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        code = run_main([*words, "--office", str(self.folder), *(["--now", now] if now else [])], env or {}, out, err, stdin or "")
        return Ran(code, out.getvalue(), err.getvalue())


def run_main(words: Sequence[str], env: Mapping[str, str], out: TextIO, err: TextIO, stdin: str = "") -> int:
    """What is typed after `contractor-ops`, run in this process: its exit code."""
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()))
    typed = (patch.dict(os.environ, env), patch.object(sys, "argv", ["contractor-ops", *words]), patch.object(sys, "stdin", given))
    with contextlib.ExitStack() as stack:
        for context in (*typed, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err)):
            stack.enter_context(context)
        try:
            main()
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    return 0
