from contractor_ops import __version__
from contractor_ops.errors import Exit
from tests.docs.documents import ROOT, blocks

README = ROOT / "README.md"


def test_one_block_holds_only_the_demo_command_and_one_only_the_test_command() -> None:
    held = [block.text.strip() for block in blocks(README)]
    assert held.count("make demo") == 1
    assert held.count("make test") == 1
    assert sum("make " in text for text in held) == 2


def test_make_knows_both() -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    assert [any(line.startswith(f"{name}:") for line in rules) for name in ("demo", "test")] == [True, True]


def test_every_exit_code_is_told() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    assert [code for code in Exit if sum(line.startswith(f"| {int(code)} |") for line in lines) != 1] == []


def test_the_newest_change_is_this_version() -> None:
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
    assert headings[0] == f"## {__version__}"
