"""Puts the office's schedule into this machine, and takes it out again. Only what is ours is touched."""

import difflib
import os
import shlex
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from contractor_ops.errors import FilesNeedMending
from contractor_ops.office import Office
from contractor_ops.timetable import crontab, launchd, systemd, windows
from contractor_ops.timetable.jobs import Job
from contractor_ops.timetable.place import Place
from contractor_ops.work.cron import Kind, crontab_text, zone_trouble
from contractor_ops.work.system import run_system


def install(kind: Kind, office: Office, jobs: list[Job], place: Place, now: datetime) -> Iterator[str]:
    """Put the schedule in; sentences and what was changed. Raises FilesNeedMending, with nothing changed, where it would run at wrong hours."""
    trouble = zone_trouble(kind, place)
    if trouble is not None:
        raise trouble
    (office.folder / "backups").mkdir(exist_ok=True)
    (office.folder / "logs").mkdir(exist_ok=True)
    if kind is Kind.crontab:
        yield from _change_crontab(office.folder, now, lambda text: crontab.put_in(text, crontab_text(jobs, place), place.office))
    elif kind is Kind.systemd:
        yield from _install_systemd(jobs, place)
    elif kind is Kind.launchd:
        yield from _install_launchd(jobs, place)
    else:
        yield from _install_windows(office, jobs, place, now)


def remove(kind: Kind, folder: Path, jobs: list[Job], place: Place, now: datetime) -> Iterator[str]:
    """Take the schedule out; sentences and what was changed. `folder` keeps a copy of the crontab as it was."""
    if kind is Kind.crontab:
        yield from _change_crontab(folder, now, lambda text: crontab.take_out(text, place.office))
    elif kind is Kind.systemd:
        yield from _remove_systemd(place, keep=())
        yield "The jobs are taken out."
    elif kind is Kind.launchd:
        yield from _remove_launchd(place, keep=())
        yield "The jobs are taken out."
    else:
        yield from _remove_windows(folder / "schedule", place, windows.tasks(jobs, place, now.date()), keep=())


# ── crontab ──


def _change_crontab(folder: Path, now: datetime, change: Callable[[str], str]) -> Iterator[str]:
    before = crontab_of_user()
    try:
        after = change(before)
    except ValueError as error:
        raise FilesNeedMending([str(error)], "Take those lines out with crontab -e, then type it again.") from None
    if after == before:
        yield "The crontab is as it should be; nothing was changed."
        return
    copy = folder / "backups" / f"crontab-{now:%Y-%m-%d-%H%M%S}.txt"
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(_bytes(before))
    _asked("-", given=_bytes(after))
    yield from _difference(before, after)
    yield f"The crontab was changed. It stands in {copy} as it was. See it with: crontab -l"


def crontab_of_user() -> str:
    """The crontab of this user, "" where there is none yet. Raises FilesNeedMending where this machine has no cron."""
    return _asked("-l").decode("utf-8", "surrogateescape")


def _asked(word: str, given: bytes | None = None) -> bytes:
    done = run_system(["crontab", word], given)
    if done is None:
        raise FilesNeedMending(["This machine has no cron."], "Take --for systemd, or leave contractor-ops watch running.")
    if done.returncode and b"no crontab" not in done.stderr.lower():
        raise FilesNeedMending([f"crontab: {done.stderr.decode(errors='replace').strip() or 'refused'}"])
    return done.stdout


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _difference(before: str, after: str) -> Iterator[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", lineterm="", n=1)
    yield from (line.encode("utf-8", "replace").decode() for line in lines)


# ── systemd ──


def user_units() -> Path:
    """Where systemd looks for the units of this user."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def _install_systemd(jobs: list[Job], place: Place) -> Iterator[str]:
    units, folder = systemd.units(jobs, place), user_units()
    yield from _remove_systemd(place, keep=units)
    yield from _write(folder, {name: text.encode() for name, text in units.items()})
    timers = [name for name in units if name.endswith(".timer")]
    yield from _run_or_tell([["systemctl", "--user", "daemon-reload"], ["systemctl", "--user", "enable", "--now", *timers]])
    yield f"See when each runs next: systemctl --user list-timers '{systemd.prefix(place)}*'"
    yield "So that they run while nobody is logged in, type once: sudo loginctl enable-linger $USER"


def _remove_systemd(place: Place, keep: Mapping[str, str] | tuple[()]) -> Iterator[str]:
    old = [file for file in sorted(user_units().glob(f"{systemd.prefix(place)}*")) if file.name not in keep]
    timers = [file.name for file in old if file.suffix == ".timer"]
    if timers:
        yield from _run_or_tell([["systemctl", "--user", "disable", "--now", *timers]])
    for file in old:
        file.unlink()
        yield f"Taken out: {file}"


# ── launchd ──


def agents_folder() -> Path:
    """Where launchd looks for the agents of this user."""
    return Path.home() / "Library" / "LaunchAgents"


def _install_launchd(jobs: list[Job], place: Place) -> Iterator[str]:
    agents, folder = launchd.agents(jobs, place), agents_folder()
    yield from _remove_launchd(place, keep=())
    yield from _write(folder, agents)
    yield from _run_or_tell([["launchctl", "bootstrap", _domain(), str(folder / name)] for name in agents])
    yield f"See them: launchctl list | grep {launchd.prefix(place)}"


def _remove_launchd(place: Place, keep: Sequence[str]) -> Iterator[str]:
    for file in sorted(agents_folder().glob(f"{launchd.prefix(place)}*.plist")):
        if file.name not in keep:
            yield from _run_or_tell([["launchctl", "bootout", f"{_domain()}/{file.stem}"]])
            file.unlink()
            yield f"Taken out: {file}"


def _domain() -> str:
    return f"gui/{os.getuid()}" if sys.platform != "win32" else ""


# ── Windows ──


def _install_windows(office: Office, jobs: list[Job], place: Place, now: datetime) -> Iterator[str]:
    folder = office.folder / "schedule"
    tasks = windows.tasks(jobs, place, now.date())
    yield from _remove_windows(folder, place, (), keep=tasks)
    yield from _write(folder, {f"{name}.xml": content for name, content in tasks.items()})
    yield from _windows([windows.create_command(name, place, str((folder / f"{name}.xml").absolute())) for name in tasks])
    yield f"See them in the Task Scheduler, under {windows.folder(place)}."


def _remove_windows(folder: Path, place: Place, more: Iterable[str], keep: Collection[str]) -> Iterator[str]:
    """Take out the tasks whose files stand in the office's folder `schedule`, and `more`."""
    old = [file for file in sorted(folder.glob("*.xml")) if file.stem not in keep]
    names = dict.fromkeys([*(file.stem for file in old), *more])
    if names:
        yield from _windows([windows.delete_command(name, place) for name in names])
    for file in old:
        file.unlink()


def _windows(commands: Sequence[list[str]]) -> Iterator[str]:
    if sys.platform == "win32":
        yield from _run_or_tell(commands)
        return
    yield "Type on the Windows machine:"
    yield from (windows.typed(command) for command in commands)


# ── all ──


def _write(folder: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise FilesNeedMending([f"{folder} cannot be written: {error.strerror}."]) from None
    yield f"Written into {folder}: {len(files)} files."


def _run_or_tell(commands: Sequence[list[str]]) -> Iterator[str]:
    """Run commands of the system; one that cannot be run here is told, to be typed by hand."""
    for words in commands:
        done = run_system(words)
        if done is None:
            yield f"Type: {_typed(words)}"
        elif done.returncode:
            said = (done.stderr or done.stdout).decode(errors="replace").strip()
            yield f"{words[0]} did not take it ({said or f'exit {done.returncode}'}). Type it yourself: {_typed(words)}"


def _typed(words: Sequence[str]) -> str:
    return windows.typed(words) if sys.platform == "win32" else shlex.join(words)
