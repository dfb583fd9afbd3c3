"""An office whose commands run inside this process: the same main(), files and ledger as `tests.offices.Office`, without half a second for a start."""

import contextlib
import io
import os
import sys
from collections.abc import Mapping
from unittest.mock import patch

from contractor_ops.cli.main import main
from tests import offices
from tests.offices import Ran


class Office(offices.Office):
    """For stories that take many commands; what concerns processes, pipes and signals starts real ones."""

    def do(self, *words: str, now: str | None = None, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Ran:
        argv = ["contractor-ops", *words, "--office", str(self.folder), *(["--now", now] if now else [])]
        out, err, code = io.StringIO(), io.StringIO(), 0
        given = io.TextIOWrapper(io.BytesIO((stdin or "").encode()))
        typed = (patch.dict(os.environ, dict(env or {})), patch.object(sys, "argv", argv), patch.object(sys, "stdin", given))
        with contextlib.ExitStack() as stack:
            for context in (*typed, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err)):
                stack.enter_context(context)
            try:
                main()
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        return Ran(code, out.getvalue(), err.getvalue())
