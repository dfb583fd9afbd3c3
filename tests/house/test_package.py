"""What people install: the source archive and the wheel hold all that the program needs, and the wheel works where there is no checkout."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from contractor_ops import __version__

ROOT = Path(__file__).parents[2]
EXAMPLES = {"config.example.toml", "crontab.example"}
GONE = "contractor_ops/gone_since_the_last_build.py"
BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_{0}(sys.argv[1]), file=sys.stderr)"


def python(*words: str | Path, cwd: Path, **env: str) -> str:
    """Run this Python in a folder; what it printed."""
    done = subprocess.run(
        [sys.executable, *map(str, words)], cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )  # fmt: skip
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, made of a copy of this checkout."""
    folder = tmp_path_factory.mktemp("checkout")
    beside = shutil.ignore_patterns(".*", "build", "tests", "benchmarks", "__pycache__", "*.egg-info")
    shutil.copytree(ROOT, folder, ignore=beside, dirs_exist_ok=True)
    python("-c", BUILD.format("sdist"), folder / "dist", cwd=folder)
    return next((folder / "dist").iterdir())


@pytest.fixture(scope="session")
def wheel(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made of nothing but the source archive, in a folder in which somebody has built an older version."""
    folder = tmp_path_factory.mktemp("source")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    source = next(folder.iterdir())
    left = source / "build" / "lib" / GONE
    left.parent.mkdir(parents=True)
    left.touch()
    python("-c", BUILD.format("wheel"), folder / "dist", cwd=source)
    return next((folder / "dist").iterdir())


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, installed where it is found before the checkout."""
    folder = tmp_path_factory.mktemp("site")
    python("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", folder, wheel, cwd=folder)
    return folder


def test_the_source_archive_holds_what_the_wheel_is_made_of(archive: Path) -> None:
    with tarfile.open(archive) as packed:
        held = {name.partition("/")[2] for name in packed.getnames()}
    recipes = {f"recipes/{file.name}" for file in (ROOT / "recipes").glob("*.toml")}
    assert EXAMPLES | recipes | {"pyproject.toml", "setup.py", "README.md", "CHANGELOG.md", "constraints.txt"} <= held


def test_the_wheel_holds_the_whole_package_with_recipes_and_examples_and_nothing_else(wheel: Path) -> None:
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {
        file.relative_to(ROOT).as_posix() for file in (ROOT / "contractor_ops").rglob("*") if file.is_file() and file.suffix != ".pyc"
    }
    recipes = {f"contractor_ops/recipes/{file.name}" for file in (ROOT / "recipes").glob("*.toml")}
    assert {Path(name).suffix for name in package} == {".py", ".toml", ".sql", ".html", ".css"}
    page = f"contractor_ops-{__version__}.data/data/share/man/man1/contractor-ops.1"
    assert held == package | recipes | {f"contractor_ops/examples/{name}" for name in EXAMPLES} | {page}


def test_an_installed_wheel_finds_its_own_recipes(installed: Path, tmp_path: Path) -> None:
    ask = "from contractor_ops.office import shipped_recipes as found; print(found(), *sorted(one.name for one in found().iterdir()), sep='\\n')"
    where, *recipes = python("-c", ask, cwd=tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert where == str(installed / "contractor_ops" / "recipes")
    assert recipes == sorted(file.name for file in (ROOT / "recipes").iterdir())


def test_an_installed_wheel_makes_the_sample_office_and_works_in_it(installed: Path, tmp_path: Path) -> None:
    printed = python("-m", "contractor_ops", "demo", "shop", cwd=tmp_path, PYTHONPATH=str(installed))
    assert "EVERY ROW HAS ITS DECISION" in printed
    page = tmp_path / "digest.html"
    python("-m", "contractor_ops", "digest", "--office", "shop", "--html", page, cwd=tmp_path, PYTHONPATH=str(installed))
    assert "<html" in page.read_text(encoding="utf-8")


# ── The versions that make installs ──

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = [Requirement(one) for one in (*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"])]
SYSTEMS = [("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt")]
MACHINES = [
    {"sys_platform": system, "platform_system": name, "os_name": kind, "python_version": version, "python_full_version": f"{version}.0"}
    for (system, name, kind), version in product(SYSTEMS, ("3.11", "3.12", "3.13", "3.14"))
]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def needed() -> Iterator[Requirement]:
    """What we ask for, and what that asks for, on any system and Python; of what is not installed here, the name only."""
    todo, seen = list(WANTED), set[str]()
    while todo:
        one = todo.pop()
        yield one
        if str(one) in seen:
            continue
        seen.add(str(one))
        try:
            asks = importlib.metadata.requires(one.name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        todo += [more for more in map(Requirement, asks) if wanted_somewhere(more, one.extras)]


def wanted_somewhere(one: Requirement, extras: set[str]) -> bool:
    return one.marker is None or any(one.marker.evaluate({**machine, "extra": extra}) for machine in MACHINES for extra in ("", *extras))


def test_every_library_that_is_installed_has_its_version_written_down_and_no_other() -> None:
    known, found = pins(), list(needed())
    assert {canonicalize_name(one.name) for one in found} == set(known)
    assert [
        f"{one}: {known[canonicalize_name(one.name)]}" for one in found if known[canonicalize_name(one.name)] not in one.specifier
    ] == []


def test_make_installs_those_versions() -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    installing = [line for line in rules if " pip install " in line and "-e ." in line]
    assert len(installing) == 2
    assert all("-c constraints.txt" in line for line in installing)
