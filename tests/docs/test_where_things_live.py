import re

from tests.docs.documents import ROOT, table_keys

DOCUMENT = ROOT / "docs" / "where-things-live.md"
PACKAGE = ROOT / "contractor_ops"


def is_there(name: str) -> bool:
    """Whether a file or folder stands in the checkout, in the package or among the tests, under that name."""
    return (ROOT / name).exists() or any(any((ROOT / room).rglob(name.rstrip("/"))) for room in ("contractor_ops", "tests"))


def test_every_room_is_told_and_is_there() -> None:
    rooms = table_keys(DOCUMENT, "The rooms")
    inside = {f"contractor_ops/{path.name}{'/' if path.is_dir() else ''}" for path in PACKAGE.iterdir() if not path.name.startswith("__")}
    assert inside <= rooms
    assert [room for room in rooms if not is_there(room)] == []


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"`([\w./]+\.(?:py|sql))`", DOCUMENT.read_text(encoding="utf-8"))
    assert len(named) > 20
    assert [name for name in named if not is_there(name)] == []
