"""Questions on a terminal: an answer is looked at when it is given, and one that cannot be right is asked for again."""

import shutil
from collections.abc import Callable, Sequence

import typer

from contractor_ops.cli.output import say, say_wrapped

Check = Callable[[str], tuple[str, str]]
"""What somebody means by what they typed, and what is wrong with it ("" where nothing is)."""
_YES = frozenset({"y", "ye", "yes", "yse", "yess", "yea", "yeah", "yep", "yup", "ok", "okay", "sure", "right", "fine", "si", "sí"})
_NO = frozenset({"n", "no", "non", "nope", "nah", "not"})
RIGHT, OTHER, OUT, COLUMN = "right", "other table", "leave out", "column wrong"
_WORDS = {
    "other table": OTHER,
    "table": OTHER,
    "leave it out": OUT,
    "out": OUT,
    "x": OUT,
    "column": COLUMN,
    "a column is wrong": COLUMN,
}


def asked(question: str, check: Check | None = None, *, default: str = "", hidden: bool = False) -> str:
    """An answer; Enter gives the default."""
    while True:
        typed = str(typer.prompt(question, default=default, show_default=bool(default), hide_input=hidden))
        value, wrong = check(typed) if check else (" ".join(typed.split()), "")
        if not wrong:
            return value
        say_wrapped(wrong)


_FEWEST = 3
"""Letters that a name may be cut short to: one letter is a key that was meant for another question."""


def is_yes(typed: str) -> bool | None:
    """Whether a word means yes, in one of the ways that people say it; None where it means neither yes nor no."""
    word = typed.strip().casefold().rstrip(".!,")
    return True if word in _YES else False if word in _NO else None


def chosen(choices: Sequence[str], *, others: Sequence[str] = ()) -> int | None:
    """The place of one of these, typed as its number or as how it begins; None for Enter or "none". `others` may be typed too, and are not shown."""
    for number, choice in enumerate(choices, 1):
        say(cut(f"  {number:>3}  {choice}", shutil.get_terminal_size().columns - 1))
    names = [choice.split("  ")[0].strip().casefold() for choice in (*choices, *others)]

    def check(typed: str) -> tuple[str, str]:
        text = typed.strip().rstrip(".)").casefold()
        if text in {"", "0", "no", "none"} - set(names):
            return "", ""
        if text.isdecimal() and 1 <= int(text) <= len(choices):
            return text, ""
        begun = [place for place, name in enumerate(names, 1) if name == text] or [
            place for place, name in enumerate(names, 1) if len(text) >= _FEWEST and name.startswith(text)
        ]
        return (str(begun[0]), "") if len(begun) == 1 else ("", f"Type a number from 1 to {len(choices)}, or only Enter.")

    typed = asked("Number", check)
    return int(typed) - 1 if typed else None


def cut(text: str, width: int) -> str:
    """Text that is not longer than this."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def sure(question: str, *, default: bool) -> bool:
    """Yes or no; Enter gives the default."""

    def check(typed: str) -> tuple[str, str]:
        answer = is_yes(typed) if typed.strip() else default
        return {True: "yes", False: "no", None: ""}[answer], "" if answer is not None else "Type y for yes or n for no."

    return asked(f"{question} [{'Y/n' if default else 'y/N'}]", check) == "yes"


def what_now() -> str:
    """Whether a spreadsheet is right as it is shown, else what is wrong: RIGHT, OTHER, OUT or COLUMN."""

    def check(typed: str) -> tuple[str, str]:
        text = " ".join(typed.split()).casefold()
        if not text or is_yes(text):
            return RIGHT, ""
        meant = next((what for word, what in _WORDS.items() if word.startswith(text)), "")
        return meant, "" if meant else "Type only Enter when it is right, else o, l or c, and Enter."

    return asked("Right? Enter: yes  o: other table  l: leave it out  c: a column is wrong", check)
