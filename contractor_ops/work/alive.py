"""A job that tells whether it is alive: the dead-man's switch hears of its start and its end, the log file keeps a line."""

import shlex
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from contractor_ops.errors import ContractorOpsError, Exit
from contractor_ops.logfile import note
from contractor_ops.office import Office
from contractor_ops.ports import Beat
from contractor_ops.work.beats import keep_beat

MEANS = {
    Exit.DONE: "done", Exit.BUG: "a bug", Exit.TYPED_WRONG: "typed wrong", Exit.FILES_NEED_MENDING: "files need mending",
    Exit.BRAKE: "a brake stopped it", Exit.SOME_FAILED: "some messages failed", Exit.BUSY: "another run was under way",
}  # fmt: skip


@dataclass(slots=True)
class Job:
    """One job under way: `code` is what it will end with, `about` a few words without anybody's data, such as the names of brakes."""

    words: Sequence[str]
    code: int = Exit.DONE
    about: str = ""

    @property
    def name(self) -> str:
        """What the dead-man's switch calls it: "run-estimate-follow-up", "digest-weekly"."""
        return "-".join(word.removeprefix("--") for word in self.words if word != "--send")


@contextmanager
def alive(office: Office, *words: str, real: bool) -> Iterator[Job]:
    """Do a job under the eyes of the dead-man's switch. With `real` false (a rehearsal, a pretended time) nobody is told."""
    job, began = Job(words), time.monotonic()
    if not real:
        yield job
        return
    _tell(office, job, "start")
    try:
        yield job
    except ContractorOpsError as error:
        job.code = error.exit_code
        raise
    except BaseException as error:
        job.code, job.about = Exit.BUG, type(error).__name__
        raise
    finally:
        if job.code != Exit.BUSY:  # nothing failed: the run that is under way will tell how it ended
            _tell(office, job, "success" if job.code == Exit.DONE else "failure")
        note(f"{_stamp(office)} {office.folder.resolve().name}: {shlex.join(words)}: {_ended(job)}, {time.monotonic() - began:.1f} s")


def _tell(office: Office, job: Job, beat: Beat) -> None:
    heartbeat = office.heartbeat
    if heartbeat is None:
        return
    text = f"{' '.join(job.words)}: {'started' if beat == 'start' else _ended(job)}"
    trouble = heartbeat.beat(beat, job.name, int(job.code), text)
    if beat != "start":
        keep_beat(office, trouble, datetime.now(office.zone))
    if trouble:
        note(f"{_stamp(office)} {office.folder.resolve().name}: the heartbeat was not heard: {trouble}")


def _ended(job: Job) -> str:
    about = f" ({job.about})" if job.about else ""
    return f"exit {int(job.code)}, {MEANS[Exit(job.code)]}{about}"


def _stamp(office: Office) -> str:
    return datetime.now(office.zone).isoformat(timespec="seconds")
