"""`python -m benchmarks`: every budget of the design as a ratio measured now, printed and kept in benchmarks/RESULTS.md.

`--quick` takes three rounds and leaves out the million rows. Nothing leaves this machine.
"""

import argparse
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import FOLDER, PYTHON, Cost, Program, compare, cost, environment
from benchmarks.workbook import write_office

PORT = 25_925
NOW = "2026-11-23T10:00"
RESULTS = Path(__file__).with_name("RESULTS.md")


class Table:
    """The lines of the results, printed as they come."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, what: str, budget: str, within: Callable[[float], bool], ratio: float, ratio_cpu: float | None, figures: str) -> None:
        """One measurement: its ratio by the clock and, where that is another, by processor time."""
        worked = "" if ratio_cpu is None else f"{ratio_cpu:.2f}"
        verdict = "yes" if within(ratio) else "**no**"
        self.lines.append(f"| {what} | {budget} | {ratio:.2f} | {worked} | {verdict} | {figures} |")
        print(self.lines[-1], flush=True)

    def compare(self, what: str, limit: float, ours: Cost, other: Cost, sign: str = "≤") -> None:
        """Our time beside another program's."""
        figures = f"{ours.wall:.3f} s, cpu {ours.cpu:.3f} s; other {other.wall:.3f} s, cpu {other.cpu:.3f} s"
        self.add(what, f"{sign} {limit:g}", lambda ratio: ratio <= limit, ours.wall / other.wall, ours.cpu / other.cpu, figures)


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three rounds, and no million rows")
    quick = parser.parse_args().quick
    rounds = 3 if quick else 5
    FOLDER.mkdir(parents=True, exist_ok=True)
    offices = {"small": office("small", 1_000, 20), "big": office("big", 100_000, 1_000)}
    table = Table()
    with sink():
        start_up(table, rounds)
        cold(table, offices["small"], rounds)
        large(table, offices["big"], rounds)
        growth(table, rounds, [10_000, 50_000, 250_000] if quick else [10_000, 100_000, 1_000_000])
        long_memory(table, offices["big"], rounds)
        sending(table, rounds)
    keep(table, rounds)


# ── what is measured ─────────────────────────────────────────────────────────────────────────────────────────────────


def start_up(table: Table, rounds: int) -> None:
    nothing = Program("nothing", [PYTHON, "-c", "pass"])
    found = compare(nothing, Program("help", ours("--help")), Program("version", ours("--version")), rounds=2 * rounds)
    for name in ("help", "version"):
        table.compare(f"`--{name}` / `python -c pass`", 12, found[name], found["nothing"])


def cold(table: Table, folder: Path, rounds: int) -> None:
    found = compare(run(folder, before=lambda: forget(folder)), bare(folder, before=lambda: forget(folder)), rounds=2 * rounds)
    table.compare("1,000 rows, cold / bare script", 1.3, found["run"], found["bare"])


def large(table: Table, folder: Path, rounds: int) -> None:
    first = compare(run(folder, before=lambda: forget(folder)), bare(folder, before=lambda: forget(folder)), rounds=rounds)
    table.compare("100,000 rows, 1,000 e-mails, first run / bare script", 1.0, first["run"], first["bare"])
    slow = cost(Program("openpyxl", [*bare(folder).command, "openpyxl"], lambda: forget(folder)))
    table.compare("… / pandas with openpyxl", 0.25, first["run"], slow)
    again = compare(run(folder), bare(folder), rounds=rounds)
    table.compare("the same workbook, unchanged / bare script's second run", 0.25, again["run"], again["bare"])
    for what, costs in (("first run", first), ("unchanged", again)):
        mine, theirs = costs["run"].memory, costs["bare"].memory
        table.add(
            f"peak memory, {what} / bare script", "≤ 1.3", lambda r: r <= 1.3, mine / theirs, None, f"{mine:.0f} MB; other {theirs:.0f} MB"
        )


def growth(table: Table, rounds: int, sizes: list[int]) -> None:
    programs = {}
    for size in sizes:
        folder = office(f"csv-{size}", size, 100, csv=True)
        programs[size] = Program(
            str(size), [*ours("run", "bench", "--now", NOW, "--office"), str(folder)], lambda: shutil.rmtree(cache(), True)
        )
    found = compare(*programs.values(), rounds=rounds)
    small, middle, large = (found[str(size)] for size in sizes)
    early = (middle.cpu - small.cpu) / (sizes[1] - sizes[0])
    late = (large.cpu - middle.cpu) / (sizes[2] - sizes[1])
    what = f"processor time per row, {sizes[1]:,} to {sizes[2]:,} rows / {sizes[0]:,} to {sizes[1]:,}"
    figures = "; ".join(f"{size:,} rows of CSV {found[str(size)].cpu:.2f} s, {found[str(size)].memory:.0f} MB" for size in sizes)
    table.add(what, "≤ 1.2", lambda ratio: ratio <= 1.2, late / early, None, figures)


def long_memory(table: Table, folder: Path, rounds: int) -> None:
    forget(folder)
    subprocess.run(run(folder).command, check=True, env=environment(), stdout=subprocess.DEVNULL)
    shutil.copy(folder / "ledger.db", FOLDER / "short.db")
    fill_ledger(folder / "ledger.db", 1_000_000)
    shutil.copy(folder / "ledger.db", FOLDER / "long.db")

    def with_ledger(name: str) -> Program:
        return Program(name, run(folder).command, lambda: forget(folder, ledger=FOLDER / f"{name}.db"))

    found = compare(with_ledger("long"), with_ledger("short"), rounds=2 * rounds)
    table.compare("ledger of 1,000,000 steps / of 1,000", 1.1, found["long"], found["short"])


def sending(table: Table, rounds: int) -> None:
    count = 2_000
    folder = office("mails", count, count, csv=True)
    found = compare(
        run(folder, before=lambda: forget(folder)),
        Program("rehearsal", [*ours("run", "bench", "--now", NOW, "--office"), str(folder)], lambda: forget(folder)),
        Program("floor", [PYTHON, "-m", "benchmarks.floor", str(PORT), str(count), str(FOLDER / "floor.db")]),
        Program("no floor", [PYTHON, "-m", "benchmarks.floor", str(PORT), "0", str(FOLDER / "floor.db")]),
        rounds=rounds,
    )
    ours_rate = count / (found["run"].wall - found["rehearsal"].wall)
    floor_rate = count / (found["floor"].wall - found["no floor"].wall)
    figures = f"{ours_rate:.0f} messages a second; kept-open connection and two durable commits each: {floor_rate:.0f}"
    table.add("sending rate", "≥ 0.7", lambda r: r >= 0.7, ours_rate / floor_rate, None, figures)


# ── what it is measured with ─────────────────────────────────────────────────────────────────────────────────────────


def ours(*arguments: str) -> list[str]:
    """Our program, as its command starts it."""
    return [PYTHON, "-c", "from contractor_ops.cli.main import main; main()", *arguments]


def run(folder: Path, before: Callable[[], None] = lambda: None) -> Program:
    return Program("run", [*ours("run", "bench", "--send", "--now", NOW, "--office"), str(folder)], before)


def bare(folder: Path, before: Callable[[], None] = lambda: None) -> Program:
    return Program("bare", [PYTHON, "benchmarks/bare.py", str(folder / "estimates.xlsx"), str(PORT), str(folder / "sent.json")], before)


def office(name: str, count: int, due: int, csv: bool = False) -> Path:
    """An office with so many rows, made once."""
    folder = FOLDER / name
    file = folder / ("estimates.csv" if csv else "estimates.xlsx")
    write_office(folder, file.name, PORT)
    if not file.exists():
        # In a process of its own: a child begins with its parent's peak of memory, and ours would be large.
        subprocess.run([PYTHON, "-m", "benchmarks.workbook", str(file), str(count), str(due)], check=True)
    return folder


def cache() -> Path:
    return Path(environment()["XDG_CACHE_HOME"])


def forget(folder: Path, ledger: Path | None = None) -> None:
    """As if this office had never run; with a `ledger`, as if it had run with that one and nothing else had happened."""
    for file in [*folder.glob("ledger.db*"), folder / "sent.json"]:
        file.unlink(missing_ok=True)
    if ledger:
        shutil.copy(ledger, folder / "ledger.db")
    else:
        shutil.rmtree(cache(), ignore_errors=True)


def fill_ledger(path: Path, steps: int) -> None:
    """Many steps of the same recipe, done long ago for estimates that are in no sheet any more."""
    with sqlite3.connect(path) as ledger:
        [(words, last, entry)] = ledger.execute(
            "SELECT (SELECT max(id) FROM words), (SELECT max(id) FROM steps), (SELECT max(id) FROM history)"
        )
        columns = [
            name
            for _, name, *_ in ledger.execute("PRAGMA table_info(steps)")
            if name not in {"id", "record", "claim_id", "entry_id", "words_id"}
        ]
        some = ", ".join(columns)
        counting = f"WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < {steps})"
        ledger.execute(f"{counting} INSERT INTO words SELECT {words} + n, '2024-03-01T10:00:00+00:00', channel, message_id || n, provider, address || n,"
                       f" customer, customer_key, subject, body FROM many, words WHERE words.id = {words}")  # fmt: skip
        ledger.execute(f"{counting} INSERT INTO history (id, step_id, run_id, words_id, state, at) SELECT {entry} + n, {last} + n, 1, {words} + n,"
                       " 'sent', '2024-03-01T10:00:00+00:00' FROM many")  # fmt: skip
        ledger.execute(f"{counting} INSERT INTO steps (id, record, claim_id, entry_id, words_id, {some}) SELECT {last} + n, 'OLD-' || n, {entry} + n,"
                       f" {entry} + n, {words} + n, {some} FROM many, steps WHERE steps.id = {last}")  # fmt: skip
    ledger.close()


@contextmanager
def sink() -> Iterator[None]:
    """The mail server that takes everything."""
    server = subprocess.Popen([PYTHON, "-m", "benchmarks.sink", str(PORT)])
    try:
        time.sleep(1)
        yield
    finally:
        server.terminate()
        server.wait()


def keep(table: Table, rounds: int) -> None:
    """Write the results."""
    RESULTS.write_text(
        f"# Results\n\nMeasured on {datetime.now(UTC):%Y-%m-%d} with Python {platform.python_version()} on {os.cpu_count()} cores by "
        f"`python -m benchmarks`. Medians of at least {rounds} rounds in which the programs took turns; *clock* is the ratio of elapsed time, *cpu* of "
        "processor time (steadier where the machine does other things too).\n\n"
        "| what | budget | clock | cpu | kept | figures |\n|---|---|---|---|---|---|\n" + "\n".join(table.lines) + "\n",
        encoding="utf-8",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
