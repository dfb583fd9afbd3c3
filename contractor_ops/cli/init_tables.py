"""Show a person what each spreadsheet is taken for, and take their word for it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contractor_ops.cli.init_asked import asked, chosen, sure
from contractor_ops.cli.init_shown import left_out_lines, put, sample_of, table_lines
from contractor_ops.cli.output import say, say_wrapped

if TYPE_CHECKING:
    from contractor_ops.work.init import Sheets
    from contractor_ops.work.init_found import Doubt, Found, Heading

_RIGHT, _OTHER, _OUT, _COLUMN = "right", "other table", "leave out", "column wrong"
_KEYS = {"": _RIGHT, "y": _RIGHT, "o": _OTHER, "t": _OTHER, "l": _OUT, "x": _OUT, "c": _COLUMN, "r": _RIGHT}


class TablesTalk:
    """What was found, changed as the person says. `named` are the tables that config.toml names already: they stay as they are."""

    def __init__(self, sheets: "Sheets", found: Sequence["Found"], named: Collection[str] = ()) -> None:
        self.sheets, self.found, self.named = sheets, list(found), named

    def about(self, wanted: Sequence["Found"]) -> list["Found"]:
        """Go through these, then through what was left out; all that was found, as it is to be used."""
        places = [self.found.index(one) for one in wanted]  # what is said of one may change another
        for number, place in enumerate(places, 1):
            self._one(place, f"{number} of {len(places)}")
        self._left_out()
        return self.found

    def _one(self, place: int, number: str) -> None:
        """Show a spreadsheet until the person has nothing against it."""
        told: set[tuple[str, ...]] = set()
        while self.found[place].table:
            for line in table_lines(self.found[place], number, self.sheets.folder):
                put(line)
            if not self._in_doubt(place, told) and not self._change(place, _what_now()):
                return

    def _in_doubt(self, place: int, told: set[tuple[str, ...]]) -> bool:
        """Ask once what only a person can say; whether the sheet is understood differently now."""
        doubts = [doubt for doubt in self.found[place].doubts if doubt.columns not in told]
        told.update(doubt.columns for doubt in doubts)
        return sum(self._settle(place, doubt) for doubt in doubts) > 0  # each is asked

    def _settle(self, place: int, doubt: "Doubt") -> bool:
        """Ask which heading is a column, or which column a heading is; whether the person could say."""
        if len(doubt.columns) > 1 and not doubt.is_missing:
            say_wrapped(f'"{doubt.fitting[0]}" could be several things. Which? A number, or Enter for none of them.')
            which = chosen(doubt.columns)
            return which is not None and self._say(place, doubt.columns[which], doubt.fitting[0])
        why = "No heading says it, and recipes want it" if doubt.is_missing else "Several headings could be it"
        headings = [heading for heading in self.sheets.headings(self.found[place]) if heading.text in doubt.fitting]
        say_wrapped(f"{self._told(place, doubt.columns)}. {why}. Which one is it? A number, or Enter for none.")
        which = chosen([sample_of(heading) for heading in headings])
        return which is not None and self._say(
            place, self._column(self.found[place].table or "", doubt.columns, headings[which]), headings[which].text
        )

    def _told(self, place: int, columns: Sequence[str]) -> str:
        from contractor_ops.work.init import note_of

        note = note_of(self.found[place].table or "", columns[0])
        return f"{' or '.join(columns)}: {note[:1].lower()}{note[1:]}" if len(columns) == 1 and note else _either(columns)

    def _column(self, table: str, columns: Sequence[str], heading: "Heading") -> str:
        """Which of these columns a heading is; asked only where its values do not tell."""
        from contractor_ops.work.init import columns_meant

        meant = columns_meant(table, columns, heading)
        if len(meant) == 1:
            return meant[0]
        say("What is it? A number; Enter for the first.")
        return meant[chosen(meant) or 0]

    def _say(self, place: int, column: str, heading: str) -> bool:
        one = self.found[place]
        return self._take(place, one.table or "", {**one.said, column: heading})

    def _take(self, place: int, table: str, said: dict[str, str | list[str]]) -> bool:
        """Read a sheet as the person says; where it cannot be read so, it stays as it was, and why is told."""
        read = self.sheets.read_as(self.found[place], table, said)
        if read.table is None:
            say_wrapped(f"That cannot be: {read.why}")
            return False
        self._give_way(place, table)
        self.found[place] = read
        return True

    def _give_way(self, place: int, table: str) -> None:
        """A table is read from one place: another file that stood for it is left out."""
        for other, one in enumerate(self.found):
            if other != place and one.table == table:
                say_wrapped(f"{one.name} is left out, then: {table} is read from one place.")
                self.found[other] = replace(one, table=None, why=f"{table} is read from {self.found[place].name}", instead_of=table)

    def _change(self, place: int, what: str) -> bool:
        """Do what the person wants; whether they must look again."""
        if what == _OTHER:
            return self._other_table(place) or True
        if what == _COLUMN:
            return self._other_column(place) or True
        if what == _OUT:
            self._out(place)
        return False

    def _out(self, place: int) -> None:
        one = self.found[place]
        self.found[place] = replace(one, table=None, why=f"you left it out; it looks like {one.table}", instead_of="")
        rival = next((other for other, each in enumerate(self.found) if each.instead_of == one.table), None)
        if rival is None or not sure(f"{self.found[rival].name} fits {one.table} too. Take that one", default=True):
            return
        if self._take(rival, one.table or "", {}):
            self._one(rival, "in its place")

    def _other_table(self, place: int) -> bool:
        from contractor_ops.work.init import tables_to_choose

        say("What is it? A number or name, or Enter to go back.")
        tables = tables_to_choose()
        which = chosen([f"{name:<14}  {purpose}" for name, purpose in tables.items()])
        return which is not None and self._as(place, list(tables)[which])

    def _as(self, place: int, table: str) -> bool:
        """Read a sheet as another table; the headings that are missing are asked for."""
        from contractor_ops.work.init import missing_columns

        if table in self.named:
            say_wrapped(f"config.toml says already where {table} is read from. Change it there, under [tables.{table}].")
            return False
        headings, said = self.sheets.headings(self.found[place]), dict[str, str | list[str]]()
        for group, must in missing_columns(table, [heading.text for heading in headings]):
            if not said.keys().isdisjoint(group):
                continue
            say_wrapped(f"Which heading says {_either(group)}? A number, or Enter for none.")
            which = chosen([sample_of(heading) for heading in headings])
            if which is not None:
                said[self._column(table, group, headings[which])] = headings[which].text
            elif must:
                say_wrapped(f"Without that it cannot be read as {table}.")
                return False
        return self._take(place, table, said)

    def _other_column(self, place: int) -> bool:
        one = self.found[place]
        say("Which line is wrong? Its number, or the name of a column that is missing; Enter to go back.")
        from contractor_ops.work.init import columns_of

        columns = [each.column for each in one.fed]
        more = [column for column in columns_of(one.table or "") if column not in columns]
        which = chosen(columns, others=more)
        if which is None:
            return False
        column = [*columns, *more][which]
        headings = self.sheets.headings(one)
        say(f"Which heading is {column}? A number, or Enter to go back.")
        heading = chosen([sample_of(heading) for heading in headings])
        return heading is not None and self._say(place, column, headings[heading].text)

    def _left_out(self) -> None:
        """What is not used, a line each; the person may know better."""
        while True:
            out = [place for place, one in enumerate(self.found) if one.table is None and not one.is_older]
            for line in left_out_lines(self.found):
                say_wrapped(line)
            if not out:
                return
            which = _which_after_all(len(out))
            if which is None:
                return
            if self._other_table(out[which]):
                self._one(out[which], "as you said")


def _either(columns: Sequence[str]) -> str:
    """A few of them in words."""
    return " or ".join([*columns[:4], *(["something else of its kind"] if len(columns) > 4 else [])])


def _what_now() -> str:
    def check(typed: str) -> tuple[str, str]:
        text = typed.strip().lower()
        key = "" if text in {"ok", "okay"} else text[:1]
        wrong = "" if key in _KEYS else "Type only Enter when it is right, else o, l or c, and Enter."
        return _KEYS.get(key, ""), wrong

    return asked("Right? Enter: yes  o: other table  l: leave it out  c: a column is wrong", check)


def _which_after_all(number: int) -> int | None:
    def check(typed: str) -> tuple[str, str]:
        text = typed.strip().rstrip(".)").casefold()
        if text in {"", "n", "no"}:
            return "", ""
        return (text, "") if text.isdecimal() and 1 <= int(text) <= number else ("", f"Type a number from 1 to {number}, or only Enter.")

    typed = asked("Is one of these a table after all? Its number, or Enter for no", check)
    return int(typed) - 1 if typed else None
