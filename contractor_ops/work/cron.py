"""The office's timetable: its jobs, where they would be installed, and their text for crontab, systemd, Windows and launchd."""

import getpass
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from contractor_ops.errors import ContractorOpsError, FilesNeedMending, UnknownName
from contractor_ops.office import Office
from contractor_ops.office_inboxes import check_inbox
from contractor_ops.timetable import crontab, launchd, systemd, windows
from contractor_ops.timetable.jobs import Job, for_some, names_recipe, office_jobs
from contractor_ops.timetable.place import Place, clean, minutes_ahead
from contractor_ops.tomlfile import did_you_mean
from contractor_ops.work.system import run_system

NAME = "contractor-ops"


class Kind(StrEnum):
    """What keeps the schedule."""

    crontab = "crontab"
    systemd = "systemd"
    windows = "windows"
    launchd = "launchd"


def usual_kind() -> Kind:
    """What this machine has."""
    if sys.platform == "win32":
        return Kind.windows
    if sys.platform == "darwin":
        return Kind.launchd
    return Kind.systemd if shutil.which("crontab") is None and shutil.which("systemctl") else Kind.crontab


def jobs_of(office: Office) -> list[Job]:
    """The office's jobs. Raises FilesNeedMending where [inbox] or a recipe of its own cannot be read: it would be left out without a word."""
    jobs, unread = readable_jobs(office)
    if unread:
        raise next(iter(unread.values()))
    return jobs


def readable_jobs(office: Office) -> tuple[list[Job], dict[str, ContractorOpsError]]:
    """The jobs that can be done, and what is wrong with each recipe of the office's own that cannot be read: it stops no other job.

    Where [inbox] cannot be read it is looked into as often as if nothing stood there, and the look says what is wrong.
    """
    unread, config = dict(_unread(office)), office.config
    if "inbox" in unread:
        config = config.model_copy(update={"inbox": {}})
    left_out = set(only_shipped(office))
    return office_jobs(config, [recipe for recipe in office.recipes() if recipe.name not in left_out]), unread


def _unread(office: Office) -> Iterator[tuple[str, ContractorOpsError]]:
    for name in sorted(_own(office)):
        try:
            office.recipe(name)
        except ContractorOpsError as error:
            yield f"{name}.toml", error
    try:
        check_inbox(office.config)
    except ContractorOpsError as error:
        yield "inbox", error


def job_of(office: Office, name: str) -> Job:
    """One job of the office, or of what its name is made of those recipes that are still there. Raises what is wrong with its recipe, or UnknownName."""
    found, unread = readable_jobs(office)
    jobs = {job.name: job for job in found}
    if job := jobs.get(name) or for_some(found, name):
        return job
    for file, error in unread.items():
        if names_recipe(name, file.removesuffix(".toml")):
            raise error
    raise UnknownName(f'"{name}" is no job of this office; {did_you_mean(name, jobs)}', "contractor-ops cron --format json lists them.")


def only_shipped(office: Office) -> list[str]:
    """The recipes with a schedule that nobody here has taken up: they do not stand in recipes/ and have never been run with --send."""
    own = _own(office)
    return [recipe.name for recipe in office.recipes() if recipe.runs and recipe.name not in own and not _has_sent(office, recipe.key)]


def _own(office: Office) -> set[str]:
    folder = office.folder / "recipes"
    return {name for name, file in office.recipe_files().items() if file.parent == folder}


def _has_sent(office: Office, key: str) -> bool:
    return office.ledger_file.exists() and bool(office.ledger.runs(key, 1, sent=True))


def place_of(office: Office, now: datetime) -> Place:
    """Where the schedule goes. Raises FilesNeedMending where it cannot be written for this folder."""
    try:
        folder = clean(str(office.folder.absolute()))
    except ValueError as error:
        raise FilesNeedMending([f"{office.folder.name!r}: {error}."]) from None
    ahead = minutes_ahead(office.zone, _machine_offset, now)
    return Place(folder, program(), office.config.office.timezone, ahead, _mail_to(office))


def _machine_offset(moment: datetime) -> timedelta:
    return moment.astimezone(UTC).astimezone().utcoffset() or timedelta()


def program() -> tuple[str, ...]:
    """The words that start this very program: the command beside this Python, or Python itself."""
    beside = Path(sys.executable).absolute().with_name(NAME + (".exe" if sys.platform == "win32" else ""))
    return (str(beside),) if beside.exists() else (sys.executable, "-m", "contractor_ops")


def _mail_to(office: Office) -> str:
    """Who gets what cron's jobs print: the office, else the owner, else whoever has an address, else this user of the machine."""
    people = office.config.people
    known = [people[key].email for key in ("office", "owner") if key in people] + [person.email for person in people.values()]
    return next((email for email in known if email and crontab.can_be_mailed(email)), _user())


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a machine that has no name for who runs this
        return ""


def knows_zones() -> bool | None:
    """Whether this machine's cron understands CRON_TZ: cronie does. None where there is no cron."""
    done = run_system(["crontab", "-V"])
    return None if done is None else b"cronie" in (done.stdout + done.stderr).lower()


def zone_trouble(kind: Kind, place: Place) -> ContractorOpsError | None:
    """What keeps the times from being right on this machine: its clock is not the office's, and what keeps the schedule knows no other."""
    if kind is Kind.systemd or place.ahead is not None or (kind is Kind.crontab and knows_zones() is not False):
        return None
    return FilesNeedMending(
        [f"This machine's clock is not that of {place.zone}, and {kind.value} here knows no other: the jobs would run at the wrong hour."],
        f"Set the machine's time zone (sudo timedatectl set-timezone {place.zone}), or take --for systemd, which knows time zones, "
        "or leave contractor-ops watch running."
        if kind is Kind.crontab
        else f"Set the machine's time zone to {place.zone}, or leave contractor-ops watch running.",
    )


def how_to_install(kind: Kind, same: str) -> str:
    """The next step where the jobs would run at the wrong hour as they are shown: with systemd where it is there, else once the clock is set."""
    if kind is Kind.crontab and shutil.which("systemctl"):
        return f"To install them at the right hours: contractor-ops cron --install --for {Kind.systemd.value}"
    return f"Set the machine's time zone first; then: contractor-ops cron --install{same}"


def crontab_text(jobs: list[Job], place: Place) -> str:
    """The lines for this machine's cron."""
    return crontab.crontab(jobs, place, knows_zones=not place.ahead or knows_zones() is not False)


def printed(kind: Kind, jobs: list[Job], place: Place, now: datetime) -> Iterator[str]:
    """The whole schedule as text; several files one after another, each under its name."""
    if kind is Kind.crontab:
        yield crontab_text(jobs, place).rstrip("\n")
    elif kind is Kind.systemd:
        for name, text in systemd.units(jobs, place).items():
            yield f"# {name}\n{text}"
    elif kind is Kind.launchd:
        for name, content in launchd.agents(jobs, place).items():
            yield f"<!-- {name} -->\n{content.decode()}"
    else:
        for name, content in windows.tasks(jobs, place, now.date()).items():
            yield f"<!-- {name}.xml -->\n{content.decode('utf-16')}"
            yield f"<!-- {windows.typed(windows.create_command(name, place, f'{name}.xml'))} -->\n"


def as_json(jobs: list[Job], place: Place, office: Office, now: datetime) -> dict[str, Any]:
    """The timetable as a document."""
    open_on = office.facts.calendar.is_business_day
    return {
        "office": place.office,
        "timezone": place.zone,
        "jobs": [
            {
                "name": job.name,
                "sentence": job.sentence,
                "cron": job.when.crontab(),
                "commands": [list(place.command(*step)) for step in job.steps],
                "next": job.when.after(now, open_on),
            }
            for job in jobs
        ],
    }
