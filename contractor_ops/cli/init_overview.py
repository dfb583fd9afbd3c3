"""All that was recognised on one page, then what is not used: the person says what of it is wrong."""

from typing import TYPE_CHECKING

from contractor_ops.cli.init_asked import asked, is_yes
from contractor_ops.cli.init_shown import left_out_lines, page_lines, put
from contractor_ops.cli.init_tables import TablesTalk
from contractor_ops.cli.output import say_wrapped

if TYPE_CHECKING:
    from contractor_ops.work.init_found import Found


def looked_over(talk: TablesTalk) -> "list[Found]":
    """Go through what was recognised and is not named yet, then through what was left out; all that was found, as it is to be used."""
    if len(_taken(talk)) > 1:
        _one_page(talk)
        for number, place in enumerate(_taken(talk), 1):
            if talk.doubts(place):
                talk.one(place, str(number), agreed=True)
    else:
        for place in _taken(talk):
            talk.one(place, "1 of 1")
    _left_out(talk)
    return talk.found


def _taken(talk: TablesTalk) -> list[int]:
    return [place for place, one in enumerate(talk.found) if one.table and one.table not in talk.named]


def _one_page(talk: TablesTalk) -> None:
    """Every sheet on a line, until the person has nothing against them."""
    while places := _taken(talk):
        for line in page_lines([(talk.found[place], bool(talk.doubts(place))) for place in places]):
            put(line)
        number = _number("All right? Enter, or the number of one to change", len(places), enter_is=True)
        if number is None:
            return
        talk.one(places[number], f"{number + 1} of {len(places)}")


def _left_out(talk: TablesTalk) -> None:
    """What is not used, a line each; the person may know better."""
    while True:
        out = [place for place, one in enumerate(talk.found) if one.table is None and not one.is_older]
        for line in left_out_lines(talk.found):
            say_wrapped(line)
        if not out:
            return
        which = _number("Is one of these a table after all? Its number, or Enter for no", len(out), enter_is=False)
        if which is None:
            return
        if talk.other_table(out[which]):
            talk.one(out[which], "as you said")


def _number(question: str, last: int, *, enter_is: bool) -> int | None:
    """The place of a line, None for Enter or the word that it stands for."""

    def check(typed: str) -> tuple[str, str]:
        text = typed.strip().rstrip(".)")
        if not text or is_yes(text) is enter_is:
            return "", ""
        wrong = f"Type only Enter for {'yes' if enter_is else 'no'}, else the number of a line, from 1 to {last}."
        return (text, "") if text.isdecimal() and 1 <= int(text) <= last else ("", wrong)

    typed = asked(question, check)
    return int(typed) - 1 if typed else None
