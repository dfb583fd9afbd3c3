"""`init` where there is an office already: what is new in the folder, and nothing that somebody wrote overwritten."""

from pathlib import Path
from typing import TYPE_CHECKING

from contractor_ops.cli.init_asked import asked, sure
from contractor_ops.cli.init_google import keep_key_file
from contractor_ops.cli.init_overview import looked_over
from contractor_ops.cli.init_shown import difference, put
from contractor_ops.cli.init_tables import TablesTalk
from contractor_ops.cli.output import say, say_wrapped

if TYPE_CHECKING:
    from contractor_ops.work.init import Sheets
    from contractor_ops.work.init_found import Found
    from contractor_ops.work.init_write import Piece

_KEEP, _TAKE, _BESIDE, _DIFFERENCE = "keep", "take", "beside", "difference"
_KEYS = {"": _TAKE, "t": _TAKE, "k": _KEEP, "n": _BESIDE, "d": _DIFFERENCE}


def once_more(sheets: "Sheets", found: "list[Found]") -> None:
    """Show what config.toml does not name, and offer it; all is written at the end."""
    from contractor_ops.config import read_config
    from contractor_ops.office import CONFIG
    from contractor_ops.work.init_config import new_tables

    file = sheets.folder / CONFIG
    config = read_config(file.read_bytes(), str(file))
    say_wrapped(f"{file} is there already: {config.office.name}. It names {', '.join(config.tables) or 'no table yet'}.")
    new = new_tables(config, found)
    if len(new) == 1:  # several are shown on one page
        say_wrapped(f"New here: {new[0].table} ({new[0].name}).")
    found = looked_over(TablesTalk(sheets, found, config.tables))
    new = new_tables(config, found)
    changed = _changed(file, new, found) if new else None
    taken = {one.table for one in new if one.table} if changed and changed.file == file else set()
    _write(sheets.folder, changed, {*config.tables, *taken}, found_more=bool(new))
    if taken and sheets.key_file:
        keep_key_file(sheets)


def _changed(file: Path, new: "list[Found]", found: "list[Found]") -> "Piece | None":
    """The file with the new tables, or another beside it, as the person wants; None where all stays as it is."""
    from contractor_ops.work.init_config import renewed, with_tables
    from contractor_ops.work.init_write import Piece

    text = file.read_bytes().decode("utf-8-sig")
    more, fresh = with_tables(text, new, found), renewed(text, new, found)
    say("")
    _show(text, more, file)
    while (what := _what_now()) == _DIFFERENCE:
        _show(text, fresh, file)
    beside = Piece(file.with_name(f"{file.name}.new"), fresh, replaces=True)
    return {_TAKE: Piece(file, more, replaces=True), _BESIDE: beside, _KEEP: None}[what]


def _show(before: str, after: str, file: Path) -> None:
    for line in difference(before, after, file.name):
        put(line)


def _what_now() -> str:
    def check(typed: str) -> tuple[str, str]:
        key = typed.strip().lower()[:1]
        return _KEYS.get(key, ""), "" if key in _KEYS else "Type only Enter, or one of the letters k, n and d, and Enter."

    say("Enter: add these lines   k: keep config.toml as it is")
    return asked("n: write a new one beside it, config.toml.new   d: what would differ there", check)


def _write(folder: Path, changed: "Piece | None", tables: "set[str]", *, found_more: bool) -> None:
    """Write what the person took, the recipes for tables that came later if they are wanted, and what nobody has touched anew."""
    from contractor_ops.office import CONFIG
    from contractor_ops.work.init_write import command, pieces

    _, *others = pieces(folder, (folder / CONFIG).read_bytes().decode("utf-8-sig"), tables)
    offered = [piece for piece in others if piece.is_news]
    news = offered if offered and _wants(offered, folder) else []
    written = [*([changed] if changed else []), *news]
    for piece in written:
        say(piece.write())
    if changed and changed.file.name != CONFIG:
        say_wrapped(f"{CONFIG} is as it was. Take from {changed.file.name} what you want.")
    if written:
        say(f"Now see whether all is well: {command('check', folder)}")
    elif not found_more and not offered:
        say_wrapped("Nothing is new: every table that was recognised is named, and every recipe for them is there.")
    else:
        say("Nothing was changed.")


def _wants(offered: "list[Piece]", folder: Path) -> bool:
    """Whether what fits the tables and is not there yet shall be written, or what nobody has touched be brought up to date."""
    say_wrapped("\nNot there yet, or of an older version: " + ", ".join(piece.file.relative_to(folder).as_posix() for piece in offered))
    return sure("Write them", default=True)
