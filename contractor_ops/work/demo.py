"""The sample office: made afresh, so that it is always about today."""

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from contractor_ops.errors import ContractorOpsError, TypedWrong
from contractor_ops.office import shipped_recipes
from contractor_ops.recipe import Recipe
from contractor_ops.sample import SAMPLE_ZONE, write_sample_office
from contractor_ops.work.run import Run

MARK = ".contractor-ops-demo"


def make_demo(folder: Path, now: str | None) -> None:
    """Write the sample office into a folder that is new, empty, or an earlier sample. Raises ContractorOpsError for any other."""
    if folder.exists() and not folder.is_dir():
        raise ContractorOpsError(f"{folder} is a file.", "Name a folder that does not exist yet.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise ContractorOpsError(
            f"{folder} is not empty, and nothing in it is touched.", "Name a folder that does not exist yet: contractor-ops demo DIR"
        )
    today = _today(now)
    _clear(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("This folder was made by `contractor-ops demo`, which may write it again.\n", encoding="utf-8")
    write_sample_office(folder, today)
    shutil.copytree(shipped_recipes(), folder / "recipes", dirs_exist_ok=True)


def in_order(recipes: Iterable[Recipe]) -> list[str]:
    """What is rehearsed, by name; a trail has many lines for each row, and comes last with what belongs to it."""
    return [one.name for one in sorted(recipes, key=lambda one: (one.reads in {"bookings", "dispatch"}, one.name))]


def next_steps(runs: Sequence[Run]) -> list[str]:
    """What to type next in the sample office's folder."""
    first = next((one for run in runs for one in run.plan.decisions if one.decision == "review" and one.to), None)
    story = [f"contractor-ops why {first.table} {first.record}"] if first else []
    return [*_how_to_find_it(), "contractor-ops run estimate-follow-up", "contractor-ops review list", *story]


def _how_to_find_it() -> list[str]:
    """What puts the program on the path, where it is not."""
    if shutil.which("contractor-ops"):
        return []
    prefix = Path(sys.prefix)
    return [str(prefix / "Scripts" / "activate")] if os.name == "nt" else [f". {prefix / 'bin' / 'activate'}"]


def _today(now: str | None) -> date:
    if now is None:
        return datetime.now(ZoneInfo(SAMPLE_ZONE)).date()
    try:
        return datetime.fromisoformat(now).date()
    except ValueError:
        raise TypedWrong(f'--now "{now}" is no time.', 'Write it like "2026-11-23T10:00".') from None


def _clear(folder: Path) -> None:
    """Empty an earlier sample, its ledger and outbox included: the sample starts new. The folder stays: it may be a link, or where somebody stands."""
    for inside in folder.iterdir() if folder.is_dir() else ():
        if inside.is_dir() and not inside.is_symlink():
            shutil.rmtree(inside)
        else:
            inside.unlink()
