"""Commands of the system: looked up, run without input from the terminal, never for ever."""

import shutil
import subprocess

_LONGEST = 120


def run_system(words: list[str], given: bytes | None = None) -> "subprocess.CompletedProcess[bytes] | None":
    """Run a command of the system, found by its name; None where this machine has none of that name."""
    program = shutil.which(words[0])
    if program is None:
        return None
    # The words are ours, and no shell reads them.
    return subprocess.run([program, *words[1:]], input=given or b"", capture_output=True, timeout=_LONGEST, check=False)  # noqa: S603
