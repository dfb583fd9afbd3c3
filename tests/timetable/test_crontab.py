"""A crontab: what is written is what cron reads back, whatever the folder is called; nothing else in it is touched."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cronsim import CronSim

from contractor_ops.timetable.crontab import begin_and_end, can_be_mailed, crontab, offices_in, put_in, take_out
from contractor_ops.timetable.place import Place, clean, minutes_ahead
from tests.timetable.offices import ODD_FOLDERS, PLACE, jobs, place

LINE = re.compile(r"((?:[\d*/,-]+ ){5})(.+)")


def as_cron_reads(text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Settings and jobs, as crontab(5) says: a value loses its blanks and one pair of quotes around it, a bare % ends the command."""
    settings, found = {}, []
    for line in text.splitlines():
        if job := LINE.fullmatch(line):
            command = re.sub(r"(?<!\\)%.*", "", job[2]).replace(r"\%", "%")
            found.append((job[1].strip(), command))
        elif setting := re.fullmatch(r"\s*([A-Z_]+)\s*=\s*(.*?)\s*", line):
            value = setting[2]
            settings[setting[1]] = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
        else:
            assert not line.strip() or line.startswith("#")
    return settings, found


def test_every_job_of_the_office_stands_in_it_at_its_time() -> None:
    settings, lines = as_cron_reads(crontab(jobs(), PLACE))
    assert settings == {
        "CRON_TZ": "America/Chicago",
        "SHELL": "/bin/sh",
        "PATH": "/opt/contractor-ops/.venv/bin:/usr/local/bin:/usr/bin:/bin",
        "MAILTO": "office@northside.example",
        "CONTRACTOR_OPS_OFFICE": "/srv/northside",
    }
    assert [line for line, _ in lines] == [line for job in jobs() for line in job.when.crontab()]
    start = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("America/Chicago"))
    assert all(next(CronSim(line, start)) for line, _ in lines)


@pytest.mark.parametrize("office", ODD_FOLDERS)
def test_cron_reads_back_every_folder(office: str) -> None:
    settings, lines = as_cron_reads(crontab(jobs(), place(office)))
    assert settings["CONTRACTOR_OPS_OFFICE"] == office
    assert settings["PATH"].startswith(f"{office}/.venv/bin:") or ":" in office
    assert "\\%" not in "".join(command for _, command in lines)
    backup = next(command for _, command in lines if "backup" in command)
    said = subprocess.run(
        ["sh", "-c", re.sub(r"^.*? ledger backup", "printf %s", backup)], env={"CONTRACTOR_OPS_OFFICE": office, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert re.fullmatch(re.escape(office) + r"/backups/ledger-\d{4}-\d\d-\d\d\.db", said.stdout)


@pytest.mark.parametrize("office", ODD_FOLDERS)
def test_a_program_without_a_name_of_its_own_is_started_by_its_path(office: str, tmp_path: Path) -> None:
    python = tmp_path / office.rpartition("/")[2] / "python"
    python.parent.mkdir()
    python.write_text('#!/bin/sh\nprintf "%s|" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    _, lines = as_cron_reads(crontab(jobs()[:1], Place(office, (str(python), "-m", "contractor_ops"), "America/Chicago")))
    assert (
        subprocess.run(["sh", "-c", lines[0][1]], capture_output=True, text=True, check=True).stdout == "-m|contractor_ops|inbox|--quiet|"
    )


def test_a_cron_that_knows_no_zones_gets_the_times_of_its_machine() -> None:
    text = crontab(jobs(), Place("/srv/northside", PLACE.program, "America/Chicago", 60), knows_zones=False)
    settings, lines = as_cron_reads(text)
    assert "CRON_TZ" not in settings
    assert "1:00 hours ahead of America/Chicago" in text
    times = {command.rpartition("run ")[2]: line for line, command in lines if " run " in command}
    assert times["estimate-follow-up --send --quiet"] == "8 10 * * 1-5"
    assert times["lead-reply --send --quiet"] == "3-59/10 8-20 * * *"


def test_only_a_cron_that_knows_no_holidays_asks_the_program_about_them() -> None:
    _, lines = as_cron_reads(crontab(jobs(estimate_follow_up="business days 09:07"), PLACE))
    assert ("7 9 * * 1-5", "contractor-ops watch --job estimate-follow-up") in lines


OWN = "MAILTO=me@example.com\n# mine\n*/7 * * * * /usr/bin/backup 'my files'\t\n\n@reboot true"


@pytest.mark.parametrize("before", ["", OWN, f"{OWN}\n", f"{OWN}\r\n", "# only this\n\n\n"])
@pytest.mark.parametrize("office", ["/srv/northside", *ODD_FOLDERS])
def test_what_others_wrote_stays_byte_for_byte(before: str, office: str) -> None:
    once = put_in(before, "0 9 * * * first\n", office)
    assert once.startswith(before)
    assert put_in(once, "0 9 * * * first\n", office) == once
    twice = put_in(once, "0 10 * * * second\n", office)
    assert twice == once.replace("0 9 * * * first", "0 10 * * * second")
    added = twice + "5 5 * * * later\n"
    assert put_in(added, "0 9 * * * first\n", office) == once + "5 5 * * * later\n"
    ended = before if not before or before.endswith("\n") else f"{before}\n"
    assert take_out(added, office) == f"{ended}5 5 * * * later\n"
    assert take_out(before, office) == before


def test_two_offices_do_not_disturb_each_other() -> None:
    both = put_in(put_in("", "1 1 * * * one\n", "/srv/north"), "2 2 * * * two\n", "/srv/northside")
    assert take_out(both, "/srv/north") == put_in("", "2 2 * * * two\n", "/srv/northside")
    assert begin_and_end("/srv/north")[0] in put_in(both, "3 3 * * * three\n", "/srv/northside")


def test_an_office_without_an_address_does_not_mail_to_the_one_above_it() -> None:
    first = put_in("", crontab(jobs()[:1], Place("/srv/a", PLACE.program, "America/Chicago", 0, "maria@a.example")), "/srv/a")
    both = put_in(first, crontab(jobs()[:1], Place("/srv/b", PLACE.program, "America/Chicago")), "/srv/b")
    assert as_cron_reads(both)[0]["MAILTO"] == ""


def test_an_address_that_debians_cron_does_not_mail_to_is_known() -> None:
    assert [can_be_mailed(one) for one in ("dana@north.example", "dana.x+ops_1@north-side.example", "o'brien@north.example", "-x@y.z")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_half_a_block_is_left_alone() -> None:
    begin, end = begin_and_end("/srv/north")
    whole = put_in("", "0 9 * * * first\n", "/srv/north")
    for broken, where in (
        (whole.replace(f"{end}\n", "0 1 * * * my-own\n"), "begin in line 1 of the crontab and end nowhere"),
        (f"{begin}\n{whole}", "begin in lines 1 and 2 of the crontab and end in line 4"),
        (f"{end}\n0 1 * * * my-own\n{begin}\n", "begin in line 3 of the crontab and end in line 1"),
    ):
        with pytest.raises(ValueError, match=where):
            put_in(broken, "0 9 * * * first\n", "/srv/north")
        with pytest.raises(ValueError, match=where):
            take_out(broken, "/srv/north")


@pytest.mark.parametrize("office", ODD_FOLDERS)
def test_whose_jobs_stand_in_a_crontab(office: str) -> None:
    both = put_in(put_in(OWN, "1 1 * * * one\n", "/srv/north"), "2 2 * * * two\n", office)
    assert offices_in(both) == ["/srv/north", office]


def test_how_far_a_machine_is_ahead() -> None:
    chicago, now = ZoneInfo("America/Chicago"), datetime(2026, 11, 23, 15, tzinfo=UTC)

    def machine(zone: str) -> int | None:
        return minutes_ahead(chicago, lambda moment: moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(), now)

    assert machine("America/Chicago") == 0
    assert machine("America/Winnipeg") == 0
    assert machine("America/Denver") == -60
    assert machine("UTC") is None
    assert machine("America/Phoenix") is None


def test_a_folder_with_a_line_break_is_refused() -> None:
    with pytest.raises(ValueError, match="line break"):
        clean("/srv/north\nside")
