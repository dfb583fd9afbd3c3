"""Puts the recipes that ship inside the package when a wheel is built; everything else stands in pyproject.toml."""

from pathlib import Path
from shutil import copytree

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithRecipes(build_py):
    """In a checkout, and so in an editable install, recipes/ is read where it is."""

    def run(self) -> None:
        """Build, and copy recipes/ into the package."""
        super().run()
        if not self.editable_mode:
            copytree("recipes", Path(self.build_lib) / "contractor_ops" / "recipes", dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithRecipes})
