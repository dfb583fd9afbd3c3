"""Show a person what each spreadsheet is taken for, and take their word for it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contractor_ops.cli.init_asked import COLUMN, OTHER, OUT, chosen, sure, what_now
from contractor_ops.cli.init_shown import put, sample_of, table_lines
from contractor_ops.cli.output import say, say_wrapped

if TYPE_CHECKING:
    from contractor_ops.work.init import Sheets
    from contractor_ops.work.init_found import Doubt, Found, Heading

_NO_HEADING = f"{'none':<24}it has no heading"


class TablesTalk:
    """What was found, changed as the person says. `named` are the tables that config.toml names already: they stay as they are."""

    def __init__(self, sheets: "Sheets", found: Sequence["Found"], named: Collection[str] = ()) -> None:
        self.sheets, self.found, self.named = sheets, list(found), named
        self._asked: set[tuple[int, str | None, tuple[str, ...]]] = set()

    def one(self, place: int, number: str, *, agreed: bool = False) -> None:
        """Show a spreadsheet until the person has nothing against it; one that they have `agreed` to only for what it leaves open."""
        while self.found[place].table:
            for line in table_lines(self.found[place], number, self.sheets.folder):
                put(line)
            if self._in_doubt(place):
                agreed = False
            elif agreed or not self._change(place, what_now()):
                return

    def doubts(self, place: int) -> list["Doubt"]:
        """What only a person can say of a spreadsheet, as far as they were not asked."""
        one = self.found[place]
        return [doubt for doubt in one.doubts if (place, one.table, doubt.columns) not in self._asked]

    def _in_doubt(self, place: int) -> bool:
        """Ask once what only a person can say; whether the sheet is understood differently now."""
        doubts = self.doubts(place)
        self._asked.update((place, self.found[place].table, doubt.columns) for doubt in doubts)
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
        if what == OTHER:
            return self.other_table(place) or True
        if what == COLUMN:
            return self._other_column(place) or True
        if what == OUT:
            self._out(place)
        return False

    def _out(self, place: int) -> None:
        one = self.found[place]
        self.found[place] = replace(one, table=None, why=f"you left it out; it looks like {one.table}", instead_of="")
        rival = next((other for other, each in enumerate(self.found) if each.instead_of == one.table), None)
        if rival is None or not sure(f"{self.found[rival].name} fits {one.table} too. Take that one", default=True):
            return
        if self._take(rival, one.table or "", {}):
            self.one(rival, "in its place")

    def other_table(self, place: int) -> bool:
        """Ask which table a sheet is; whether it is read as that now."""
        from contractor_ops.work.init import tables_to_choose

        could_be = self.found[place].instead_of
        if could_be in self.named:
            self._tell_how_to_switch(place, could_be)
            if not sure("Is it another table", default=False):
                return False
        say("What is it? A number or name, or Enter to go back.")
        tables = tables_to_choose()
        which = chosen([f"{name:<14}  {purpose}" for name, purpose in tables.items()])
        return which is not None and self._as(place, list(tables)[which])

    def _as(self, place: int, table: str) -> bool:
        """Read a sheet as another table; the headings that are missing are asked for."""
        from contractor_ops.work.init import missing_columns

        if table in self.named:
            self._tell_how_to_switch(place, table)
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

    def _tell_how_to_switch(self, place: int, table: str) -> None:
        say_wrapped(
            f"config.toml says already where {table} is read from. To switch, write there, under [tables.{table}], in place of what stands there:"
        )
        for line in self.found[place].lines:
            say(f"    {line}")

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
        say(f"Which heading is {column}? A number, none for no heading, or Enter to go back.")
        heading = chosen([*(sample_of(heading) for heading in headings), _NO_HEADING])
        if heading is None:
            return False
        return self._unsay(place, column) if heading == len(headings) else self._say(place, column, headings[heading].text)

    def _unsay(self, place: int, column: str) -> bool:
        """Take back which heading a column is; one that says so by its own words stays."""
        one = self.found[place]
        said = {name: heading for name, heading in one.said.items() if name != column}
        if len(said) < len(one.said):
            return self._take(place, one.table or "", said)
        own = next((" + ".join(fed.headings) for fed in one.fed if fed.column == column), "")
        say_wrapped(
            f'"{own}" says {column} by its own words. Say which other heading it is, or rename it in your sheet.' if own else "It has none."
        )
        return False


def _either(columns: Sequence[str]) -> str:
    """A few of them in words."""
    return " or ".join([*columns[:4], *(["something else of its kind"] if len(columns) > 4 else [])])
