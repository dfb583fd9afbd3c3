"""Which sheets of a workbook are meant."""

from collections.abc import Sequence

from contractor_ops.errors import UnusableFile


def choose_sheets(names: Sequence[str], wanted: Sequence[str] | None, file: str) -> list[str]:
    """The wanted names as the workbook spells them, or all where none are wanted; case and spaces do not matter.

    Raises UnusableFile for one that is not there, naming the nearest and those that are.
    """
    if not wanted:
        return list(names)
    spelled = {_plain(name): name for name in reversed(names)}
    chosen = []
    for name in wanted:
        if name not in names and _plain(name) not in spelled:
            raise _missing(name, names, file)
        chosen.append(name if name in names else spelled[_plain(name)])
    return list(dict.fromkeys(chosen))


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _missing(name: str, names: Sequence[str], file: str) -> UnusableFile:
    from rapidfuzz import fuzz, process

    nearest = process.extractOne(name.casefold(), {each: each.casefold() for each in names}, scorer=fuzz.ratio, score_cutoff=60)
    hint = f'Did you mean "{nearest[2]}"? ' if nearest else ""
    return UnusableFile(f'{file} has no sheet "{name}".', f"{hint}Its sheets: {', '.join(names)}.")
