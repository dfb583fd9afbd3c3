"""Notices when somebody edits config.toml or a recipe while the timetable is kept."""

from collections.abc import Callable, Sequence

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office, open_office
from contractor_ops.timetable.jobs import Job
from contractor_ops.work.watch import Do, Watch


def _fingerprint(office: Office) -> tuple[tuple[str, int, int], ...]:
    """What changes when somebody edits config.toml or a recipe."""
    files = [office.folder / "config.toml", *office.recipe_files().values()]
    found = []
    for file in files:
        try:
            seen = file.stat()
        except OSError:
            continue
        found.append((str(file), seen.st_mtime_ns, seen.st_size))
    return tuple(found)


def changed_jobs(
    office: Office, read: Callable[[], Sequence[Job]], complain: Callable[[ContractorOpsError], None]
) -> Callable[[], Sequence[Job] | None]:
    """What `keep` asks for its jobs: them at first and whenever the office changed something, else None. What cannot be read changes nothing."""
    seen: list[object] = []

    def jobs_now() -> Sequence[Job] | None:
        now = _fingerprint(office)
        if seen and seen[-1] == now:
            return None
        seen[:] = [now]
        try:
            return read()
        except ContractorOpsError as error:
            complain(error)
            return None

    return jobs_now


def take_up_anew(keeper: Watch, jobs_of: Callable[[Office], Sequence[Job]], do_of: Callable[[Office], Do]) -> Sequence[Job]:
    """The jobs of an office that has changed; its time zone and its holidays count from now on too."""
    office = open_office(keeper.office.folder)
    jobs = jobs_of(office)
    office.clock = keeper.office.clock
    keeper.office, keeper.do = office, do_of(office)
    return jobs
