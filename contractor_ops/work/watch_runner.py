"""Does one job of the timetable as cron would: each step is a process of the same program, so that nothing leaks from one run into the next."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from contractor_ops.errors import ContractorOpsError, Exit
from contractor_ops.office import Office
from contractor_ops.timetable.jobs import BACKUP, INBOX, Job
from contractor_ops.timetable.place import jobs_named
from contractor_ops.work.alive import MEANS
from contractor_ops.work.watch_slots import Outcome

_LONGEST = 2 * 60 * 60.0
"""Seconds after which a step is stopped: nothing takes so long unless it hangs."""
_BUSY_TRIES, _BUSY_WAIT = 4, 20.0
_TO_END = 10.0
_WIDEST = 160
_SAYS_WHY_FIRST = {Exit.BUG, Exit.TYPED_WRONG, Exit.FILES_NEED_MENDING, Exit.BUSY}


@dataclass
class Stop:
    """What a person typed: Ctrl-C or a signal. Once: after the job under way. Twice: now."""

    asked: int = 0
    child: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    say: Callable[[str], None] = lambda _: None

    def listen(self) -> None:
        """Hear SIGINT and SIGTERM."""
        signal.signal(signal.SIGINT, self._heard)
        signal.signal(signal.SIGTERM, self._heard)

    def _heard(self, *_: object) -> None:
        self.asked += 1
        if self.asked > 1 and self.child is not None and self.child.poll() is None:
            self.child.terminate()
        elif self.child is not None:
            self.say("Stopping when the job under way has ended. Again: stops it now.")

    def __call__(self) -> bool:
        """Whether a person wants to stop."""
        return self.asked > 0

    def sleep(self, seconds: float) -> None:
        """Wait, in short naps: a signal and a machine that slept are noticed."""
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.5))


@dataclass(frozen=True, slots=True)
class Runner:
    """Does jobs of one office. `log` keeps what a job printed in the folder logs, the last time only; else it is printed."""

    office: Office
    program: tuple[str, ...]
    stop: Stop
    more: tuple[str, ...] = ()
    log: bool = True
    busy_wait: float = _BUSY_WAIT

    def do(self, job: Job) -> Outcome:
        """Do the steps until one ends badly."""
        began = time.monotonic()
        code, said = self._steps(job)
        took = f"{time.monotonic() - began:.1f} s"
        if code == Exit.DONE:
            return Outcome(code, f"done, {took}")
        means = MEANS[Exit(code)] if code in set(Exit) else "stopped"
        return Outcome(code, f"ended with {code} ({means}), {took}{f': {said}' if said else ''}")

    def _steps(self, job: Job) -> tuple[int, str]:
        if not self.log:
            return self._all(job, None), ""
        file = self.log_file(job)
        try:
            stream = _opened(file)
        except OSError:  # no room, or a folder that cannot be written to: the job is worth more than what it printed
            return self._all(job, None), ""
        with stream:
            code = self._all(job, stream)
        return code, self._why(code, file) if code else ""

    def keep_why(self, name: str, error: ContractorOpsError) -> None:
        """Write into a job's log why it was not even begun."""
        if not self.log:
            return
        try:
            with _opened(self._file(name)) as stream:
                stream.write("\n".join([*error.lines(), ""]).encode())
        except OSError:
            return

    def _why(self, code: int, file: Path) -> str:
        """What the one line says of a job that ended badly: the program's first sentence, or where all that it printed is kept."""
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        said = next((line.strip()[:_WIDEST] for line in lines if line.strip()), "")
        return said if said and code in _SAYS_WHY_FIRST else f"see {file.relative_to(self.office.folder)}"

    def _all(self, job: Job, stream: IO[bytes] | None) -> int:
        for step in job.steps:
            code = self._one(step, stream)
            if code or self.stop.asked > 1:
                return code
        return Exit.DONE

    def _one(self, step: tuple[str, ...], stream: IO[bytes] | None) -> int:
        """One step. Another look that is under way is waited for, and then it is looked again; another run of a recipe does this one's work."""
        for _ in range(_BUSY_TRIES):
            code = self._process([self._word(word) for word in step], stream)
            if code != Exit.BUSY or step[0] != INBOX or self.stop():
                break
            self.stop.sleep(self.busy_wait)
        return code

    def _process(self, words: list[str], stream: IO[bytes] | None) -> int:
        command = [*self.program, "--office", str(self.office.folder), *self.more, *words]
        # A group of its own: Ctrl-C at the terminal reaches us, who let the job end first. The words are ours, and no shell reads them.
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        self.stop.child = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT if stream else None, env=_environment(self.office),
            creationflags=flags, start_new_session=sys.platform != "win32",
        )  # fmt: skip
        try:
            return self.stop.child.wait(_LONGEST)
        except subprocess.TimeoutExpired:
            self.stop.child.terminate()
            return _ended(self.stop.child)
        finally:
            self.stop.child = None

    def _word(self, word: str) -> str:
        if word != BACKUP:
            return word
        (self.office.folder / "backups").mkdir(exist_ok=True)
        return word.format(office=self.office.folder, day=self.office.clock().astimezone(self.office.zone).date().isoformat())

    def log_file(self, job: Job) -> Path:
        """Where what a job printed is kept."""
        return self._file(job.name)

    def _file(self, name: str) -> Path:
        return self.office.folder / "logs" / f"{jobs_named([name])[name]}.log"


def _opened(file: Path) -> IO[bytes]:
    """A log anew, for this user alone: customers' names and phones stand in it."""
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    return os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600), "wb")


def _ended(child: "subprocess.Popen[bytes]") -> int:
    try:
        return child.wait(_TO_END)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _environment(office: Office) -> dict[str, str]:
    return {**os.environ, "CONTRACTOR_OPS_OFFICE": str(office.folder.absolute())}
