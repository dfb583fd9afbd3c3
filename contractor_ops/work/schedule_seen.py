"""Whether this machine keeps the office's timetable: in a crontab, by systemd, launchd or the Task Scheduler, or in `watch`."""

import getpass
from collections.abc import Iterator
from datetime import datetime
from subprocess import SubprocessError

from contractor_ops.errors import RunUnderWay
from contractor_ops.office import Office
from contractor_ops.timetable import crontab, launchd, systemd, windows
from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.place import Place
from contractor_ops.work.cron import Kind, crontab_text
from contractor_ops.work.cron_install import agents_folder, user_units
from contractor_ops.work.system import run_system

WATCH = "watch"


def kept_by(office: Office, jobs: list[Job], place: Place, now: datetime) -> Iterator[tuple[str, bool]]:
    """What keeps the timetable here ("crontab", …, "watch"), and whether it keeps it as config.toml and the recipes have it today."""
    text = _said(["crontab", "-l"])
    if crontab.begin_and_end(place.office)[0] in text:
        yield Kind.crontab, _is_as_it_should_be(text, crontab_text(jobs, place), place.office)
    units = {file.name: file.read_text("utf-8", "replace") for file in sorted(user_units().glob(f"{systemd.prefix(place)}*"))}
    if any(name.endswith(".timer") for name in units):
        yield Kind.systemd, units == systemd.units(jobs, place)
    agents = {file.name: file.read_bytes() for file in sorted(agents_folder().glob(f"{launchd.prefix(place)}*.plist"))}
    if agents:
        yield Kind.launchd, agents == launchd.agents(jobs, place)
    task = next(iter(windows.tasks(jobs, place, now.date())), "")
    if task and _said(["schtasks", "/Query", "/TN", f"{windows.folder(place)}\\{task}"]):
        yield Kind.windows, True
    if _watch_is_under_way(office):
        yield WATCH, True


def _is_as_it_should_be(text: str, block: str, office: str) -> bool:
    try:
        return crontab.put_in(text, block, office) == text
    except ValueError:  # half of it was taken away by hand
        return False


def stops_at_logout() -> bool:
    """Whether systemd ends this user's timers when nobody is logged in."""
    return _said(["loginctl", "show-user", getpass.getuser(), "--property=Linger", "--value"]).strip() == "no"


def _watch_is_under_way(office: Office) -> bool:
    try:
        with office.lock(WATCH):
            return False
    except RunUnderWay:
        return True


def _said(words: list[str]) -> str:
    """What a command of the system prints; "" where it is not there, or refuses."""
    try:
        done = run_system(words)
    except (OSError, SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "surrogateescape") if done is not None and done.returncode == 0 else ""
