"""cron --install and --remove: the user's crontab, systemd's user units, and cron itself where this machine has it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from tests.offices import ESTIMATES, Office, follow_up

ROWS = [("E-1", "Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", "11/20/2026", "$480", "")]
NOW = "2026-11-23T10:00"
CRONTAB = """#!/bin/sh
# Keeps a crontab in a file, as crontab(1) does for a user; says what Debian's says where there is none.
kept="$(dirname "$0")/kept"
case "$1" in
    -V) echo "{version}"; exit {knows} ;;
    -l) [ -e "$kept" ] && exec cat "$kept"; echo "no crontab for somebody" >&2; exit 1 ;;
    -) cat > "$kept" ;;
esac
"""
OWN = b"MAILTO=me@example.com\n# m\xefne\n*/7 * * * * /usr/bin/backup 'my files'\t\n"


def office_in(folder: Path) -> Office:
    office = Office(folder).sheet("estimates", ESTIMATES, ROWS)
    return office.recipe("mine", follow_up().replace('mode  = "auto"', 'mode  = "auto"\nruns  = "weekdays 09:05"'))


def system(folder: Path, crontab: str = "") -> dict[str, str]:
    """A machine whose crontab, if it has one, is ours; the home folder too."""
    programs = folder / "programs"
    programs.mkdir()
    if crontab:
        (programs / "crontab").write_text(crontab, encoding="utf-8")
        (programs / "crontab").chmod(0o755)
    for name in ("sh", "cat", "dirname"):
        (programs / name).symlink_to(shutil.which(name) or name)
    return {"PATH": str(programs), "HOME": str(folder / "home"), "TZ": "America/Chicago", "XDG_CONFIG_HOME": str(folder / "config")}


@pytest.fixture
def debian(tmp_path: Path) -> dict[str, str]:
    return system(tmp_path, CRONTAB.format(version="crontab: invalid option -- 'V'", knows=1))


def kept(env: dict[str, str]) -> bytes:
    return (Path(env["PATH"]) / "kept").read_bytes()


def test_only_our_own_block_is_put_in_and_taken_out(tmp_path: Path, debian: dict[str, str]) -> None:
    office = office_in(tmp_path / "Bo's 50% office")
    (Path(debian["PATH"]) / "kept").write_bytes(OWN)
    first = office.do("cron", "--install", now=NOW, env=debian)
    assert first.code == 0, first.err
    assert kept(debian).startswith(OWN)
    assert "+5 9 * * 1-5" not in first.out
    assert "+8 9 * * 1-5 contractor-ops inbox --quiet && contractor-ops run mine --send --quiet" in first.out.splitlines()
    assert "-*/7" not in first.out
    assert (office.folder / "backups" / "crontab-2026-11-23-100000.txt").read_bytes() == OWN
    again = office.do("cron", "--install", now=NOW, env=debian)
    assert again.out == "The crontab is as it should be; nothing was changed.\n"
    office.recipe("mine", (office.folder / "recipes" / "mine.toml").read_text(encoding="utf-8").replace("09:05", "09:07"))
    changed = office.do("cron", "--install", now="2026-11-23T10:01", env=debian)
    assert [line for line in changed.out.splitlines() if line[:1] in "+-" and line[:3] not in {"+++", "---"} and "#" not in line] == [
        "-8 9 * * 1-5 contractor-ops inbox --quiet && contractor-ops run mine --send --quiet",
        "+7 9 * * 1-5 contractor-ops inbox --quiet && contractor-ops run mine --send --quiet",
    ]
    office.do("cron", "--remove", now="2026-11-23T10:02", env=debian)
    assert kept(debian) == OWN


def test_where_there_is_no_crontab_yet_one_is_made(tmp_path: Path, debian: dict[str, str]) -> None:
    office = office_in(tmp_path / "office")
    assert office.do("cron", "--install", now=NOW, env=debian).code == 0
    printed = office.do("cron", now=NOW, env=debian).out
    assert printed.rstrip("\n") in kept(debian).decode()


def test_where_the_times_would_be_wrong_nothing_is_put_in(tmp_path: Path, debian: dict[str, str]) -> None:
    office, utc = office_in(tmp_path / "office"), {**debian, "TZ": "UTC"}
    refused = office.do("cron", "--install", now=NOW, env=utc)
    assert refused.code == 3
    assert "This machine's clock is not that of America/Chicago" in refused.err
    assert "timedatectl set-timezone America/Chicago" in refused.err
    assert not (Path(debian["PATH"]) / "kept").exists()
    printed = office.do("cron", now=NOW, env=utc)
    assert printed.code == 0
    assert "CRON_TZ=America/Chicago" in printed.out
    assert "This machine's clock is not that of America/Chicago" in printed.err


def test_where_the_machine_is_always_an_hour_behind_the_times_are_turned(tmp_path: Path, debian: dict[str, str]) -> None:
    office, denver = office_in(tmp_path / "office"), {**debian, "TZ": "America/Denver"}
    assert office.do("cron", "--install", now=NOW, env=denver).code == 0
    text = kept(debian).decode()
    assert "8 8 * * 1-5 contractor-ops inbox --quiet && contractor-ops run mine --send --quiet\n" in text
    assert "CRON_TZ" not in text


def test_a_cron_that_knows_zones_is_told_the_offices(tmp_path: Path) -> None:
    office, cronie = office_in(tmp_path / "office"), {**system(tmp_path, CRONTAB.format(version="cronie 1.7.2", knows=0)), "TZ": "UTC"}
    assert office.do("cron", "--install", now=NOW, env=cronie).code == 0
    text = kept(cronie).decode()
    assert "CRON_TZ=America/Chicago\n" in text
    assert "8 9 * * 1-5 contractor-ops inbox" in text


def test_a_machine_without_cron_says_so(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office")
    refused = office.do("cron", "--install", "--for", "crontab", now=NOW, env=system(tmp_path))
    assert (refused.code, refused.err.splitlines()[0]) == (3, "This machine has no cron.")


def test_systemd_gets_units_of_this_office_and_loses_those_that_are_not_needed_any_more(tmp_path: Path) -> None:
    office, env = office_in(tmp_path / "North side"), system(tmp_path)
    folder = tmp_path / "config" / "systemd" / "user"
    folder.mkdir(parents=True)
    (folder / "contractor-ops-other-1234-inbox.timer").write_text("of another office", encoding="utf-8")
    ran = office.do("cron", "--install", "--for", "systemd", now=NOW, env=env)
    assert ran.code == 0, ran.err
    assert "Type: systemctl --user daemon-reload" in ran.out
    names = sorted(file.name.split("-", 5)[-1] for file in folder.glob("contractor-ops-north-side-*"))
    assert names == sorted(
        f"{job}.{end}" for job in ("inbox", "mine", "call-list", "report", "ledger-backup") for end in ("service", "timer")
    )
    (office.folder / "recipes" / "mine.toml").rename(office.folder / "recipes" / "yours.toml")
    again = office.do("cron", "--install", "--for", "systemd", now=NOW, env=env)
    assert "mine.timer" in again.out
    assert not list(folder.glob("*-mine.*"))
    assert len(list(folder.glob("*-yours.*"))) == 2
    office.do("cron", "--remove", "--for", "systemd", now=NOW, env=env)
    assert [file.name for file in folder.iterdir()] == ["contractor-ops-other-1234-inbox.timer"]


def test_windows_and_macos_are_told_what_to_type(tmp_path: Path) -> None:
    office, env = office_in(tmp_path / "office"), system(tmp_path)
    windows = office.do("cron", "--install", "--for", "windows", now=NOW, env=env)
    assert windows.code == 0
    assert "schtasks /Create /TN" in windows.out
    assert len(list((office.folder / "schedule").glob("*.xml"))) == 5
    macos = office.do("cron", "--install", "--for", "launchd", now=NOW, env=env)
    assert macos.code == 0
    assert len(list((tmp_path / "home" / "Library" / "LaunchAgents").glob("contractor-ops.office-*.plist"))) == 5
    assert macos.out.count("Type: launchctl bootstrap") == 5
    gone = office.do("cron", "--remove", "--for", "launchd", now=NOW, env=env)
    assert gone.code == 0
    assert list((tmp_path / "home" / "Library" / "LaunchAgents").iterdir()) == []


def test_the_schedule_as_json(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    said = office.do("cron", "--format", "json", now=NOW).json
    mine = next(job for job in said["jobs"] if job["name"] == "mine")
    assert (mine["cron"], mine["next"]) == (["8 9 * * 1-5"], "2026-11-24T09:08:00-06:00")
    assert mine["commands"][1][-4:] == ["run", "mine", "--send", "--quiet"]


def test_what_only_ships_is_left_out_until_somebody_takes_it_up(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, ROWS)
    before = office.do("cron", "--for", "crontab", now=NOW, env={"TZ": "America/Chicago"})
    assert "estimate-follow-up" not in before.out
    assert before.err.splitlines()[0] == "Left out, because nobody here has taken them up: estimate-follow-up."
    assert before.err.splitlines()[-1] == (
        "2 jobs are shown; nothing was installed. To install them: contractor-ops cron --install --for crontab"
    )
    office.do("run", "estimate-follow-up", "--send", now=NOW)
    assert "contractor-ops run estimate-follow-up --send" in office.do("cron", "--for", "crontab", now=NOW).out


@pytest.mark.parametrize("kind", ["crontab", "systemd", "windows", "launchd"])
def test_what_is_only_shown_ends_with_how_to_install_it(tmp_path: Path, kind: str) -> None:
    shown = office_in(tmp_path).do("cron", "--for", kind, now=NOW, env={"TZ": "America/Chicago"})
    assert shown.code == 0
    assert (
        shown.err.splitlines()[-1]
        == f"5 jobs are shown; nothing was installed. To install them: contractor-ops cron --install --for {kind}"
    )


@pytest.mark.parametrize(
    ("kind", "systemctl", "then"),
    [
        ("crontab", True, "To install them at the right hours: contractor-ops cron --install --for systemd"),
        ("crontab", False, "Set the machine's time zone first; then: contractor-ops cron --install --for crontab"),
        ("windows", True, "Set the machine's time zone first; then: contractor-ops cron --install --for windows"),
    ],
)
def test_what_would_run_at_the_wrong_hour_is_not_the_next_step(tmp_path: Path, kind: str, systemctl: bool, then: str) -> None:
    machine = tmp_path / "machine"
    machine.mkdir()
    for name, text in {"crontab": "echo 'usage: crontab' >&2; exit 1", **({"systemctl": "exit 0"} if systemctl else {})}.items():
        (machine / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (machine / name).chmod(0o755)
    shown = office_in(tmp_path / "office").do("cron", "--for", kind, now=NOW, env={"TZ": "UTC", "PATH": str(machine)})
    assert shown.code == 0
    assert "the jobs would run at the wrong hour" in shown.err
    assert shown.err.splitlines()[-1] == f"5 jobs are shown; nothing was installed. {then}"


def test_how_often_the_inbox_is_looked_into(tmp_path: Path) -> None:
    office = office_in(tmp_path).configure('[inbox]\nevery = "every 2 minutes"\n')
    refused = office.do("cron", "--for", "crontab", now=NOW)
    assert refused.code == 3
    assert 'every: "every 2 minutes" is more often than a look may take; write "every 5 minutes"' in refused.err


def test_a_recipe_that_cannot_be_read_is_told_before_anything_is_put_in(tmp_path: Path, debian: dict[str, str]) -> None:
    office = office_in(tmp_path / "office").recipe("broken", "title = 3")
    refused = office.do("cron", "--install", now=NOW, env=debian)
    assert refused.code == 3
    assert "broken.toml" in refused.err
    assert not (Path(debian["PATH"]) / "kept").exists()


def until(happened: Callable[[], bool], seconds: int) -> None:
    for _ in range(seconds):
        if happened():
            return
        time.sleep(1)
    raise AssertionError("it did not happen")


CRON = shutil.which("cron") or ("/usr/sbin/cron" if Path("/usr/sbin/cron").exists() else None)


@pytest.mark.skipif(
    CRON is None or not hasattr(os, "getuid") or os.getuid() != 0, reason="cron is not on this machine, or may not be started"
)
def test_cron_itself_runs_what_was_put_in(tmp_path: Path) -> None:
    """A real cron, with the user's crontab put back afterwards. The recipe runs every minute: this waits for one."""
    office = office_in(tmp_path / "Bo's office")
    office.recipe("mine", (office.folder / "recipes" / "mine.toml").read_text(encoding="utf-8").replace("weekdays 09:05", "every minute"))
    config = office.folder / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("America/Chicago", "Etc/UTC"), encoding="utf-8")
    before = subprocess.run(["crontab", "-l"], capture_output=True, check=False)
    daemon = subprocess.Popen([str(CRON), "-f"])
    try:
        assert office.do("cron", "--install", "--for", "crontab", env={"TZ": "Etc/UTC"}).code == 0
        ledger = open_office(office.folder).ledger
        until(lambda: any(run.sent and run.end for run in ledger.runs("mine")), seconds=150)
    finally:
        daemon.terminate()
        daemon.wait(10)
        given = {"input": before.stdout} if before.returncode == 0 else {}
        subprocess.run(["crontab", "-" if given else "-r"], check=False, **given)  # type: ignore[call-overload]


def test_the_program_finds_itself(tmp_path: Path) -> None:
    printed = office_in(tmp_path).do("cron", "--for", "crontab", now=NOW).out
    [path] = [line for line in printed.splitlines() if line.startswith("PATH=")]
    assert path == f"PATH={Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
