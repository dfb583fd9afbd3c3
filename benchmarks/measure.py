"""Programs run as children: how long they took, how much of that the processor worked, and how much memory they held."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

FOLDER = Path("build/bench")
PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, seconds of processor time, and the most memory held, in MB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Program:
    """What is run, and what has to be done before each time."""

    name: str
    command: Sequence[str]
    before: Callable[[], None] = lambda: None


def environment() -> dict[str, str]:
    """As for an installed program: its bytecode is kept from one start to the next. What it remembers of sheets stays in our folder."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(FOLDER.resolve() / "bytecode"), "XDG_CACHE_HOME": str(FOLDER.resolve() / "cache")}


def cost(program: Program) -> Cost:
    """Run it once. Raises RuntimeError with what it said when it fails."""
    program.before()
    said = FOLDER / "said.txt"
    with said.open("wb") as stream:
        started = time.perf_counter()
        child = subprocess.Popen(program.command, stdout=stream, stderr=subprocess.STDOUT, env=environment())
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{program.name} ended with {child.returncode}: {said.read_text(errors='replace')[-2000:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def compare(*programs: Program, rounds: int = 5) -> Mapping[str, Cost]:
    """Each program's medians; they take turns, so that whatever else the machine does falls on all of them."""
    for program in programs:
        cost(program)
    rows = [[cost(program) for program in programs] for _ in range(rounds)]
    return {
        program.name: Cost(*(median(getattr(one, part) for one in costs) for part in ("wall", "cpu", "memory")))
        for program, costs in zip(programs, zip(*rows, strict=True), strict=True)
    }
