"""The sample office's jobs, and places where a schedule may have to go."""

from datetime import date
from pathlib import Path

from contractor_ops.config import Config, read_config
from contractor_ops.recipe import Recipe, read_recipe
from contractor_ops.sample.texts import config
from contractor_ops.timetable.jobs import Job, office_jobs
from contractor_ops.timetable.place import Place
from contractor_ops.views.catalogue import READABLE

RECIPES = sorted((Path(__file__).parents[2] / "recipes").glob("*.toml"))
PLACE = Place("/srv/northside", ("/opt/contractor-ops/.venv/bin/contractor-ops",), "America/Chicago", 0, "office@northside.example")
ODD_FOLDERS = (
    "/srv/north side",
    "/srv/Bo's shop",
    '/srv/the "old" one',
    "/srv/50% off",
    "/srv/%h %n $HOME",
    "/srv/Año Ñuñez – Dächer",
    "/srv/back\\slash",
    "/srv/semi;colon & co",
    "/srv/#hash",
    "/srv/ends in a blank ",
)


def sample_config(more: str = "") -> Config:
    digest = '\n[digest]\ndaily = "weekdays 07:00"\nweekly = "mon 07:00"\n'
    return read_config((config(date(2026, 11, 23)) + digest + more).encode())


def recipes(told: Config, **runs: str) -> list[Recipe]:
    """The recipes that ship; `runs` gives some of them another time, with _ for - in their names."""
    found = [read_recipe(file.read_bytes(), file.stem, READABLE, told.people) for file in RECIPES]
    return [recipe.model_copy(update={"runs": runs.get(recipe.name.replace("-", "_"), recipe.runs)}) for recipe in found]


def jobs(more: str = "", **runs: str) -> list[Job]:
    told = sample_config(more)
    return office_jobs(told, recipes(told, **runs))


def place(office: str) -> Place:
    return Place(office, (f"{office}/.venv/bin/contractor-ops",), "America/Chicago", 0, "office@northside.example")
