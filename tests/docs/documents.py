"""The documents, their fenced blocks, and what a console block shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
LEFT_OUT = "…"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what it holds, and the line of the document where it begins."""

    document: Path
    line: int
    language: str
    text: str


@dataclass(frozen=True)
class Shown:
    """A command of a console block, and the lines that are shown below it."""

    block: Block
    command: str
    lines: tuple[str, ...]

    def fits(self, printed: str) -> bool:
        """Whether what is shown was printed, in that order. "…" alone stands for any lines, within a line for any words; nothing for anything."""
        if not self.lines:
            return True
        pattern = "".join(r"(?:.*\n)*?" if line == LEFT_OUT else re.escape(line).replace(LEFT_OUT, ".*") + "\n" for line in self.lines)
        return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())) is not None


def blocks(document: Path) -> list[Block]:
    """Every fenced block of a document."""
    text = document.read_text(encoding="utf-8")
    return [Block(document, text.count("\n", 0, found.start()) + 1, found[1], found[2]) for found in _FENCE.finditer(text)]


def shown(document: Path) -> Iterator[Shown]:
    """Every command of the console blocks, with what is shown of its output."""
    for block in blocks(document):
        if block.language == "console":
            for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                command, *lines = part.rstrip("\n").split("\n")
                yield Shown(block, command, tuple(line.rstrip() for line in lines))


def prose(document: Path) -> str:
    """A document without its fenced blocks."""
    return _FENCE.sub("", document.read_text(encoding="utf-8"))


def table_keys(document: Path, heading: str) -> set[str]:
    """The names in the first column of the table that stands below a heading."""
    section = document.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| ")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
