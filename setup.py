"""Puts what ships beside the code into the package when a wheel is built; everything else stands in pyproject.toml."""

from pathlib import Path
from shutil import copy2, copytree, rmtree

from setuptools import setup
from setuptools.command.build_py import build_py

EXAMPLES = ("config.example.toml", "crontab.example")


class BuildWithRecipes(build_py):
    """In a checkout, and so in an editable install, recipes and examples are read where they are."""

    def run(self) -> None:
        """Build, and copy the recipes and the examples into the package."""
        package = Path(self.build_lib) / "contractor_ops"
        if self.editable_mode:
            super().run()
            return
        rmtree(package, ignore_errors=True)  # what an earlier build left there would ship too
        super().run()
        copytree("recipes", package / "recipes", dirs_exist_ok=True)
        (package / "examples").mkdir(exist_ok=True)
        for name in EXAMPLES:
            copy2(name, package / "examples" / name)


setup(cmdclass={"build_py": BuildWithRecipes}, data_files=[("share/man/man1", ["docs/contractor-ops.1"])])
