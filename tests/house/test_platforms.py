"""Linux, macOS and Windows: nothing is used that one of them lacks, names of files are legal on all, and any code page can be printed to."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import contractor_ops

PACKAGE = Path(contractor_ops.__file__).parent
TREES = {file.relative_to(PACKAGE).as_posix(): ast.parse(file.read_text(encoding="utf-8")) for file in sorted(PACKAGE.rglob("*.py"))}

ONLY_SOMEWHERE = {
    "fcntl", "termios", "tty", "pty", "pwd", "grp", "resource", "readline", "syslog", "curses", "crypt", "posix", "msvcrt", "winreg", "_winapi", "winsound",
}  # fmt: skip
NOT_ON_WINDOWS = {
    "fork", "forkpty", "getuid", "geteuid", "getgid", "getegid", "getpgid", "getsid", "setsid", "setuid", "setgid", "chown", "lchown", "fchown", "fchmod",
    "killpg", "mkfifo", "mknod", "uname", "nice", "sync", "statvfs", "getloadavg", "openpty", "wait", "wait3", "wait4", "posix_fallocate", "chroot",
    "sched_getaffinity", "O_NONBLOCK", "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "O_SYNC", "pread", "pwrite", "sendfile", "initgroups", "ttyname", "tcgetpgrp",
    "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGKILL", "SIGQUIT", "SIGCHLD", "SIGPIPE", "SIGTSTP", "SIGCONT", "SIGWINCH", "alarm", "setitimer", "pause",
    "pthread_sigmask", "sigwait", "siginterrupt", "tzset",
}  # fmt: skip
WITH_A_FALLBACK = {
    ("cli/screen.py", "termios"),  # without it keys are read by typer.getchar, and lines as Python reads them
    ("cli/screen.py", "tty"),
    ("cli/screen.py", "readline"),
    ("cli/secret_typed.py", "termios"),  # without it the line is asked for as typer asks
    ("sources/writing/keeping.py", "chown"),  # asks first whether there is such a thing
    ("sources/writing/keeping.py", "geteuid"),  # comes after that question
    ("sources/writing/keeping.py", "getegid"),
    ("work/cron_install.py", "getuid"),  # launchd's part, which only a Mac comes to
}
PLACES_WITH_A_FALLBACK = {
    ("ledger/location.py", "/proc/mounts"),
    ("ledger/location.py", "/proc/sys/kernel/random/boot_id"),
    ("work/init_zone.py", "/etc/localtime"),
    ("timetable/crontab.py", "/usr/local/bin:/usr/bin:/bin"),  # a line of a crontab
    ("timetable/systemd.py", "/usr/bin/env"),  # a line of a systemd unit
}
_SYSTEM_PLACE = re.compile(r"/(?:tmp|etc|proc|dev|usr|var|bin|home|opt)(?:/|$)|[A-Za-z]:\\|~/")
_ONLY_GLIBC = re.compile(r"%[-_0^#]?[klPs]|%[-_^#]")
"""Directives of strftime that Windows refuses: no padding, blanks for zeros, and the like."""


def used(wanted: set[str]) -> Iterator[tuple[str, str]]:
    """Where modules, and names of `os`, `signal` and `time`, are used."""
    for place, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names = {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {
                    str(node.module).partition(".")[0],
                    *(alias.name for alias in node.names if node.module in {"os", "signal", "time"}),
                }
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in {"os", "signal", "time"}:
                names = {node.attr}
            else:
                continue
            yield from ((place, name) for name in names & wanted)


def test_what_one_system_lacks_is_used_only_where_there_is_a_way_without_it() -> None:
    assert set(used(ONLY_SOMEWHERE | NOT_ON_WINDOWS)) == WITH_A_FALLBACK


@pytest.mark.parametrize("module", ["termios", "tty", "readline"])
def test_a_module_that_windows_lacks_is_never_loaded_with_its_file(module: str) -> None:
    for place, tree in TREES.items():
        at_the_top = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
        assert module not in at_the_top, place


def test_no_place_of_one_system_is_taken_for_granted() -> None:
    told = {
        (place, node.value) for place, tree in TREES.items() for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value and _SYSTEM_PLACE.match(node.value)
    }  # fmt: skip
    assert told == PLACES_WITH_A_FALLBACK


def test_paths_are_pathlib_and_no_shell_reads_our_words() -> None:
    for place, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
                assert node.attr not in {"path", "system", "popen", "listdir", "getcwd", "rename", "remove", "sep"}, (
                    f"{place}:{node.lineno}"
                )
            if isinstance(node, ast.keyword) and node.arg == "shell":
                pytest.fail(f"{place}:{node.value.lineno} hands words to a shell")


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    for place, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield place, node, node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


MODES = {kind + more for kind in "rwax" for more in ("", "b", "t", "+", "b+", "+b")}
BEFORE_THE_ENCODING = {"read_text": 0, "write_text": 1, "fdopen": 3}


def test_text_is_never_read_or_written_in_the_code_page_of_the_machine() -> None:
    """Every file is opened with its encoding, or in bytes."""
    opened = []
    for place, call, name in calls():
        given = [one.value for one in (*call.args, *call.keywords) if isinstance(one, ast.Constant)]
        mode = next((one for one in given if one in MODES), "")
        if name in BEFORE_THE_ENCODING or (name == "open" and mode) or ast.unparse(call.func) == "open":
            opened.append(name)
            encoded = any(one.arg == "encoding" for one in call.keywords) or len(call.args) > BEFORE_THE_ENCODING.get(name, 3)
            assert encoded or "b" in mode, f"{place}:{call.lineno}: {ast.unparse(call)}"
    assert len(opened) > 20


def test_days_are_written_with_what_every_system_knows() -> None:
    for place, tree in TREES.items():
        for node in ast.walk(tree):
            told = [node.format_spec] if isinstance(node, ast.FormattedValue) and node.format_spec else []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strftime":
                told += node.args
            for one in told:
                assert not _ONLY_GLIBC.search(ast.unparse(one)), f"{place}:{node.lineno}"


# ── What is written ──

HOSTILE = ["CON", "aux.1", "J:17/2?", 'J<5>|"x"*', "nul", "J-5. ", "ends with a blank ", "../../up", "C:\\up", "Łódź-7", "x" * 300]


@pytest.mark.parametrize("number", HOSTILE)
def test_a_draft_has_a_name_that_windows_takes(number: str) -> None:
    from contractor_ops.views.drafts.draft_invoice import file_name

    assert_legal(file_name(number, number))


@pytest.mark.parametrize("name", ["Łódź-7", "follow up, 2nd", "who & what", "v1.2", "(copy)"])
def test_the_log_of_a_recipe_has_a_name_that_windows_takes(name: str) -> None:
    from contractor_ops.timetable.place import jobs_named

    assert_legal(f"{jobs_named([name])[name]}.log")


_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def assert_legal(name: str) -> None:
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name), name
    assert not name.endswith((" ", ".")), name
    assert not _RESERVED.fullmatch(name), name
    assert len(name) <= 120, name


@pytest.fixture(scope="module")
def lesser_system(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a Python that lacks what Windows lacks, as far as the libraries let it: they ask for the system's name first."""
    folder = tmp_path_factory.mktemp("python")
    for_libraries = {
        "fcntl",
        "posix",
        "getuid",
        "uname",
        "statvfs",
        "O_NONBLOCK",
        "O_DIRECTORY",
        "O_NOFOLLOW",
        "O_CLOEXEC",
        "tzset",
        "wait",
        "wait3",
        "wait4",
    }
    lacking = f"""
import os, signal, sys
for name in {sorted(ONLY_SOMEWHERE - for_libraries)}:
    sys.modules[name] = None
for name in {sorted(NOT_ON_WINDOWS - for_libraries)}:
    for module in (os, signal):
        if hasattr(module, name):
            delattr(module, name)
"""
    (folder / "sitecustomize.py").write_text(lacking, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{PACKAGE.parent}"}


def typed(words: str, folder: Path, env: dict[str, str]) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "contractor_ops", *words.split()], cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False
    )  # fmt: skip
    assert done.returncode == 0, f"{words}\n{done.stdout.decode(errors='replace')}\n{done.stderr.decode(errors='replace')}"
    return done.stdout


def test_a_day_in_the_office_needs_none_of_it_and_leaves_files_with_legal_names(lesser_system: dict[str, str], tmp_path: Path) -> None:
    for words in (
        "demo shop", "check --offline --office shop", "review approve 1-99 --office shop",
        "run estimate-follow-up invoice-reminders draft-invoices missed-call-text-back --send --office shop", "inbox --office shop",
        "digest --office shop --html digest.html", "watch --once --office shop", "ledger backup copy.db --office shop",
    ):  # fmt: skip
        typed(f"--now 2026-11-23T10:00 {words}", tmp_path, lesser_system)
    written = list(tmp_path.rglob("*"))
    assert {"outbox", "drafts", "recipes", "copy.db", "digest.html"} <= {path.name for path in written}
    for path in written:
        assert_legal(path.name)


# ── What is printed ──


@pytest.mark.parametrize("page", ["cp1252", "cp437", "ascii"])
def test_a_letter_that_a_code_page_lacks_stops_nothing(page: str, tmp_path: Path) -> None:
    told = strange(tmp_path, {"PYTHONIOENCODING": page, "PYTHONUTF8": "0"})
    assert b"ukasz" in told


def test_into_a_pipe_every_letter_goes_as_utf_8(tmp_path: Path) -> None:
    told = strange(tmp_path, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert "Łukasz → Ńowak ✓" in told.decode("utf-8")


def strange(folder: Path, env: dict[str, str]) -> bytes:
    """What `read` prints of a sheet with letters of many alphabets, to a system that speaks one."""
    (folder / "estimates.csv").write_text("Estimate #,Customer,Total\nE-1,Łukasz → Ńowak ✓,100\n", encoding="utf-8-sig")
    (folder / "config.toml").write_text(
        '[office]\nname = "Łódź Heating"\ntimezone = "America/Chicago"\n\n[tables.estimates]\nfile = "estimates.csv"\n', encoding="utf-8"
    )
    without = {key: value for key, value in os.environ.items() if key not in {"PYTHONIOENCODING", "PYTHONUTF8", "LANG", "LC_ALL"}}
    return typed("read estimates --explain", folder, {**without, **env}) + typed("read estimates", folder, {**without, **env})
